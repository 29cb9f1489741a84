import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";

import { accountId, FUND, type AccountId } from "../../../sdk/types/Ids.ts";
import { encoded } from "../../fixtures/market.ts";
import {
  calmPool,
  idOf,
  later,
  near,
  offer,
  phaseOf,
  usd,
  WAD,
  type Local,
} from "../../fixtures/margin.ts";

const SHORT = 1_690; // 1 400 owed for each ETH: h = 0.97
const DAY = 86_400;

// One book of 10 ETH that owes 14 000, or the same in parts: whether its owner gains by that.
describe("attack: a book split over accounts", () => {
  let local: Local;

  beforeEach(async () => {
    local = await calmPool();
    await local.deposit(local.bob, "USDC", 1_000_000);
    await local.deposit(local.carol, "USDC", 200_000);
  });

  /** Accounts of alice, from the index on, each with so much ETH and its debt. */
  async function open(from: number, count: number, eth: number): Promise<AccountId[]> {
    const { alice, clearinghouse, pool, units } = local;
    const { address } = alice.account;
    await local.fund(alice, "ETH", count * eth);
    const ids = Array.from({ length: count }, (_, i) => accountId(address, BigInt(from + i)));
    const calls = ids.flatMap((id) => [
      encoded(local, "deposit", [id, pool.tokens["ETH"]!, units("ETH", eth)]),
      encoded(local, "withdraw", [id, pool.tokens["USDC"]!, units("USDC", eth * 1_400), address]),
    ]);
    await clearinghouse.write.batch([calls], { account: address });
    return ids;
  }

  /** All accounts are looked at once. */
  async function look(ids: readonly AccountId[], seconds: number) {
    await later(local, seconds, { ETH: SHORT });
    const calls = ids.map((id) => encoded(local, "call", [id]));
    await local.clearinghouse.write.batch([calls], { account: local.dave.account });
  }

  /** What discounts cost them if everything that is for sale is sold now, USD. */
  async function sell(ids: readonly AccountId[]): Promise<number> {
    let cost = 0;
    for (const id of ids) {
      const { fraction, discount } = await local.clearinghouse.read.quote([id, WAD]);
      cost += usd(fraction) * usd(discount);
      await local.clearinghouse.write.bid([offer(id, idOf(local.carol))], {
        account: local.carol.account,
      });
      expect(await phaseOf(local, id)).to.equal("Clear");
    }
    return cost;
  }

  const phases = (ids: readonly AccountId[]) => Promise.all(ids.map((id) => phaseOf(local, id)));

  it("is called, and sold, when the whole would be", async () => {
    const ids = [...(await open(0, 1, 10)), ...(await open(1, 10, 1))];
    await look(ids, 60);
    expect(new Set(await phases(ids))).to.deep.equal(new Set(["Called"]));
    await look(ids, 300);
    await look(ids, 310);
    expect(new Set(await phases(ids))).to.deep.equal(new Set(["Auction"]));
  });

  it("costs in parts what it costs whole", async () => {
    const [whole, parts] = [await open(0, 1, 10), await open(1, 10, 1)];
    for (const seconds of [60, 300, 310, 600]) await look([...whole, ...parts], seconds);
    const { restore } = await local.networkHelpers.takeSnapshot();
    const once = await sell(whole);
    await restore();
    const often = await sell(parts);
    // The whole is charged some cents more for its size, and some seconds of the ramp pass from bid to bid.
    near(often / once, 1, 0.01);
  });

  it("costs more in parts of less than 100 USD, which go whole", async () => {
    const parts = await open(1, 4, 0.05); // 84.50 each
    for (const seconds of [60, 300, 310, 600]) await look(parts, seconds);
    for (const id of parts) {
      const { largest } = await local.clearinghouse.read.quote([id, WAD]);
      expect(largest).to.equal(WAD);
    }
    const cost = await sell(parts);
    near(cost, 4 * 0.0349 * 84.5, 0.1); // 0.25 + 9.75·(600/1 800) = 3.5 % of all
  });

  it("earns those who call its parts no more than a day's cap", async () => {
    const cap = 15;
    local = await calmPool((p) => ({
      ...p,
      keeper: { roundFee: 0.02, finderShare: 0.001, finderCap: 10, dailyCap: cap },
    }));
    const { clearinghouse, dave, alice, pool, units, networkHelpers } = local;
    await local.deposit(local.bob, "USDC", 1_000_000);
    await local.fund(dave, "USDC", 1_000);
    await clearinghouse.write.deposit([FUND, pool.tokens["USDC"]!, units("USDC", 1_000)], {
      account: dave.account,
    });
    await later(local, DAY - ((await networkHelpers.time.latest()) % DAY), { ETH: 2_000, USDC: 1 });
    await clearinghouse.write.observe([2n, 64n], { account: local.bob.account });
    const paidBefore = usd((await clearinghouse.read.keeper())[1].paid);
    const ids = await open(0, 4, 10);
    // Alice calls them from another address of hers, dave, and buys what is for sale with a last account.
    const friend = await local.deposit(alice, "USDC", 100_000, 9n);
    const mine = [...ids, friend, idOf(dave)];
    const worth = async () => {
      const all = await Promise.all(mine.map((id) => clearinghouse.read.health([id])));
      return all.reduce((sum, [equity]) => sum + usd(equity), 0);
    };
    for (const seconds of [60, 300]) await look(ids, seconds);
    const start = await worth();
    await look(ids, 310);
    expect(new Set(await phases(ids))).to.deep.equal(new Set(["Auction"]));
    await later(local, 1_700, { ETH: SHORT });
    await clearinghouse.write.observe([2n, 64n], { account: dave.account });
    for (const id of ids)
      await clearinghouse.write.bid([offer(id, friend)], { account: alice.account });
    const earned = (await worth()) - start;
    expect(usd((await clearinghouse.read.keeper())[1].paid)).to.equal(cap);
    expect(usd(await clearinghouse.read.cashOf([idOf(dave)]))).to.be.at.most(cap);
    expect(earned).to.be.at.most(cap - paidBefore);
    expect(earned).to.be.above(0);
  });
});
