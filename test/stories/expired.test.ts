import { expect } from "chai";
import { describe, it } from "mocha";

import { type AccountId } from "../../sdk/types/Ids.ts";
import { idOf, near as about, usd, WAD } from "../fixtures/margin.ts";
import { play, settleAll } from "../fixtures/settlement.ts";
import { option, trade } from "../fixtures/trading.ts";
import { type Events, HEIR, lossStage } from "./losses.ts";

const HALF_HOUR = 1_800;

/** What a touch paid. */
function earned(events: Events): bigint {
  return events.reduce((sum, e) => (e.eventName === "Settled" ? sum + e.args.earned : sum), 0n);
}

/** Alice sold bob 60 and carol 40 calls struck at 2 000 that settle at 3 100: 110 000 of some 107 000. */
async function stage() {
  const made = await lossStage(
    (near) => [option(2, "call", near, 2_000)],
    (p) => ({ ...p, trade: { ...p.trade, makerFee: 0, takerFee: 0 } }),
  );
  const { local, act } = made;
  const { alice, bob, carol, networkHelpers } = local;
  const call = option(2, "call", local.near, 2_000);
  await trade(local, bob, alice, { instrument: call, size: 60, price: 72 });
  await trade(local, carol, alice, { instrument: call, size: 40, price: 72 });
  const start = local.near - HALF_HOUR;
  await networkHelpers.time.increaseTo(start - 600);
  await play(local, start, [
    [-60, 3_100],
    [900, 3_100],
  ]);
  await networkHelpers.time.increaseTo(local.near + 1);
  for (const [symbol, price] of [
    ["USDC", 1],
    ["ETH", 3_100],
  ] as const) {
    await local.setPrice(symbol, price);
  }
  await settleAll(local);
  const touch = async (id: AccountId) => {
    const step = await act({ verb: "settleExpired", account: id });
    expect(step.preview).to.include({ ok: true });
    return step.events;
  };
  return { ...made, call, loser: idOf(alice), touch };
}

describe("story: options that expire before a loss is booked", function () {
  this.timeout(240_000);

  it("cost their buyers the same of each, paid before it is booked or after", async () => {
    const { local, act, call, loser, touch } = await stage();
    const { bob, carol } = local;
    // Whoever settles her shows her loss first: she has no call open, and the legs that made it go with it.
    await touch(loser);
    expect((await local.clearinghouse.read.accountOf([loser])).positions).to.equal(0);
    const [longs] = await local.clearinghouse.read.payoutHaircutsOf([call]);
    // 110 000 − 107 200 and some premium more: 2 800 less what the fund has, on 100 calls.
    expect(usd(longs.sum)).to.be.within(20, 30);
    const first = earned(await touch(idOf(bob)));
    expect(first).to.equal(60n * (1_100n * WAD - longs.sum));

    for (let i = 0; i < 2; ++i) {
      await local.networkHelpers.time.increase(601); // what holds no factor is confirmed by time alone
      await local.setPrice("ETH", 3_100);
      await act({ verb: "call", account: loser });
    }
    await local.networkHelpers.time.increase(1_801);
    await local.setPrice("ETH", 3_100);
    const booked = await act({ verb: "takeOver", account: loser, backstopAccount: HEIR });
    expect(booked.preview).to.include({ ok: true });
    const second = earned(await touch(idOf(carol)));
    about(usd(second) / 40, usd(first) / 60, 0.05);
  });

  it("are paid in full where the fund covers it", async () => {
    const { local, loser, touch } = await stage();
    await local.fund(local.dave, "USDC", 50_000);
    const usdc = local.pool.tokens["USDC"]!;
    const fund = `0x${"00".repeat(32)}` as const;
    await local.clearinghouse.write.deposit([fund, usdc, 50_000_000_000n], {
      account: local.dave.account,
    });
    await touch(loser);
    expect(earned(await touch(idOf(local.bob)))).to.equal(60n * 1_100n * WAD);
  });
});
