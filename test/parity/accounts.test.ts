import { expect } from "chai";

import { decodeError } from "../../sdk/errors/index.ts";
import type { BallastError } from "../../sdk/errors/index.ts";
import { initialMargin, requirementOf } from "../../sdk/math/MarginMath.ts";
import { initialMode, maintenanceMode } from "../../sdk/math/ScenarioMath.ts";
import { createRandom } from "../../sdk/sim/random.ts";
import { marginOf, accountHealthOf } from "../../sdk/logic/margin.ts";
import { portfolioOf } from "../../sdk/logic/portfolio.ts";
import { countKinds, type Kinds } from "./kinds.ts";
import { openStateHarness } from "./open.ts";
import { expectAlike } from "./plain.ts";
import { drawScene, type Now, type Scene } from "./scene.ts";
import { ACCOUNT, snapshotOf } from "./snapshotOf.ts";

const SEED = 20_260_728;
const SCENES = Number(process.env["SCENES"] ?? 2_500);
const PAGE = 16; // scenes offered to one call

type Harness = Awaited<ReturnType<typeof openStateHarness>>;
type Answer = Awaited<ReturnType<Harness["judge"]>>[number];

/** What was answered, or the name and the numbers of what was refused. */
function outcomeOf({ verdict, refusal }: Answer) {
  return refusal === "0x" ? { verdict } : refusalOf(refusal);
}

function refusalOf(thrown: unknown) {
  const { name, args } = decodeError(thrown) as BallastError & { readonly args: unknown };
  return { refused: name, args };
}

function judged(scene: Scene, now: Now) {
  const { timestamp } = now;
  const snapshot = snapshotOf(scene, now);
  const conservative = portfolioOf(snapshot, ACCOUNT, { timestamp, view: "conservative" });
  const look = { timestamp, view: "conservative", modes: "initial" } as const;
  return {
    timestamp,
    conservative,
    plain: portfolioOf(snapshot, ACCOUNT, { timestamp, view: "plain" }),
    maintenance: requirementOf(conservative, maintenanceMode()),
    initial: requirementOf(conservative, initialMode()),
    margin: marginOf(snapshot, ACCOUNT, timestamp),
    accountHealth: accountHealthOf(snapshot, ACCOUNT, timestamp),
    steady: accountHealthOf(snapshot, ACCOUNT, timestamp, "steady"),
    counted: conservative.initialEquity,
    required: initialMargin(portfolioOf(snapshot, ACCOUNT, look)),
  };
}

function twinOf(scene: Scene, now: Now) {
  try {
    return { verdict: judged(scene, now) };
  } catch (thrown) {
    return refusalOf(thrown);
  }
}

describe("parity of whole accounts", () => {
  const seen = { judged: 0, refused: 0, called: 0, owing: 0, several: 0, fields: 0 };
  const kinds: Kinds = {};

  function count(scene: Scene, verdict: Answer["verdict"], now: Now): void {
    const { conservative, accountHealth } = verdict;
    seen.judged++;
    seen.fields += countOf(verdict);
    if (accountHealth.health < 10n ** 18n) seen.called++;
    if (conservative.debt > 0n) seen.owing++;
    if (conservative.exposures.length > 1) seen.several++;
    countKinds(kinds, scene, now);
  }

  it("finds every field of portfolio, requirements, margin and standing", async function () {
    this.timeout(120_000 + 400 * SCENES);
    const { judge, now } = await openStateHarness();
    const random = createRandom(SEED);
    const draw = () => drawScene(random, now);
    let scenes = Array.from({ length: PAGE }, draw);
    for (let done = 0; done < SCENES;) {
      const asked = judge(scenes);
      const twins = scenes.map((scene) => twinOf(scene, now));
      const answers = await asked;
      for (const [i, answer] of answers.entries()) {
        expectAlike(twins[i], outcomeOf(answer), `seed ${SEED}, scene ${done + i}`);
        if (answer.refusal === "0x") count(scenes[i]!, answer.verdict, now);
        else seen.refused++;
      }
      done += answers.length;
      scenes = [...scenes.slice(answers.length), ...Array.from({ length: answers.length }, draw)];
    }
    console.log(`      seed ${SEED}: ${JSON.stringify(seen)}, 0 mismatches`);
    console.log(`      ${JSON.stringify(kinds)}`);
    expect(seen.judged).to.be.at.least((SCENES * 9) / 10);
  });
});

function countOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 1;
  return Object.values(value).reduce<number>((sum, held) => sum + countOf(held), 0);
}
