import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";

import { idOf, near, usd } from "../../fixtures/margin.ts";
import { calmMarket, quoteOf } from "../../fixtures/market.ts";
import { play } from "../../fixtures/settlement.ts";
import { future, option, trade, type Trading } from "../../fixtures/trading.ts";

describe("attack: marks inside a settlement window", () => {
  let local: Trading;
  let start: number;

  beforeEach(async () => {
    local = await calmMarket();
    start = local.near - 1_800;
  });

  const mark = async () => usd((await quoteOf(local, future(2, local.near))).mark);

  async function at(seconds: number) {
    await local.networkHelpers.time.increaseTo(start + seconds);
  }

  it("are a share of the average and the rest of spot, and feel only the rest", async () => {
    const { alice, bob, clearinghouse } = local;
    await trade(local, alice, bob, { instrument: future(2, local.near), size: 10, price: 2_000 });
    await play(local, start, [[-60, 2_000]]);
    await clearinghouse.write.observe([2n, 64n]);
    near(await mark(), 2_000, 1e-9);
    const before = (await exposed()).exposed;
    expect(before).to.equal(1);
    await play(local, start, [[900, 2_200]]);
    await clearinghouse.write.observe([2n, 64n]);
    // Half is over at 2 000, the rest at 2 200: 2 100; a move of spot moves 0.5·2 200/2 100 of it, less
    // a second's 1/1 800.
    near(await mark(), 2_100, 1e-6);
    near((await exposed()).exposed, (0.5 * 2_200) / 2_100, 0.002);
    await at(1_350);
    // Average 2 066.7 over three quarters, and a quarter of 2 200: 2 100 still.
    near(await mark(), 2_100, 1e-6);
    near((await exposed()).exposed, (0.25 * 2_200) / 2_100, 0.002);
    await at(1_799);
    expect((await exposed()).exposed < 0.001).to.equal(true);
    near(await mark(), 2_100, 1e-6);
  });

  async function exposed() {
    const { exposures } = await local.clearinghouse.read.portfolio([idOf(local.alice)]);
    const expiry = exposures[0]!.expiries[0]!;
    return { exposed: usd(expiry.exposed), forward: usd(expiry.forward) };
  }

  it("ask for less as the window closes, IM no less than without the leg", async () => {
    const { alice, bob, clearinghouse } = local;
    await trade(local, alice, bob, { instrument: future(2, local.near), size: 10, price: 2_000 });
    await play(local, start, [[-60, 2_000]]);
    await clearinghouse.write.observe([2n, 64n]);
    const margins: number[] = [];
    for (const seconds of [1, 600, 1_200, 1_790]) {
      await at(seconds);
      await local.setPrice("ETH", 2_000);
      await clearinghouse.write.observe([2n, 64n]);
      margins.push(usd((await clearinghouse.read.margin([idOf(alice)])).maintenance));
    }
    for (let i = 1; i < margins.length; ++i) {
      expect(margins[i]! < margins[i - 1]!, `${margins.join(" ")}`).to.equal(true);
    }
  });

  it("do not hang on who has observed: rounds no one brought mark no one at an old price", async () => {
    const { alice, bob, clearinghouse } = local;
    await trade(local, alice, bob, { instrument: future(2, local.near), size: 40, price: 2_000 });
    await play(local, start, [
      [-3_000, 2_300],
      [-60, 2_300],
      [900, 2_300],
    ]);
    near(await mark(), 2_300, 1e-9); // it was 2 150, of the 2 000 last observed a week ago
    const before = (await clearinghouse.read.health([idOf(bob)]))[0];
    await clearinghouse.write.observe([2n, 64n]);
    near(await mark(), 2_300, 1e-9);
    const after = (await clearinghouse.read.health([idOf(bob)]))[0];
    expect(Math.abs(usd(after - before)) < 1).to.equal(true);
  });

  it("carry an option the same way, to what it pays", async () => {
    const { alice, bob, clearinghouse } = local;
    const call = option(2, "call", local.near, 2_000);
    await trade(local, alice, bob, { instrument: call, size: 10, price: 72 });
    await play(local, start, [
      [-60, 2_000],
      [900, 2_200],
    ]);
    await clearinghouse.write.observe([2n, 64n]);
    await at(1_795);
    await local.setPrice("USDC", 1);
    const [equity] = (await clearinghouse.read.health([idOf(alice)])).map(usd);
    await at(1_800);
    await clearinghouse.write.settleExpiries([2n]);
    await clearinghouse.write.settleExpired([idOf(alice)]);
    const [after] = (await clearinghouse.read.health([idOf(alice)])).map(usd);
    near(after!, equity!, 20); // 10 units · 100, to a cent a unit and the last seconds' average
  });
});
