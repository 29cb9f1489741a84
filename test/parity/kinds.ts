import { Stage } from "../../sdk/snapshot/Snapshot.ts";
import { expiryOf, instrumentFactorOf, Kind, kindOf } from "../../sdk/types/Ids.ts";
import { Status } from "../../sdk/types/Price.ts";
import type { Now, Scene } from "./scene.ts";

/** How often something was met. */
export type Kinds = Record<string, number>;

const NAMES = Object.entries(Kind).map(([name, kind]) => [kind, name] as const);
const STAGES = Object.entries(Stage).map(([name, stage]) => [stage, name] as const);

/** Counts what a scene holds. */
export function countKinds(kinds: Kinds, scene: Scene, now: Now): void {
  const note = (what: string, so = true) => {
    if (so) kinds[what] = (kinds[what] ?? 0) + 1;
  };
  note("accounts with positions", scene.positions.length > 0);
  note("of 20 positions or more", scene.positions.length >= 20);
  note("of 10 holdings or more", scene.account.holdings.filter((slot) => slot > 0n).length >= 10);
  for (const { position } of scene.positions) {
    const factor = scene.factors.find(
      (one) => Number(one.factor) === instrumentFactorOf(position.instrument),
    )!;
    note(NAMES.find(([kind]) => kind === kindOf(position.instrument))![1]);
    note("crowded", factor.estimate.crowded);
    note("cut", factor.estimate.cut);
    note("premium", factor.market.premium !== 0n && kindOf(position.instrument) === Kind.Perp);
    noteTerm(note, factor, expiryOf(position.instrument), now);
  }
  for (const { price } of scene.assets) {
    note(Object.entries(Status).find(([, status]) => status === price.status)![0]);
  }
}

function noteTerm(
  note: (what: string, so?: boolean) => void,
  { terms }: Scene["factors"][number],
  expiry: number,
  { timestamp }: Now,
): void {
  if (expiry === 0) return;
  const { term } = terms.find((one) => Number(one.expiry) === expiry)!;
  note(STAGES.find(([stage]) => stage === term.stage)![1]);
  const open = term.stage !== Stage.Settled;
  note("in its window", open && timestamp > term.windowStart && timestamp <= expiry);
  note("within the hour", open && expiry > timestamp && expiry - timestamp <= 3_600);
  note("over, not settled", open && expiry <= timestamp);
}
