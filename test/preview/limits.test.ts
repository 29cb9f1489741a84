import { expect } from "chai";

import { decodeError } from "../../sdk/errors/index.ts";
import type { BallastError } from "../../sdk/errors/index.ts";
import { maxBorrow } from "../../sdk/preview/maxBorrow.ts";
import { maxWithdraw } from "../../sdk/preview/maxWithdraw.ts";
import { createRandom } from "../../sdk/sim/random.ts";
import type { Snapshot } from "../../sdk/snapshot/Snapshot.ts";
import { ownerOf, type AccountId } from "../../sdk/types/Ids.ts";
import { openAccounts } from "./openAccounts.ts";
import { ASSETS, openMarket, SYMBOLS, type Market } from "./openMarket.ts";
import { openPrices } from "./prices.ts";

const SEED = 20_260_731;
const EACH = 20; // accounts of each actor
const ROUNDS = 2;

type Thrown = BallastError & { readonly args?: unknown };

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

  /** What a withdrawal sent now would be refused with, in a block of the latest one's time. */
  async function refusalOf(id: AccountId, symbol: string, amount: bigint): Promise<Thrown | null> {
    const owner = ownerOf(id);
    try {
      await market.door.simulate.withdraw([id, market.pool.tokens[symbol]!, amount, owner], {
        account: owner,
      });
      return null;
    } catch (thrown) {
      return decodeError(thrown) as Thrown;
    }
  }

  function heldBy(s: Snapshot, id: AccountId): string[] {
    const held = s.accounts[id]!.holdings.map(({ asset }) => asset);
    return SYMBOLS.filter((symbol) => held.includes(ASSETS[symbol]!));
  }

  async function expectExact(s: Snapshot, id: AccountId, symbol: string): Promise<void> {
    const { timestamp } = s.block;
    const limit = maxWithdraw(s, id, market.pool.tokens[symbol]!, { timestamp });
    if (symbol === "USDC") {
      expect(maxBorrow(s, id, { timestamp })).to.deep.include({ amount: limit.amount });
    }
    const where = `seed ${SEED}, ${symbol} of ${id}, ${limit.amount} for ${limit.reason}`;
    if (limit.amount > 0n) expect(await refusalOf(id, symbol, limit.amount), where).to.equal(null);
    const refusal = await refusalOf(id, symbol, limit.amount + 1n);
    const { name, args } = limit.refusal as Thrown;
    expect([name, args], where).to.deep.equal([refusal?.name, refusal?.args]);
    reasons[limit.reason] = (reasons[limit.reason] ?? 0) + 1;
  }

  it("is accepted to the unit, and one unit more is refused", async function () {
    this.timeout(240_000);
    const prices = openPrices(market, random);
    let count = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const s = await market.snapshot(ids);
      for (const id of ids) {
        const symbol = random.pick(["USDC", ...heldBy(s, id)]);
        await expectExact(s, id, symbol);
        count++;
      }
      await market.networkHelpers.time.increase(1_000);
      await prices.all();
    }
    console.log(`      seed ${SEED}: ${count} limits of ${ids.length} accounts, exact`, reasons);
    expect(reasons).to.include.keys("held", "margin");
  });
});
