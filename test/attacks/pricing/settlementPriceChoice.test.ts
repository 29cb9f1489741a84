import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";

import { near, usd } from "../../fixtures/margin.ts";
import { calmMarket } from "../../fixtures/market.ts";
import { refuses } from "../../fixtures/refusal.ts";
import {
  lastRound,
  play,
  settleAll,
  expiryStateOf,
  writeRound,
} from "../../fixtures/settlement.ts";
import { future, trade, type Trading } from "../../fixtures/trading.ts";

const SETTLED = 3;
const YEAR = 31_536_000;

describe("attack: the price at which an expiry settles", () => {
  let local: Trading;
  let start: number; // of the half-hour before expiry

  beforeEach(async () => {
    local = await calmMarket();
    start = local.near - 1_800;
    await trade(local, local.alice, local.bob, {
      ...{ instrument: future(2, local.near), size: 1, price: 2_000 },
    });
  });

  const settlement = async () => {
    const { stage, settlement: price } = await expiryStateOf(local);
    expect(stage).to.equal(SETTLED);
    return usd(price);
  };

  it("is not fixed before its time, and is fixed once", async () => {
    await play(local, start, [
      [-10, 2_000],
      [900, 2_200],
    ]);
    await settleAll(local);
    expect((await expiryStateOf(local)).stage).to.equal(2); // settling
    await local.networkHelpers.time.increaseTo(local.near);
    await settleAll(local);
    near(await settlement(), 2_100, 1e-9);
    await play(local, start, [[1_900, 3_000]]);
    await settleAll(local);
    await settleAll(local);
    near(await settlement(), 2_100, 1e-9);
  });

  it("waits for rounds that no one has brought: more than eight must be observed first", async () => {
    const tape = Array.from({ length: 18 }, (_, i) => [i * 100, 2_000 + i] as const);
    await play(local, start, tape);
    await local.networkHelpers.time.increaseTo(local.near);
    const act = () => local.clearinghouse.write.settleExpiries([2n]);
    await refuses(local, act, "EstimateBehind", [2n, 18n]);
    await settleAll(local, 3n);
    near(await settlement(), 2_008.5, 1e-9); // eighteen prices, a hundred seconds each
  });

  it("is the same years later", async () => {
    await play(local, start, [
      [-10, 2_000],
      [900, 2_200],
      [1_800, 2_500],
      [1_800 + 30 * 86_400, 900],
      [1_800 + 5 * YEAR, 700],
    ]);
    await settleAll(local);
    near(await settlement(), 2_100, 1e-9);
  });

  it("does not count a round at the window's end, and counts one at its start", async () => {
    await play(local, start, [
      [-600, 1_000],
      [0, 2_000],
      [1_800, 9_000],
    ]);
    await settleAll(local);
    near(await settlement(), 2_000, 1e-9);
  });

  it("passes over rounds without a price or a time, out of order, or of tomorrow", async () => {
    const { time } = local.networkHelpers;
    await play(local, start, [[-10, 2_000]]);
    await time.increaseTo(start + 900);
    const id = await lastRound(local);
    await writeRound(local, id + 1, 9_000, 0); // no time
    await writeRound(local, id + 2, 0, start + 850); // no price
    await writeRound(local, id + 3, -5, start + 860);
    await writeRound(local, id + 4, 2_200, start + 900);
    await writeRound(local, id + 5, 9_000, start + 300); // earlier than the one before
    await writeRound(local, id + 6, 2_200, start + 901);
    await time.increaseTo(local.near);
    await settleAll(local);
    near(await settlement(), 2_100, 1e-9);
  });

  // The heartbeat is an hour: a price is good for 3 600 s.
  for (const [what, last, moves] of [
    ["ten minutes of silence are borne", 1_800 - 600 - 3_600, 0],
    ["a second more moves the window on", 1_800 - 601 - 3_600, 1],
  ] as const) {
    it(what, async () => {
      const { time } = local.networkHelpers;
      await play(local, start, [
        [last, 2_000],
        [1_800, 2_400],
      ]);
      await time.increaseTo(local.near + 1_801);
      await settleAll(local);
      const { windowStart } = await expiryStateOf(local);
      expect(windowStart).to.equal(start + moves * 1_800);
      near(await settlement(), moves === 0 ? 2_000 : 2_400, 1e-9);
    });
  }

  it("a feed dead for a month settles on the first half-hour of the clock that it is alive in", async () => {
    const { time } = local.networkHelpers;
    await play(local, start, [[-4_000, 2_000]]);
    const alive = local.near + 30 * 86_400 + 700; // eleven minutes into a half-hour
    await time.increaseTo(alive - 5);
    for (let i = 0; i < 3; ++i) await local.clearinghouse.write.settleExpiries([2n]);
    expect((await expiryStateOf(local)).stage).to.equal(2);
    await time.setNextBlockTimestamp(alive);
    await local.setPrice("ETH", 1_500);
    await time.increaseTo(local.near + 30 * 86_400 + 1_800);
    await settleAll(local);
    expect((await expiryStateOf(local)).stage).to.equal(2); // 700 s of it were silent
    await time.increaseTo(local.near + 30 * 86_400 + 3_600);
    await settleAll(local);
    near(await settlement(), 1_500, 1e-9);
    expect((await expiryStateOf(local)).windowStart).to.equal(local.near + 30 * 86_400 + 1_800);
  });

  it("is nobody's business where nothing expires", async () => {
    for (const factor of [3n, 99n]) await local.clearinghouse.write.settleExpiries([factor]);
  });
});
