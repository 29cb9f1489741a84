import { expect } from "chai";
import { describe, it } from "mocha";

import { FUND } from "../../sdk/types/Ids.ts";
import { idOf, near as about, offer, usd, WAD } from "../fixtures/margin.ts";
import { future, option, perp, trade } from "../fixtures/trading.ts";
import { type Events, layersOf, lossStage } from "./losses.ts";

const ETH = perp(2);

/**
 * Alice buys 150 ETH of perp at 2 000 for 100 000 USDC of margin: 100 from bob, 50 from carol, who holds
 * 50 ETH of future against hers. Dave comes with cash to bid.
 */
async function stage() {
  const made = await lossStage((near) => [ETH, future(2, near)]);
  const { local } = made;
  const { alice, bob, carol, dave } = local;
  await trade(local, alice, bob, { instrument: ETH, size: 100, price: 2_000 });
  await trade(local, alice, carol, { instrument: ETH, size: 50, price: 2_000 });
  await trade(local, carol, bob, { instrument: future(2, local.near), size: 50, price: 2_000 });
  await local.deposit(dave, "USDC", 300_000);
  return { ...made, ...{ loser: idOf(alice), bidder: idOf(dave) } };
}

type Stage = Pick<Awaited<ReturnType<typeof stage>>, "act" | "loser" | "bidder">;

async function sell({ act, loser, bidder }: Stage) {
  const { preview, events } = await act({ verb: "bid", offer: offer(loser, bidder) });
  expect(preview).to.include({ ok: true });
  for (const event of events) if (event.eventName === "Bid") return { events, ...event.args };
  throw new Error("nothing was sold");
}

describe("story: a gap to bankruptcy of a book of derivatives", () => {
  it("is paid by the fund, then by who won it, then by lenders, to the wei", async () => {
    const made = await stage();
    const { gap, loser, cash, act, local } = made;

    // 1 320: 150·680 = 102 000 lost of 100 000. Just backed: X = 0.25 % of 198 000 = 495.
    await gap(loser, 1_320);
    const fund = await cash(FUND);
    const { events, slice } = await sell(made);
    const { fund: paid, winners, lenders } = layersOf(events);
    expect(paid + winners + lenders).to.equal(slice.waterfall);
    expect(paid >= fund).to.equal(true); // all it had, with a moment's interest
    expect(await cash(FUND)).to.equal(0n);

    // N = 198 000 beside a debt of some 2 200: 99 % of the rest falls on the shorts, by 150 units.
    about(Number(winners) / Number(winners + lenders), 0.989, 0.003);
    const [longs, shorts] = await local.clearinghouse.read.payoutHaircutsOf([ETH]);
    expect(longs.sum).to.equal(0n);
    const rounded = shorts.sum * 150n - winners; // what they give up beyond it is the fund's
    expect(rounded >= 0n && rounded < 300n).to.equal(true);

    // Each gives up the same of every unit, whenever it touches; carol much later.
    for (const [actor, size, pause] of [
      [local.bob, 100n, 10],
      [local.carol, 50n, 1_000],
    ] as const) {
      const touched = await act({ verb: "settleExpired", account: idOf(actor) }, pause);
      expect(earnedOf(touched.events)).to.equal(size * (680n * WAD - shorts.sum));
    }
  });

  it("leaves every position in place: a hedge stays a hedge", async () => {
    const made = await stage();
    const { gap, loser, snapshot, local } = made;
    await gap(loser, 1_320);
    const carol = idOf(local.carol);
    const before = await snapshot();
    await sell(made);
    const after = await snapshot();
    expect(after.accounts[carol]).to.deep.equal(before.accounts[carol]);
    const [, shorts] = await local.clearinghouse.read.payoutHaircutsOf([ETH]);
    expect(shorts.sum > 0n).to.equal(true);
    // Of the future no one lost: its two sides give up nothing.
    const cuts = await local.clearinghouse.read.payoutHaircutsOf([future(2, local.near)]);
    expect(cuts.map((cut) => cut.sum)).to.deep.equal([0n, 0n]);
  });

  it("takes of winners at most the tolerance of spot a day, and the rest of lenders", async () => {
    const made = await stage();
    const { gap, loser, local, cash, act } = made;

    // 1 200: 120 000 lost of 100 000. ½·7 %·1 200 = 42 a unit, 6 300 in all; some 14 000 more is lenders'.
    await gap(loser, 1_200);
    const lender = await cash(made.bidder);
    const { events, slice } = await sell(made);
    const { fund, winners, lenders } = layersOf(events);
    expect(winners).to.equal(6_300n * WAD);
    expect(fund + winners + lenders).to.equal(slice.waterfall);
    about(usd(lenders), 20_000 + 450 + 180 - usd(fund) - 6_300, 150);
    expect(events.some(({ eventName }) => eventName === "LendersCharged")).to.equal(true);
    expect((await cash(made.bidder)) < lender + slice.waterfall).to.equal(true);

    // A winner who touches now has lost exactly that of every unit.
    const touched = await act({ verb: "settleExpired", account: idOf(local.bob) });
    expect(earnedOf(touched.events)).to.equal(100n * (800n - 42n) * WAD);
  });
});

describe("story: who sold calls cannot pay them", () => {
  it("takes of each call its part of what is missing, at its holder's next touch", async () => {
    let call = 0n;
    const made = await lossStage((near) => [(call = option(2, "call", near, 2_000))]);
    const { local, gap, act } = made;
    const { alice, bob, dave } = local;
    await trade(local, bob, alice, { instrument: call, size: 100, price: 72 });
    await local.deposit(dave, "USDC", 500_000);

    // 3 100: 100 calls at 1 100 and more, of 107 200. Alice owes no cash: all of it is of derivatives.
    await gap(idOf(alice), 3_100);
    const { events, slice } = await sell({ act, loser: idOf(alice), bidder: idOf(dave) });
    const { fund, winners, lenders } = layersOf(events);
    expect(fund + winners + lenders).to.equal(slice.waterfall);
    const [longs, shorts] = await local.clearinghouse.read.payoutHaircutsOf([call]);
    expect(shorts.sum).to.equal(0n);
    expect(longs.sum * 100n).to.equal(winners);
    expect(winners > 0n && lenders < 1_000n).to.equal(true);

    // What a call is worth comes with its settlement; what it lost is paid at once, and once.
    const first = await act({ verb: "settleExpired", account: idOf(bob) });
    expect(earnedOf(first.events, call)).to.equal(-winners);
    const again = await act({ verb: "settleExpired", account: idOf(bob) });
    expect(earnedOf(again.events, call)).to.equal(0n);
  });
});

/** What a touch paid for an instrument. */
function earnedOf(events: Events, instrument = ETH): bigint {
  for (const event of events) {
    if (event.eventName === "Settled" && event.args.instrument === instrument)
      return event.args.earned;
  }
  return 0n;
}
