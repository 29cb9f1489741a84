import { expect } from "chai";
import { describe, it } from "mocha";

import type { Slice } from "../../sdk/types/Offer.ts";
import { accountId, FUND } from "../../sdk/types/Ids.ts";
import { idOf, near as about, offer, usd, WAD } from "../fixtures/margin.ts";
import { future, perp, trade } from "../fixtures/trading.ts";
import { type Events, HEIR, layersOf, lossStage } from "./losses.ts";

const ETH = perp(2);
const ORDERS = ["no one is touched", "the loser is", "the winner is", "both are"] as const;
const DAY = 86_400;

/** What a bidder was due beyond what the book lacked, USD. */
function dueOf(events: Events): number {
  const bid = events.find(({ eventName }) => eventName === "Bid");
  const { slice } = bid!.args as { slice: Slice };
  return usd(slice.waterfall + slice.equity);
}

describe("story: a lender leaves after a gap in a book of perps", () => {
  /**
   * Alice lost 150 ETH's fall to `price` against bob. Carol takes half of her cash out at once, dave stays; then
   * alice's book is sold, and three days pass. What each of the two has lost, cash.
   */
  async function losses(order: (typeof ORDERS)[number], price: number) {
    const { local, act, gap, cash } = await lossStage(() => [ETH]);
    const { admin, alice, bob, carol, dave } = local;
    const token = local.pool.tokens["USDC"]!;
    await local.deposit(dave, "USDC", 100_000);
    await trade(local, alice, bob, { instrument: ETH, size: 150, price: 2_000 });
    const start = [await cash(idOf(carol)), await cash(idOf(dave))] as const;
    await local.networkHelpers.time.increase(61);
    await local.setPrice("ETH", price);
    await act({ verb: "call", account: idOf(alice) });
    const touched = { "the loser is": [alice], "the winner is": [bob], "both are": [alice, bob] };
    for (const one of touched[order as keyof typeof touched] ?? []) {
      await act({ verb: "settleExpired", account: idOf(one) });
    }
    const out = { verb: "withdraw", account: idOf(carol), token, amount: 50_000_000_000n } as const;
    const left = await act(out);
    expect(left.preview).to.include({ ok: true });
    await gap(idOf(alice), price);
    await local.deposit(admin, "ETH", 1_000);
    const sold = await act({ verb: "bid", offer: offer(idOf(alice), idOf(admin)) });
    expect(sold.preview).to.include({ ok: true });
    for (let day = 0; day < 3; ++day) {
      await local.networkHelpers.time.increase(DAY);
      for (const [symbol, value] of [
        ["ETH", price],
        ["USDC", 1],
      ] as const) {
        await local.setPrice(symbol, value);
      }
      await act({ verb: "accrue" });
    }
    const runner = usd(start[0] - (await cash(idOf(carol)))) - 50_000;
    const stayer = usd(start[1] - (await cash(idOf(dave))));
    return {
      runner,
      stayer,
      due: (dueOf(sold.events) * stayer) / usd(layersOf(sold.events).lenders),
    };
  }

  for (const price of [1_000, 1_200]) {
    it(`to ${price}: loses no less than who stays, and the same whether or not the loser was touched`, async () => {
      const seen = [];
      for (const order of ORDERS) seen.push(await losses(order, price));
      for (const { runner, stayer, due } of seen) {
        expect(stayer).to.be.greaterThan(1_000);
        // Her half that left was charged what alice lacked then: not yet what the bidder was due later.
        expect(runner).to.be.greaterThan(0.99 * stayer - due / 2);
      }
      const [none, loser, winner, both] = seen;
      about(none!.runner, loser!.runner, 1);
      about(winner!.runner, both!.runner, 1);
    });
  }
});

describe("story: a book of the house expires", () => {
  it("and its debt is booked at the next touch, though nobody would bid for it", async () => {
    const { local, act, gap, ids } = await lossStage((near) => [future(2, near)]);
    const { alice, bob, clearinghouse, pool, networkHelpers, near } = local;
    const id = idOf(alice);
    const others = [id, accountId(alice.account.address, 1n), pool.tokens["USDC"]!] as const;
    await clearinghouse.write.transfer([...others, 88_000_000_000n], { account: alice.account });
    await trade(local, alice, bob, { instrument: future(2, near), size: 20, price: 2_000 });
    await gap(id, 1_390);
    await gap(id, 1_390);
    await networkHelpers.time.increase(1_801);
    await local.setPrice("ETH", 1_390);
    const taken = await act({ verb: "takeOver", account: id, backstopAccount: HEIR });
    expect(taken.preview).to.include({ ok: true });

    // It falls on to 1 300 by the hour, and by the minute through the last half-hour.
    for (let now = await networkHelpers.time.latest(); now < near + 60;) {
      await networkHelpers.time.increase(near - now > 7_200 ? 3_600 : 120);
      await local.setPrice("ETH", 1_300);
      await clearinghouse.write.observe([2n, 16n]);
      now = await networkHelpers.time.latest();
    }
    await local.setPrice("USDC", 1);
    await clearinghouse.write.settleExpiries([2n]);
    const fund = await clearinghouse.read.cashOf([FUND]);
    const { after, events } = await act({ verb: "settleExpired", account: HEIR });
    const { phase, positions, principal } = after.accounts[HEIR]!;
    expect([phase, positions.length, principal]).to.deep.equal([0, 0, 0n]);
    expect(after.cash.shortfall).to.equal(0n);
    const paid = events.find(({ eventName }) => eventName === "InsurancePaid");
    const booked = events.find(({ eventName }) => eventName === "DeficitBooked");
    const lost = [paid, booked].map((one) => (one ? (one.args as { amount: bigint }).amount : 0n));
    // 20·(1 390 − 1 300), and what it owed when it was taken over: bob bears ½·7 %·1 300 of each of his 20.
    const { winners } = layersOf(events);
    about(usd(winners), 20 * 45.5, 1);
    about(usd(lost[0]! + lost[1]! + winners), 20 * 90, 20);
    expect((await clearinghouse.read.cashOf([FUND])) + lost[0]! - fund < WAD).to.equal(true);
    expect(ids).to.include(HEIR);
  });
});
