import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";

import { getSnapshot } from "../../sdk/snapshot/getSnapshot.ts";
import { assetId } from "../../sdk/types/Ids.ts";
import { idOf, type Local, near, usd, withdraw } from "../fixtures/margin.ts";
import { localPool } from "../fixtures/pool.ts";
import { refuses } from "../fixtures/refusal.ts";

const LINK = assetId(4, 0);
const WAD = 10n ** 18n;

// Alice holds LINK and borrows against ether when LINK is frozen, and taken off the list.
describe("hostile: an asset that is given up", () => {
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

  const freeze = () => local.door.write.setListing([link, true, 10n ** 24n]);
  const delist = (token = link) => local.door.write.delist([token]);

  it("takes no deposit once it is frozen, and lets what is there count, move and leave", async () => {
    const id = idOf(local.alice);
    const before = await local.door.read.margin([id]);
    await freeze();
    near(usd((await local.door.read.margin([id])).equity), usd(before.equity), 1e-3); // interest
    await local.fund(local.alice, "LINK", 1);
    const account = local.alice.account;
    const more = () => local.door.write.deposit([id, link, WAD], { account });
    await refuses(local, more, "AssetFrozen", [link]);
    const other = await local.deposit(local.alice, "ETH", 1, 1n);
    await local.door.write.transfer([id, other, link, WAD], { account });
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
    const { pool, client, door } = local;
    const snapshot = await getSnapshot(client, { pool, accounts: [] });
    expect(snapshot.assets).to.not.have.property(String(LINK));
    expect(await door.read.assets()).to.not.include(LINK);
    await refuses(local, () => delist(), "UnknownAsset", [link]);
    const charges = { chargeMaintenance: 0, chargeInitial: 0 };
    await door.write.setAsset([LINK, link, charges]);
    await door.write.setListing([link, false, 10n ** 24n]);
    await local.deposit(local.alice, "LINK", 5);
  });

  it("is never the pool's cash", async () => {
    const cash = local.pool.tokens["USDC"]!;
    await refuses(local, () => delist(cash), "StillHeld", [cash, 0n]);
  });
});
