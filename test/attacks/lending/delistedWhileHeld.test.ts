import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";

import { getSnapshot } from "../../../sdk/snapshot/getSnapshot.ts";
import { assetId, type InstrumentId } from "../../../sdk/types/Ids.ts";
import { idOf, type Local, near, usd, withdraw } from "../../fixtures/margin.ts";
import { calmMarket, meet, settle } from "../../fixtures/market.ts";
import { localPool } from "../../fixtures/pool.ts";
import { refuses } from "../../fixtures/refusal.ts";
import { future, option, perp, trade, type Trading } from "../../fixtures/trading.ts";

const LINK = assetId(4, 0);
const WAD = 10n ** 18n;

// Alice holds LINK and borrows against ether when LINK is frozen, and taken off the list.
describe("attack: an asset that is given up", () => {
  let local: Local;
  let link: `0x${string}`;

  beforeEach(async () => {
    local = await localPool();
    link = local.pool.tokens["LINK"]!;
    await local.deposit(local.bob, "USDC", 100_000);
    await local.deposit(local.alice, "LINK", 1_000);
    await local.deposit(local.alice, "ETH", 10);
    await withdraw(local, local.alice, "USDC", 500);
  });

  const freeze = () => local.clearinghouse.write.setListing([link, true, 10n ** 24n]);
  const delist = (token = link) => local.clearinghouse.write.delist([token]);

  it("takes no deposit once it is frozen, and lets what is there count, move and leave", async () => {
    const id = idOf(local.alice);
    const before = await local.clearinghouse.read.margin([id]);
    await freeze();
    near(usd((await local.clearinghouse.read.margin([id])).equity), usd(before.equity), 1e-3); // interest
    await local.fund(local.alice, "LINK", 1);
    const account = local.alice.account;
    const more = () => local.clearinghouse.write.deposit([id, link, WAD], { account });
    await refuses(local, more, "AssetFrozen", [link]);
    const other = await local.deposit(local.alice, "ETH", 1, 1n);
    await local.clearinghouse.write.transfer([id, other, link, WAD], { account });
    await withdraw(local, local.alice, "LINK", 999);
  });

  it("stays on the list as long as anyone holds any", async () => {
    await refuses(local, () => delist(), "StillHeld", [link, 1_000n * WAD]);
    await withdraw(local, local.alice, "LINK", 999);
    await refuses(local, () => delist(), "StillHeld", [link, WAD]);
  });

  it("is off it afterwards: unknown, and in no snapshot; and may be listed again", async () => {
    await withdraw(local, local.alice, "LINK", 1_000);
    await delist();
    const { pool, client, clearinghouse } = local;
    const snapshot = await getSnapshot(client, { pool, accounts: [] });
    expect(snapshot.assets).to.not.have.property(String(LINK));
    expect(await clearinghouse.read.assets()).to.not.include(LINK);
    await refuses(local, () => delist(), "UnknownAsset", [link]);
    const charges = { chargeMaintenance: 0, chargeInitial: 0 };
    await clearinghouse.write.setAsset([LINK, link, charges]);
    await clearinghouse.write.setListing([link, false, 10n ** 24n]);
    await local.deposit(local.alice, "LINK", 5);
  });

  it("is never the pool's cash", async () => {
    const cash = local.pool.tokens["USDC"]!;
    await refuses(local, () => delist(cash), "StillHeld", [cash, 0n]);
  });
});

// Alice is long ether's perp, a call far out of the money, whose delta is nothing, and a future; nobody holds
// any ether.
describe("attack: an underlying that is traded and held by no one", () => {
  let local: Trading;
  let eth: `0x${string}`;

  beforeEach(async () => {
    local = await calmMarket();
    eth = local.pool.tokens["ETH"]!;
  });

  const delist = () => local.clearinghouse.write.delist([eth]);
  const cases: [string, (l: Trading) => InstrumentId, number][] = [
    ["perp", () => perp(2), 2_000],
    ["future", (l) => future(2, l.near), 2_000],
    ["call", (l) => option(2, "call", l.near, 20_000), 0],
  ];

  for (const [what, instrumentOf, price] of cases) {
    it(`stays as long as a ${what} of it is open, so that keepers see who holds it`, async () => {
      const wish = { instrument: instrumentOf(local), size: 1, price };
      await trade(local, local.alice, local.bob, wish);
      await refuses(local, delist, "StillTraded", [eth, 1n]);
      await trade(local, local.bob, local.alice, wish);
      await delist();
    });
  }

  it("stays until whoever holds what has expired is paid", async function () {
    this.timeout(120_000);
    const wish = { instrument: option(2, "call", local.near, 20_000), size: 1, price: 0 };
    await trade(local, local.alice, local.bob, wish);
    await local.networkHelpers.time.increaseTo(local.near + 1);
    await local.setPrice("ETH", 2_000);
    for (let i = 0; i < 3; ++i) {
      await local.networkHelpers.time.increase(1_800);
      await local.setPrice("ETH", 2_000);
      await local.clearinghouse.write.observe([2n, 64n]);
    }
    await local.clearinghouse.write.settleExpiries([2n]);
    await refuses(local, delist, "StillTraded", [eth, 1n]);
    for (const actor of [local.alice, local.bob]) {
      await local.clearinghouse.write.settleExpired([idOf(actor)]);
    }
    await delist();
  });

  it("trades no more once it is off the list, until it is listed and opened again", async () => {
    const [, market, depth] = await local.clearinghouse.read.marketOf([2n]);
    const wish = { instrument: perp(2), size: 1, price: 2_000 };
    const fill = await meet(local, local.alice, local.bob, wish);
    await delist();
    await refuses(local, () => settle(local, [fill]), "UnknownInstrument", [perp(2)]);
    const open = () => local.clearinghouse.write.setMarket([2n, market, depth]);
    await refuses(local, open, "UnknownFactor", [2n]);
    const charges = { chargeMaintenance: 0, chargeInitial: 0 };
    await local.clearinghouse.write.setAsset([assetId(2, 0), eth, charges]);
    await open();
    await settle(local, [fill]);
  });

  it("lets go of what only follows it meanwhile", async () => {
    await trade(local, local.alice, local.bob, { instrument: perp(2), size: 1, price: 2_000 });
    await local.clearinghouse.write.delist([local.pool.tokens["wstETH"]!]);
  });
});
