import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";

import { FUND } from "../../../sdk/types/Ids.ts";
import { idOf } from "../../fixtures/margin.ts";
import { calmMarket, meet, quoteOf, settle } from "../../fixtures/market.ts";
import { future, option, perp, type Trading } from "../../fixtures/trading.ts";

describe("attack: where fees go", () => {
  let local: Trading;

  beforeEach(async () => {
    local = await calmMarket();
  });

  const cashOf = async (ids: readonly `0x${string}`[]) =>
    Promise.all(ids.map((id) => local.clearinghouse.read.cashOf([id])));

  const sizes = ["0.000000000000000001", "0.000000000000000007", "0.333333333333333333", "3"];

  for (const size of sizes) {
    it(`to the recipient and the fund, to the wei, of ${size}`, async () => {
      const { alice, bob, carol, clearinghouse, near } = local;
      const [params] = await clearinghouse.read.trade();
      const share = { ...params, insuranceShare: 333_333_333 };
      await clearinghouse.write.setTrade([share, idOf(carol)]);
      const call = option(2, "call", near, 2_100);
      const premium = Number((await quoteOf(local, call)).mark / 10n ** 12n) / 1e6;
      for (const [instrument, price] of [
        [perp(2), 2_000],
        [future(2, near), 2_000],
        [call, premium],
      ] as const) {
        const fill = await meet(local, alice, bob, { instrument, size, price });
        const before = await cashOf([idOf(carol), FUND]);
        const hash = await settle(local, [fill]);
        const after = await cashOf([idOf(carol), FUND]);
        const { blockNumber } = await local.client.getTransactionReceipt({ hash });
        const [filled] = await clearinghouse.getEvents.Filled({}, { fromBlock: blockNumber });
        const fees = filled!.args.fees!;
        const insured = (fees * 333_333_333n) / 1_000_000_000n;
        // A ledger in shares of an index keeps a wei or two for the house at each change.
        const [recipient, fund] = [after[0]! - before[0]!, after[1]! - before[1]!];
        expect(fees > 0n).to.equal(true);
        expect(within(recipient, fees - insured), `${recipient} of ${fees}`).to.equal(true);
        expect(within(fund, insured), `${fund} of ${fees}`).to.equal(true);
      }
    });
  }

  function within(actual: bigint, expected: bigint): boolean {
    return actual <= expected && actual >= expected - 3n;
  }

  it("an option's is at most an eighth of its premium", async () => {
    const { alice, bob, near } = local;
    const call = option(2, "call", near, 3_000);
    const fill = await meet(local, alice, bob, { instrument: call, size: 10, price: "0.4" });
    const before = await cashOf([idOf(alice), idOf(bob)]);
    await settle(local, [fill]);
    const after = await cashOf([idOf(alice), idOf(bob)]);
    const paid = [before[0]! - after[0]!, after[1]! - before[1]!].map((n) => Number(n) / 1e18);
    // 10·0.4 = 4 of premium; 0.5 for the taker, 0.5 for the maker: 0.05 % and 0.02 % of 2 000 are more.
    expect(paid.map((n) => n.toFixed(6))).to.deep.equal(["4.500000", "3.500000"]);
  });

  it("to the fund alone while no one is named", async () => {
    const { alice, bob } = local;
    const before = await cashOf([FUND]);
    await settle(local, [
      await meet(local, alice, bob, { instrument: perp(2), size: 1, price: 2_000 }),
    ]);
    const [fund] = await cashOf([FUND]);
    const gained = Number(fund! - before[0]!) / 1e18;
    expect(gained.toFixed(9)).to.equal("1.400000000"); // 0.07 % of 2 000
  });
});
