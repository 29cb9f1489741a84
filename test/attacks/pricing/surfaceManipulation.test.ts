import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";
import { getAddress } from "viem";

import { idOf, near, usd } from "../../fixtures/margin.ts";
import { calmMarket, meet, quoteOf, settle } from "../../fixtures/market.ts";
import { refuses } from "../../fixtures/refusal.ts";
import { halfHour, option, trade, type Trading } from "../../fixtures/trading.ts";

const ETH = 2;
const PART = 1_000_000_000;

describe("attack: volatility surfaces", () => {
  let local: Trading;

  beforeEach(async () => {
    local = await calmMarket();
    await local.networkHelpers.time.increase(61);
    await local.setPrice("ETH", 2_000);
  });

  /** Posts what stands, but for this, in parts. */
  function post(
    change: { atm?: number; skew?: number; curvature?: number; basis?: bigint },
    expiry = local.near,
    account = local.admin.account,
  ) {
    const { atm = 0.65, skew = 0, curvature = 0, basis = 0n } = change;
    const parts = [atm, skew, curvature].map((n) => Math.round(n * PART)) as [
      number,
      number,
      number,
    ];
    return local.clearinghouse.write.postSurface([2n, BigInt(expiry), ...parts, basis], {
      account,
    });
  }

  /** Lets surfaces move so far within an hour. */
  async function drift(share: number) {
    const [params, recipient] = await local.clearinghouse.read.trade();
    await local.clearinghouse.write.setTrade([
      { ...params, surfaceDrift: share * PART },
      recipient,
    ]);
  }

  it("are posted by their role alone", async () => {
    for (const actor of [local.alice, local.dave]) {
      const args = [getAddress(actor.account.address)];
      await refuses(
        local,
        () => post({}, local.near, actor.account),
        "AccessManagedUnauthorized",
        args,
      );
    }
  });

  it("move a fifth of their volatility at a time, and so do skew, curvature and basis", async () => {
    const bad = "ParameterOutOfBounds";
    const [low, high] = [520_000_000n, 780_000_000n];
    await refuses(local, () => post({ atm: 0.780000001 }), bad, ["atm", high + 1n, low, high]);
    await refuses(local, () => post({ atm: 0.519999999 }), bad, ["atm", low - 1n, low, high]);
    const step = (name: string) => [name, 200_000_001n, 0n, 200_000_000n];
    for (const sign of [1, -1]) {
      await refuses(local, () => post({ skew: sign * 0.200000001 }), bad, step("skew step"));
      const curved = () => post({ curvature: sign * 0.200000001 });
      await refuses(local, curved, bad, step("curvature step"));
    }
    const far = () => post({ basis: 2n * 10n ** 17n + 1n });
    await refuses(local, far, bad, ["basis step", 2n * 10n ** 17n + 1n, 0n, 2n * 10n ** 17n]);
    await post({ atm: 0.78, skew: 0.2, curvature: -0.2, basis: -(2n * 10n ** 17n) });
  });

  it("stay between 5 % and 400 %, skew and curvature within ±1", async () => {
    const { time } = local.networkHelpers;
    await drift(1);
    let skew = 0;
    for (; skew < 0.99; skew += 0.2) {
      await post({ skew });
      await time.increase(61);
    }
    const over = () => post({ skew: 1.000000001 });
    const bad = "ParameterOutOfBounds";
    await post({ skew: 1 });
    await time.increase(61);
    await refuses(local, over, bad, ["skew", 1_000_000_001n, 0n, 1_000_000_000n]);
    const list = (atm: number) => () =>
      local.clearinghouse.write.listExpiry([2n, BigInt(halfHour(local.far + 9_000)), atm, 0, 0]);
    await refuses(local, list(49_999_999), bad, ["atm", 49_999_999n, 50_000_000n, 4_000_000_000n]);
    const most = 4_000_000_001;
    await refuses(local, list(most), bad, ["atm", BigInt(most), 50_000_000n, 4_000_000_000n]);
  });

  it("wait a minute between two posts", async () => {
    await post({});
    const { posted } = await local.clearinghouse.read.expiryStateOf([2n, BigInt(local.near)]);
    const args = [2n, BigInt(local.near), BigInt(posted + 60)];
    await local.networkHelpers.time.setNextBlockTimestamp(posted + 59);
    await refuses(local, () => post({}), "SurfaceTooSoon", args);
    await local.networkHelpers.time.setNextBlockTimestamp(posted + 60);
    await post({});
  });

  it("of an expiry that is not listed, or has settled, are no one's", async () => {
    const act = () => post({}, local.near + 1_800);
    await refuses(local, act, "UnknownFactor", [2n]);
  });

  it("an hour old let no option trade; a future trades on", async () => {
    const { alice, bob, near: expiry } = local;
    const call = option(ETH, "call", expiry, 2_100);
    const { posted } = await local.clearinghouse.read.expiryStateOf([2n, BigInt(expiry)]);
    const fill = () => meet(local, alice, bob, { instrument: call, size: 1, price: 35 });
    const [last, late] = [await fill(), await fill()];
    await local.networkHelpers.time.setNextBlockTimestamp(posted + 3_600);
    await settle(local, [last]);
    const args = [2n, BigInt(expiry), BigInt(posted), 3_600n];
    await refuses(local, () => settle(local, [late]), "SurfaceStale", args);
    expect((await local.clearinghouse.read.health([idOf(alice)]))[0] > 0n).to.equal(true); // still marked
  });

  it("wild at short expiry mark far strikes between half and twice the volatility", async () => {
    const { alice, bob, clearinghouse, near: expiry } = local;
    const { time } = local.networkHelpers;
    await drift(1);
    for (let skew = 0.2; skew <= 1.01; skew += 0.2) {
      await post({ skew, curvature: skew });
      await time.increase(61);
    }
    await time.increaseTo(expiry - 5_400);
    await post({ skew: 1, curvature: 1 });
    for (const [symbol, price] of [
      ["ETH", 2_000],
      ["USDC", 1],
    ] as const) {
      await local.setPrice(symbol, price);
    }
    await clearinghouse.write.observe([2n, 64n]);
    // An hour and a half: σ√T·2 000 = 17. Strike 4 000 lies 40 of these away: x is held at −3, where
    // 0.65·(1 − 3 + 9) = 4.55 is held at 1.30.
    const far = option(ETH, "call", expiry, 4_000);
    const { mark, high } = await quoteOf(local, far);
    near(usd(mark), 0, 1e-9);
    near(usd(high), 2, 1e-6);
    // Close by, 2 030, x = −0.9: 0.65·(1 − 0.9 + 0.8) = 0.59, within the clamps.
    const close = await quoteOf(local, option(ETH, "call", expiry, 2_030));
    expect(usd(close.mark) > 1 && usd(close.mark) < 8).to.equal(true);
    await trade(local, alice, bob, { instrument: far, size: 100, price: 1 });
    const [equity] = (await clearinghouse.read.health([idOf(alice)])).map(usd);
    near(equity!, 100_000 - 100 - 12.5, 5); // it paid 100 and the fee, and holds nothing of worth
  });

  it("strikes must be within a tenth and ten times of spot to open, and may always close", async () => {
    const { alice, bob, near: expiry } = local;
    for (const [strike, price] of [
      [199, 1_801],
      [20_001, 0],
    ] as const) {
      const id = option(ETH, "call", expiry, strike);
      const fill = await meet(local, alice, bob, { instrument: id, size: "0.1", price });
      const wads = BigInt(strike) * 10n ** 18n;
      const args = [id, wads, 200n * 10n ** 18n, 20_000n * 10n ** 18n];
      await refuses(local, () => settle(local, [fill]), "StrikeOutOfReach", args);
    }
    const edge = option(ETH, "call", expiry, 20_000);
    await trade(local, alice, bob, { instrument: edge, size: 1, price: 0 });
    await local.setPrice("ETH", 1_900);
    const more = await meet(local, alice, bob, { instrument: edge, size: 1, price: 0 });
    await refuses(local, () => settle(local, [more]), "StrikeOutOfReach");
    await trade(local, bob, alice, { instrument: edge, size: 1, price: 0 });
  });
});
