import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";

import { getSnapshot } from "../../../sdk/snapshot/getSnapshot.ts";
import { marginOf } from "../../../sdk/logic/margin.ts";
import { portfolioOf } from "../../../sdk/logic/portfolio.ts";
import { assetId } from "../../../sdk/types/Ids.ts";
import { later, WAD } from "../../fixtures/margin.ts";
import { calmMarket } from "../../fixtures/market.ts";
import { refuses } from "../../fixtures/refusal.ts";
import { future, option, perp, trade, type Trading } from "../../fixtures/trading.ts";
import { expectAlike } from "../../parity/plain.ts";

const DAY = 86_400;
const PART = 10n ** 9n;

// Alice holds ether, staked ether, a loan, a perp, a future and an option when parameters change.
describe("attack: parameters that change under an account", () => {
  let local: Trading;
  let alice: Awaited<ReturnType<Trading["deposit"]>>;

  beforeEach(async () => {
    local = await calmMarket();
    alice = await local.deposit(local.alice, "ETH", 10);
    await local.deposit(local.alice, "wstETH", 10);
    const option_ = option(2, "call", local.near, 2_000);
    for (const [instrument, price] of [
      ...[[perp(2), 2_000] as const, [future(2, local.near), 2_000] as const],
      ...[[option_, 72] as const],
    ]) {
      await trade(local, local.alice, local.bob, { instrument, size: 2, price });
    }
  });

  const ramped = async () => (await local.clearinghouse.read.portfolio([alice])).exposures[0]!;
  const factor = async () => (await local.clearinghouse.read.factorOf([2n]))[0];
  const write = () => local.clearinghouse.write;

  /** Every setter whose numbers a margin counts, all of them doubled. */
  async function doubleAll() {
    const [params, marketAnswer, [, , tiers]] = [
      await factor(),
      await local.clearinghouse.read.marketOf([2n]),
      await local.clearinghouse.read.ledger(),
    ];
    const [, market, depth] = marketAnswer;
    const twice = (value: number) => value * 2;
    const staked = assetId(2, 1);
    const charges = { chargeMaintenance: 70_000_000, chargeInitial: 100_000_000 };
    return [
      () =>
        write().setFactor([
          2n,
          {
            ...params,
            ...{ shockFloor: twice(params.shockFloor), correlation: 500_000_000 },
            ...{ volatilityFloor: twice(params.volatilityFloor), volatilityStress: 3_000_000_000 },
            ...{ exitMaintenance: twice(params.exitMaintenance) },
            ...{ exitInitial: twice(params.exitInitial), dailyVolume: params.dailyVolume / 2 },
          },
        ]),
      () =>
        write().setMarket([
          2n,
          {
            ...market,
            ...{ perpMaintenance: twice(market.perpMaintenance) },
            ...{ perpInitial: twice(market.perpInitial), expiryBase: twice(market.expiryBase) },
            ...{ expirySlope: twice(market.expirySlope), expiryCap: twice(market.expiryCap) },
            fundingCap: twice(market.fundingCap),
          },
          { ...depth, low: 1n, high: 2n },
        ]),
      () => write().setAsset([staked, local.pool.tokens["wstETH"]!, charges]),
      () =>
        write().setTiers([
          tiers.map((tier) => ({
            longest: tier.longest,
            multiplier: Math.min(3_000_000_000, twice(tier.multiplier)),
          })) as never,
        ]),
    ];
  }

  it("count nothing in the block of the change", async () => {
    await local.clearinghouse.write.observe([2n, 64n]);
    for (const set of await doubleAll()) {
      const snapshot = await getSnapshot(local.client, { pool: local.pool, accounts: [alice] });
      await set();
      const now = Number((await local.client.getBlock()).timestamp);
      expectAlike(
        marginOf(snapshot, alice, now),
        await local.clearinghouse.read.margin([alice]),
        "before",
      );
    }
  });

  it("arrive in a straight line, which the SDK knows from the first block", async () => {
    for (const set of await doubleAll()) await set();
    const snapshot = await getSnapshot(local.client, { pool: local.pool, accounts: [alice] });
    const start = snapshot.block.timestamp;
    for (const seconds of [1, 60, 3_599, 3_600, DAY, 2 * DAY, 3 * DAY - 1, 3 * DAY, 9 * DAY]) {
      await local.networkHelpers.time.increaseTo(start + seconds);
      const here = portfolioOf(snapshot, alice, {
        ...{ timestamp: start + seconds, view: "conservative" },
      });
      expectAlike(here, await local.clearinghouse.read.portfolio([alice]), `after ${seconds} s`);
    }
  });

  it("are half way after a day and a half, and all the way after three days", async () => {
    const { shockFloor, exitInitial } = await factor();
    const to = { shockFloor: 2 * shockFloor, exitInitial: 2 * exitInitial };
    await write().setFactor([2n, { ...(await factor()), ...to }]);
    await local.networkHelpers.time.increase(1.5 * DAY);
    expect((await ramped()).shockFloor).to.equal((BigInt(shockFloor) * 3n * PART) / 2n);
    await local.networkHelpers.time.increase(1.5 * DAY);
    expect((await ramped()).shockFloor).to.equal(BigInt(shockFloor) * 2n * PART);
  });

  it("that IM alone counts rise within the hour, and fall as slowly as the rest", async () => {
    const params = await factor();
    const rate = async () => (await ramped()).exitRate[1];
    const from = BigInt(params.exitInitial) * PART;
    await write().setFactor([2n, { ...params, exitInitial: 2 * params.exitInitial }]);
    await local.networkHelpers.time.increase(1_800);
    expect(await rate()).to.equal((from * 3n) / 2n);
    await local.networkHelpers.time.increase(1_800);
    expect(await rate()).to.equal(from * 2n);
    await local.setPrice("ETH", 2_000);
    await write().setFactor([2n, params]);
    await local.networkHelpers.time.increase(1.5 * DAY);
    expect(await rate()).to.equal((from * 3n) / 2n);
  });

  it("go on from where they are when they are changed again", async () => {
    const params = await factor();
    await write().setFactor([2n, { ...params, shockFloor: 2 * params.shockFloor }]);
    await local.networkHelpers.time.increase(1.5 * DAY - 1);
    await write().setFactor([2n, params]);
    const now = (await ramped()).shockFloor;
    expect(now).to.equal((BigInt(params.shockFloor) * 3n * PART) / 2n);
    await local.networkHelpers.time.increase(1.5 * DAY);
    expect((await ramped()).shockFloor).to.equal((BigInt(params.shockFloor) * 5n * PART) / 4n);
  });

  it("lead from one sector to another on no line, nor to a size charge from none", async () => {
    const params = await factor();
    for (const change of [{ alt: !params.alt }, { dailyVolume: 0 }]) {
      const set = () => write().setFactor([2n, { ...params, ...change }]);
      await refuses(local, set, "FixedOnceListed", [2n]);
    }
  });

  it("wait for rounds that no one has walked: those count as they would have", async () => {
    for (let i = 0; i < 9; ++i) await later(local, 61, { ETH: 2_000 });
    const params = await factor();
    const set = () => write().setFactor([2n, params]);
    await refuses(local, set, "EstimateBehind", [2n, 9n]);
    await write().observe([2n, 1n]);
    await set();
    expect(await local.clearinghouse.read.rampOf([2n]))
      .to.have.property("factorChanged")
      .above(0);
  });

  it("are forgotten by the first round after they arrived", async () => {
    await write().setFactor([2n, await factor()]);
    const isRamping = async () => (await local.clearinghouse.read.factorOf([2n]))[1].ramping;
    await later(local, 3 * DAY - 60, { ETH: 2_000 });
    await write().observe([2n, 8n]);
    expect(await isRamping()).to.equal(true);
    await later(local, 120, { ETH: 2_000 });
    await write().observe([2n, 8n]);
    expect(await isRamping()).to.equal(false);
    expect((await local.clearinghouse.read.margin([alice])).equity > WAD).to.equal(true);
  });
});
