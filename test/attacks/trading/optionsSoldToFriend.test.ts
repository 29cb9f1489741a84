import { expect } from "chai";
import { describe, it } from "mocha";

import { idOf, near as about, usd, withdraw } from "../../fixtures/margin.ts";
import { calmMarket, settle } from "../../fixtures/market.ts";
import { refuses } from "../../fixtures/refusal.ts";
import { play, settleAll } from "../../fixtures/settlement.ts";
import { fillOf, option, perp, signed, trade, type Trading } from "../../fixtures/trading.ts";

const PRICES = [
  ["USDC", 1],
  ["BTC", 20_000],
  ["ETH", 2_000],
] as const;

/** Every price again. */
async function again(local: Trading) {
  for (const [symbol, price] of PRICES) await local.setPrice(symbol, price);
}

describe("attack: options sold to a friend, to have lost something", () => {
  it("free no gain when they settle: what they paid was owed at their mark before", async () => {
    const local = await calmMarket();
    const { alice, bob, carol, clearinghouse, near, networkHelpers } = local;
    const { time } = networkHelpers;
    await local.deposit(carol, "USDC", 1_000_000);
    const start = near - 1_800;
    await time.increaseTo(start - 200);
    await again(local);
    await clearinghouse.write.observe([2n, 64n]);
    await clearinghouse.write.postSurface([2n, BigInt(near), 650_000_000, 0, 0, 0n]);
    // Twelve calls struck at 400, at their mark of 1 600: 19 200 come, and 19 200 go when they settle.
    const call = option(2, "call", near, 400);
    await trade(local, carol, alice, { instrument: call, size: 12, price: 1_600 });
    await play(local, start, [
      [-60, 2_000],
      [900, 2_000],
    ]);
    await time.increaseTo(near + 1);
    await settleAll(local);
    await again(local);
    await clearinghouse.write.settleExpired([idOf(alice)]);
    await clearinghouse.write.settleExpired([idOf(carol)]);
    const [, , hers] = await clearinghouse.read.positionsOf([idOf(alice)]);
    const [, , friends] = await clearinghouse.read.positionsOf([idOf(carol)]);
    expect(hers.current).to.equal(0n);
    about(usd(friends.current), 19_200, 1); // what is paid is a gain as ever

    // 48·390 = 18 720 won of bob, who could be her: not out within the hour.
    await trade(local, alice, bob, { instrument: perp(2), size: 48, price: 2_000 });
    await time.increase(60);
    await local.setPrice("ETH", 2_390);
    await clearinghouse.write.observe([2n, 8n]);
    const order = { instrument: perp(2), price: 2_390 };
    const sell = await signed(local, alice, { ...order, size: -48, maker: true });
    const buy = await signed(local, carol, { ...order, size: 48 });
    await settle(local, [fillOf(sell, buy)]);
    const cash = Math.floor(usd(await clearinghouse.read.cashOf([idOf(alice)])));
    await refuses(local, () => withdraw(local, alice, "USDC", cash - 1), "MarginTooLow");
    // What stays needs 3.25 % of itself: 629 beside the 18 720.
    await refuses(local, () => withdraw(local, alice, "USDC", cash - 18_720 - 620), "MarginTooLow");
    await withdraw(local, alice, "USDC", cash - 18_720 - 640);
  });
});
