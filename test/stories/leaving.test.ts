import { expect } from "chai";
import { describe, it } from "mocha";

import { type AccountId, FUND } from "../../sdk/types/Ids.ts";
import { idOf, near as about, offer, usd, WAD } from "../fixtures/margin.ts";
import { HEIR } from "../fixtures/told.ts";
import { perp, trade } from "../fixtures/trading.ts";
import { type Events, lossStage } from "./losses.ts";

const UNIT = 10n ** 12n; // wads in a unit of USDC
const ETH = perp(2);

/** What cash left inside as it went: for booked losses, and for those that were only seen. */
function leftBy(events: Events) {
  for (const event of events) if (event.eventName === "LossLeft") return event.args;
  return { booked: 0n, seen: 0n };
}

/** Alice owes 13 000 on 10 ETH; bob, carol and dave lend 100 000 each; the fund has 300. */
async function lenders() {
  const made = await lossStage(() => [ETH]);
  const { local } = made;
  const { alice, dave, carol, clearinghouse, pool } = local;
  const borrower = await local.deposit(alice, "ETH", 10, 1n);
  const usdc = pool.tokens["USDC"]!;
  const owner = alice.account.address;
  await clearinghouse.write.withdraw([borrower, usdc, 13_000_000_000n, owner], { account: owner });
  await local.deposit(dave, "USDC", 100_000);
  await local.fund(carol, "USDC", 300);
  await clearinghouse.write.deposit([FUND, usdc, 300_000_000n], { account: carol.account });
  const take = (account: AccountId, wads: bigint) =>
    made.act({ verb: "withdraw", account, token: usdc, amount: wads / UNIT });
  return { ...made, borrower, usdc, take };
}

describe("story: a lender who leaves before the loss is booked", () => {
  it("leaves its share from the first sight of the loss on, and does no better than who stays", async () => {
    const { local, gap, borrower, cash, act, take } = await lenders();
    const [runner, stayer] = [idOf(local.dave), idOf(local.bob)];

    // 300: E = 3 000 − 13 000 = −10 000, of which the fund has 300. Seen once, it counts.
    await local.networkHelpers.time.increase(61);
    await local.setPrice("ETH", 300);
    const { after } = await act({ verb: "call", account: borrower });
    about(usd(after.cash.shortfall), 10_000, 1);
    const start = [await cash(runner), await cash(stayer)] as const;

    // 9 700 of some 400 000 that others than the fund own: 2.4 % stays inside, and is the fund's.
    const fund = await cash(FUND);
    const taken = 50_000n * WAD;
    const left = leftBy((await take(runner, taken)).events);
    expect(left.booked).to.equal(0n);
    about(usd(left.seen), (50_000 * 9_700) / (400_000 - 9_700), 20);
    about(usd((await cash(FUND)) - fund), usd(left.seen), 0.01);

    // The house takes the book over: the fund pays, lenders bear what is left.
    await gap(borrower, 300);
    await local.networkHelpers.time.increase(1_801);
    await local.setPrice("ETH", 300);
    await act({ verb: "takeOver", account: borrower, backstopAccount: HEIR });
    expect((await local.clearinghouse.read.ledger())[0].shortfall).to.equal(0n);
    expect((await local.clearinghouse.read.ledger())[0].deficit).to.equal(0n);
    const ran = Number(taken + (await cash(runner))) / Number(start[0]);
    const stayed = Number(await cash(stayer)) / Number(start[1]);
    about(stayed, 1 - 9_700 / 400_000, 0.001);
    expect(ran).to.be.at.most(stayed + 1e-9);
    about(ran, stayed, 1e-4);
  });

  it("pays nothing once the price is back, and a poke has said so", async () => {
    const { local, borrower, act, take } = await lenders();
    await local.networkHelpers.time.increase(61);
    await local.setPrice("ETH", 300);
    await act({ verb: "call", account: borrower });
    await local.setPrice("ETH", 2_000);
    const { after } = await act({ verb: "call", account: borrower });
    expect(after.cash.shortfall).to.equal(0n);
    const { events } = await take(idOf(local.dave), 1_000n * WAD);
    expect(leftBy(events)).to.deep.equal({ booked: 0n, seen: 0n });
  });

  it("pays nothing for a loss that stayed unconfirmed for a quarter of an hour", async () => {
    const { local, borrower, act } = await lenders();
    await local.networkHelpers.time.increase(61);
    await local.setPrice("ETH", 1_290);
    expect((await act({ verb: "call", account: borrower })).after.cash.shortfall > 0n).to.equal(
      true,
    );
    // No newer round, and the price goes stale, ETH's heartbeat being an hour: by as much as it may be off
    // by then the 100 that are missing may be there.
    const { after } = await act({ verb: "call", account: borrower }, 3_700);
    expect(after.accounts[borrower]!.call.brokeSeen > 0).to.equal(true);
    expect(after.cash.shortfall).to.equal(0n);
  });
});

describe("story: everyone leaves after a loss", () => {
  it("lets the last lender, and the last holder of the asset, out with all that is theirs", async () => {
    const { local, gap, borrower, cash, act, take } = await lenders();
    await gap(borrower, 300);
    await local.networkHelpers.time.increase(1_801);
    await local.setPrice("ETH", 300);
    await act({ verb: "takeOver", account: borrower, backstopAccount: HEIR });
    const dave = idOf(local.dave);
    await act({ verb: "bid", offer: offer(HEIR, dave) });
    const token = local.pool.tokens["ETH"]!;
    const out = await act({ verb: "withdraw", account: dave, token, amount: 10n * WAD });
    expect(out.preview).to.include({ ok: true });
    expect((await local.clearinghouse.read.listingOf([token])).total).to.equal(0n);
    for (const actor of [local.alice, local.bob, local.carol, local.dave]) {
      const { preview } = await take(idOf(actor), await cash(idOf(actor)));
      expect(preview).to.include({ ok: true });
      expect((await cash(idOf(actor))) < 2n * UNIT).to.equal(true);
    }
    // What is in the vault then is the fund's, and what rounding left.
    const [{ booked, deficit }] = await local.clearinghouse.read.ledger();
    expect(deficit).to.equal(0n);
    about(usd(booked), usd(await cash(FUND)), 0.001);
    expect(booked >= (await cash(FUND))).to.equal(true);
  });
});

describe("story: a gap made between two accounts of one owner", () => {
  it("earns the pair nothing, though the winner withdraws first", async () => {
    const made = await lossStage(() => [ETH]);
    const { local, gap, act, cash } = made;
    const { alice, bob, dave } = local;
    const [loser, winner] = [idOf(alice), idOf(bob)];
    await trade(local, alice, bob, { instrument: ETH, size: 150, price: 2_000 });
    await local.deposit(dave, "USDC", 300_000);
    await local.deposit(bob, "USDC", 100_000); // in a crash IM asks for more
    const start = (await cash(loser)) + (await cash(winner));

    // 1 320: 102 000 won and 100 000 lost. The winner takes what it may while the loss is only seen.
    await gap(loser, 1_320);
    const token = local.pool.tokens["USDC"]!;
    const took = 20_000_000_000n;
    const first = await act({ verb: "withdraw", account: winner, token, amount: took });
    expect(leftBy(first.events).seen > 0n).to.equal(true);
    await act({ verb: "bid", offer: offer(loser, idOf(dave)) });
    await act({ verb: "settleExpired", account: winner });
    // The cut takes all but the loan's 1 % of the 2 000, and of the bidder's 495 too; fees came before.
    const end = took * UNIT + (await cash(winner)) + (await cash(loser));
    expect(usd(end - start)).to.be.below(0);
    expect(usd(end - start)).to.be.above(-800);
  });
});
