import { expect } from "chai";

import { createRandom, type Random } from "../../sdk/sim/random.ts";
import { accountId } from "../../sdk/types/Ids.ts";
import { drawChange } from "./drawChange.ts";
import { follow } from "./follow.ts";
import { bePatient, endow, openMarket, type Market } from "./openMarket.ts";
import { openPrices, type Prices } from "./prices.ts";

const SEED = Number(process.env["SEED"] ?? 20_260_730);
const ACTS = 600;
const NOBODY = `0x${"00".repeat(20)}` as const;

/** Seconds until the next block. */
function drawPause(random: Random): number {
  return 1 + random.integer(random.pick([10, 70, 70, 400, 400, 1_000, 1_000, 4_000]));
}

describe("a preview of random acts", () => {
  const seen: Record<string, number> = {};
  let market: Market;
  let prices: Prices;

  before(async function () {
    this.timeout(60_000);
    market = await openMarket();
    await bePatient(market, createRandom(SEED + 3));
    await endow(market, createRandom(SEED + 2));
    prices = openPrices(market, createRandom(SEED + 1));
  });

  function tally(verb: string, refusal = "accepted") {
    seen[refusal] = (seen[refusal] ?? 0) + 1;
    seen[verb] = (seen[verb] ?? 0) + (refusal === "accepted" ? 1 : 0);
  }

  it("says what the chain then does, to the wei, or refuses with its words", async function () {
    this.timeout(240_000);
    const random = createRandom(SEED);
    const heirs = [accountId(NOBODY, 1n)];
    const read = () => market.snapshot([...market.accounts, ...heirs]);
    let snapshot = await read();
    for (let i = 0; i < ACTS; i++) {
      if (await prices.move()) snapshot = await read();
      const timestamp = snapshot.block.timestamp + drawPause(random);
      const change = drawChange({
        market,
        random,
        snapshot,
        timestamp,
        backstopAccount: heirs.at(-1)!,
      });
      const where = `seed ${SEED}, act ${i}: ${change.verb}`;
      const done = await follow(market, { snapshot, changes: [change], timestamp, where });
      snapshot = done.snapshot;
      tally(change.verb, done.preview.ok ? undefined : done.preview.error.name);
      if (!done.preview.ok || change.verb !== "takeOver") continue;
      heirs.push(accountId(NOBODY, BigInt(heirs.length + 1)));
      snapshot = await read();
    }
    console.log(`      seed ${SEED}, ${ACTS} acts, 0 mismatches`, seen);
    expect(seen).to.include.keys("call", "bid", "takeOver");
    expect(seen).to.include.keys("MarginTooLow", "NotInAuction", "Throttled");
  });
});
