import { expect } from "chai";
import { describe, it } from "mocha";
import { parseEther } from "viem";

import { FUND } from "../../sdk/types/Ids.ts";
import { idOf, near, usd } from "../fixtures/margin.ts";
import { future, option, perp, sizeOf, trade, tradingPool } from "../fixtures/trading.ts";

const ETH = 2;

describe("story: orders meet", () => {
  it("a perp is bought, earns what spot gains, and is sold again", async () => {
    const local = await tradingPool();
    const { clearinghouse, alice, bob } = local;
    await local.setPrice("ETH", 2_000);
    const eth = perp(ETH);
    const before = usd(await clearinghouse.read.cashOf([idOf(alice)]));
    await trade(local, alice, bob, { instrument: eth, size: 10, price: 2_000 });
    expect(await sizeOf(local, idOf(alice), eth)).to.equal(10);
    expect(await sizeOf(local, idOf(bob), eth)).to.equal(-10);
    // Taker fee 0.05 % of 20 000 = 10; spot and mark are 2 000 alike, so nothing else was paid.
    near(before - usd(await clearinghouse.read.cashOf([idOf(alice)])), 10, 0.01);
    const interest = await clearinghouse.read.interestOf([eth]);
    expect(interest.open).to.equal(parseEther("10"));

    // ETH gains 50: 10 units earn 500, and pay it on a touch.
    await local.setPrice("ETH", 2_050);
    await clearinghouse.write.settleExpired([idOf(alice)]);
    near(usd(await clearinghouse.read.cashOf([idOf(alice)])) - before, 490, 0.1);
    await trade(local, bob, alice, { instrument: eth, size: 10, price: 2_050 });
    expect(await sizeOf(local, idOf(alice), eth)).to.equal(0);
    expect((await clearinghouse.read.interestOf([eth])).open).to.equal(0n);
    // Fees of both trades: (0.02 % + 0.05 %)·(20 000 + 20 500) = 28.35; a fifth, and what has no
    // recipient, is the fund's.
    near(usd(await clearinghouse.read.cashOf([FUND])), 28.35, 0.01);
  });

  it("an option's premium changes hands, and its payoff at expiry", async () => {
    const local = await tradingPool();
    const { clearinghouse, alice, bob, near: expiry } = local;
    await local.setPrice("ETH", 2_000);
    const call = option(ETH, "call", expiry, 2_100);
    const { mark } = await clearinghouse.read.quoteOf([call]);
    // Black-76: F 2 000, K 2 100, σ 0.65, T 7 d: σ√T 0.0900, d1 −0.497, call 34.1
    near(usd(mark), 34.2, 0.2);
    const price = Math.round(usd(mark));
    const cash = usd(await clearinghouse.read.cashOf([idOf(alice)]));
    await trade(local, alice, bob, { instrument: call, size: 10, price });
    near(cash - usd(await clearinghouse.read.cashOf([idOf(alice)])), 10 * price + 10, 0.2);

    // Two days of quiet, then rounds every five minutes through the window, at 2 300.
    await local.networkHelpers.time.increaseTo(expiry - 3_600);
    for (let t = expiry - 3_300; t <= expiry + 300; t += 300) {
      await local.networkHelpers.time.increaseTo(t);
      await local.setPrice("ETH", 2_300);
      await clearinghouse.write.observe([BigInt(ETH), 64n]);
    }
    await clearinghouse.write.settleExpiries([BigInt(ETH)]);
    const term = await clearinghouse.read.expiryStateOf([BigInt(ETH), BigInt(expiry)]);
    near(usd(term.settlement), 2_300, 1e-6);
    const owed = usd(await clearinghouse.read.cashOf([idOf(alice)]));
    await clearinghouse.write.settleExpired([idOf(alice)]);
    near(usd(await clearinghouse.read.cashOf([idOf(alice)])) - owed, 2_000, 0.05);
    expect(await sizeOf(local, idOf(alice), call)).to.equal(0);
    await clearinghouse.write.settleExpired([idOf(bob)]);
    expect((await clearinghouse.read.interestOf([call])).open).to.equal(0n);
  });

  it("a future follows its forward and settles at the average", async () => {
    const local = await tradingPool();
    const { clearinghouse, alice, bob, near: expiry } = local;
    await local.setPrice("ETH", 2_000);
    const dated = future(ETH, expiry);
    await trade(local, alice, bob, { instrument: dated, size: 10, price: 2_000 });
    const cash = usd(await clearinghouse.read.cashOf([idOf(alice)]));
    await local.networkHelpers.time.increaseTo(expiry - 1_810);
    await local.setPrice("ETH", 2_000);
    await local.networkHelpers.time.increaseTo(expiry - 900);
    await local.setPrice("ETH", 2_200);
    await local.networkHelpers.time.increaseTo(expiry + 10);
    await local.setPrice("ETH", 3_000);
    await clearinghouse.write.settleExpiries([BigInt(ETH)]);
    // Half of the window at 2 000, half at 2 200: 2 100.
    near(
      usd((await clearinghouse.read.expiryStateOf([BigInt(ETH), BigInt(expiry)])).settlement),
      2_100,
      0.5,
    );
    await clearinghouse.write.settleExpired([idOf(alice)]);
    near(usd(await clearinghouse.read.cashOf([idOf(alice)])) - cash, 1_000, 5.1);
  });
});
