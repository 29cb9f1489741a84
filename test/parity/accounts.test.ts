import { expect } from "chai";

import { decodeError } from "../../sdk/errors/index.ts";
import type { BallastError } from "../../sdk/errors/index.ts";
import { requirementOf } from "../../sdk/math/MarginMath.ts";
import { initialMode, maintenanceMode } from "../../sdk/math/ScenarioMath.ts";
import { createRandom } from "../../sdk/sim/random.ts";
import { marginOf, standingOf } from "../../sdk/state/margin.ts";
import { portfolioOf } from "../../sdk/state/portfolio.ts";
import { openStateDoor } from "./open.ts";
import { expectAlike } from "./plain.ts";
import { drawScene, type Scene } from "./scene.ts";
import { ACCOUNT, snapshotOf } from "./snapshotOf.ts";

const SEED = 20_260_728;
const SCENES = 2_250;

type Answer = Awaited<ReturnType<Awaited<ReturnType<typeof openStateDoor>>["judge"]>>;

/** What was answered, or the name and the numbers of what was thrown. */
async function outcomeOf<T>(ask: () => T | Promise<T>) {
  try {
    return { verdict: await ask() };
  } catch (thrown) {
    const { name, args } = decodeError(thrown) as BallastError & { readonly args: unknown };
    return { refused: name, args };
  }
}

function judged(scene: Scene, timestamp: number) {
  const snapshot = snapshotOf(scene);
  const conservative = portfolioOf(snapshot, ACCOUNT, { timestamp, view: "conservative" });
  return {
    timestamp,
    conservative,
    plain: portfolioOf(snapshot, ACCOUNT, { timestamp, view: "plain" }),
    maintenance: requirementOf(conservative, maintenanceMode()),
    initial: requirementOf(conservative, initialMode()),
    margin: marginOf(snapshot, ACCOUNT, timestamp),
    standing: standingOf(snapshot, ACCOUNT, timestamp),
  };
}

describe("parity of whole accounts", () => {
  const seen = { judged: 0, refused: 0, called: 0, owing: 0, several: 0, fields: 0 };

  function count({ conservative, standing, ...rest }: Answer): void {
    seen.judged++;
    seen.fields += countOf({ conservative, standing, ...rest });
    if (standing.health < 10n ** 18n) seen.called++;
    if (conservative.debt > 0n) seen.owing++;
    if (conservative.exposures.length > 1) seen.several++;
  }

  it("finds every field of portfolio, requirements, margin and standing", async function () {
    this.timeout(240_000);
    const { judge, timestamp } = await openStateDoor();
    const random = createRandom(SEED);
    for (let i = 0; i < SCENES; i++) {
      const scene = drawScene(random, timestamp);
      const chain = await outcomeOf(() => judge(scene));
      const twin = await outcomeOf(() => judged(scene, timestamp));
      expectAlike(twin, chain, `seed ${SEED}, scene ${i}`);
      if ("verdict" in chain) count(chain.verdict);
      else seen.refused++;
    }
    console.log(`      seed ${SEED}: ${JSON.stringify(seen)}, 0 mismatches`);
    expect(seen.judged).to.be.at.least(2_000);
  });
});

function countOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 1;
  return Object.values(value).reduce<number>((sum, held) => sum + countOf(held), 0);
}
