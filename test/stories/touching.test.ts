import { expect } from "chai";
import { describe, it } from "mocha";

import { accountId, FUND } from "../../sdk/types/Ids.ts";
import { idOf, near as about, usd, WAD } from "../fixtures/margin.ts";
import { future, perp, trade } from "../fixtures/trading.ts";
import { HEIR, lossStage } from "./losses.ts";

const ETH = perp(2);
const ORDERS = ["no one is touched", "the loser is", "the winner is", "both are"] as const;

describe("story: a lender leaves after a gap in a book of perps", () => {
  /** Alice lost 150 ETH's fall to `price` against bob; carol takes cash out. What she leaves behind, USD. */
  async function leftBehind(order: (typeof ORDERS)[number], price: number, dollars: number) {
    const { local, act } = await lossStage(() => [ETH]);
    const { alice, bob, carol } = local;
    const token = local.pool.tokens["USDC"]!;
    await trade(local, alice, bob, { instrument: ETH, size: 150, price: 2_000 });
    await local.networkHelpers.time.increase(61);
    await local.setPrice("ETH", price);
    await act({ verb: "call", account: idOf(alice) });
    const touched = { "the loser is": [alice], "the winner is": [bob], "both are": [alice, bob] };
    for (const one of touched[order as keyof typeof touched] ?? []) {
      await act({ verb: "settleExpired", account: idOf(one) });
    }
    const amount = BigInt(dollars) * 1_000_000n;
    const done = await act({ verb: "withdraw", account: idOf(carol), token, amount });
    expect(done.preview).to.include({ ok: true });
    const left = done.events.find(({ eventName }) => eventName === "LossLeft");
    return usd((left?.args as { seen: bigint }).seen);
  }

  for (const [price, dollars] of [
    [1_000, 50_000],
    [300, 40_000],
    [100, 7_000],
  ] as const) {
    it(`to ${price}: leaves the same behind whoever was touched before, and less than it takes`, async () => {
      const seen: number[] = [];
      for (const order of ORDERS) seen.push(await leftBehind(order, price, dollars));
      for (const one of seen) about(one, seen[0]!, 5);
      expect(seen[0]).to.be.within(1, dollars);
    });
  }
});

describe("story: a book of the house expires", () => {
  it("and its debt is booked at the next touch, though nobody would bid for it", async () => {
    const { local, act, gap, ids } = await lossStage((near) => [future(2, near)]);
    const { alice, bob, door, pool, networkHelpers, near } = local;
    const id = idOf(alice);
    const others = [id, accountId(alice.account.address, 1n), pool.tokens["USDC"]!] as const;
    await door.write.transfer([...others, 88_000_000_000n], { account: alice.account });
    await trade(local, alice, bob, { instrument: future(2, near), size: 20, price: 2_000 });
    await gap(id, 1_390);
    await gap(id, 1_390);
    await networkHelpers.time.increase(1_801);
    await local.setPrice("ETH", 1_390);
    const taken = await act({ verb: "takeOver", account: id, heir: HEIR });
    expect(taken.preview).to.include({ ok: true });

    // It falls on to 1 300 by the hour, and by the minute through the last half-hour.
    for (let now = await networkHelpers.time.latest(); now < near + 60;) {
      await networkHelpers.time.increase(near - now > 7_200 ? 3_600 : 120);
      await local.setPrice("ETH", 1_300);
      await door.write.observe([2n, 16n]);
      now = await networkHelpers.time.latest();
    }
    await local.setPrice("USDC", 1);
    await door.write.settleExpiries([2n]);
    const fund = await door.read.cashOf([FUND]);
    const { after, events } = await act({ verb: "settleExpired", account: HEIR });
    const { phase, positions, principal } = after.accounts[HEIR]!;
    expect([phase, positions.length, principal]).to.deep.equal([0, 0, 0n]);
    expect(after.cash.shortfall).to.equal(0n);
    const paid = events.find(({ eventName }) => eventName === "InsurancePaid");
    const booked = events.find(({ eventName }) => eventName === "DeficitBooked");
    const lost = [paid, booked].map((one) => (one ? (one.args as { amount: bigint }).amount : 0n));
    // 20·(1 390 − 1 300), and what it owed when it was taken over.
    about(usd(lost[0]! + lost[1]!), 20 * 90, 20);
    expect((await door.read.cashOf([FUND])) + lost[0]! - fund < WAD).to.equal(true);
    expect(ids).to.include(HEIR);
  });
});
