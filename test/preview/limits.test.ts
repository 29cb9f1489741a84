import { expect } from "chai";

import { maxBorrow } from "../../sdk/preview/maxBorrow.ts";
import { createRandom } from "../../sdk/sim/random.ts";
import type { Snapshot } from "../../sdk/snapshot/Snapshot.ts";
import type { AccountId } from "../../sdk/types/Ids.ts";
import { expectLimit } from "./expectLimit.ts";
import { openAccounts } from "./openAccounts.ts";
import { ASSETS, openMarket, SYMBOLS, type Market } from "./openMarket.ts";
import { openPrices } from "./prices.ts";

const SEED = 20_260_731;
const EACH = 20; // accounts of each actor
const ROUNDS = 2;

describe("the most that may leave an account", () => {
  const random = createRandom(SEED);
  const reasons: Record<string, number> = {};
  let market: Market;
  let ids: AccountId[];

  before(async function () {
    this.timeout(120_000);
    market = await openMarket();
    ids = await openAccounts(market, random, { each: EACH, leverage: 0.3 });
  });

  function heldBy(s: Snapshot, id: AccountId): string[] {
    const held = s.accounts[id]!.holdings.map(({ asset }) => asset);
    return SYMBOLS.filter((symbol) => held.includes(ASSETS[symbol]!));
  }

  it("is accepted to the unit, and one unit more is refused", async function () {
    this.timeout(240_000);
    const prices = openPrices(market, random);
    for (let round = 0; round < ROUNDS; round++) {
      const s = await market.snapshot(ids);
      for (const id of ids) {
        const symbol = random.pick(["USDC", ...heldBy(s, id)]);
        const { reason } = await expectLimit(market, s, id, symbol);
        reasons[reason] = (reasons[reason] ?? 0) + 1;
      }
      await market.networkHelpers.time.increase(1_000);
      await prices.all();
    }
    console.log(`      seed ${SEED}: limits of ${ids.length} accounts, exact`, reasons);
    expect(reasons).to.include.keys("held", "margin");
  });

  it("is the same question for borrowing as for withdrawing cash", async () => {
    const s = await market.snapshot(ids);
    const borrowed = maxBorrow(s, ids[0]!, { timestamp: s.block.timestamp });
    const { amount, reason } = await expectLimit(market, s, ids[0]!, "USDC");
    expect(borrowed).to.include({ amount, reason });
  });
});
