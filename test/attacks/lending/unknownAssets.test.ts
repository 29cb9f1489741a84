import { before, describe, it } from "mocha";
import { getAddress, type Address } from "viem";

import { idOf, type Local } from "../../fixtures/margin.ts";
import { localPool } from "../../fixtures/pool.ts";
import { refuses } from "../../fixtures/refusal.ts";

describe("attack: an asset or a factor the pool does not know", () => {
  let local: Local;
  let stray: Address;

  before(async () => {
    local = await localPool();
    const token = await local.viem.deployContract("Token", ["STRAY", 18]);
    stray = getAddress(token.address);
    const from = local.alice.account.address;
    await token.write.mint([from, 100n]);
    await token.write.approve([local.pool.vault, 100n], { account: from });
  });

  it("cannot be deposited", async () => {
    const { clearinghouse, alice } = local;
    const act = () =>
      clearinghouse.write.deposit([idOf(alice), stray, 1n], { account: alice.account });
    await refuses(local, act, "UnknownAsset", [stray]);
  });

  it("cannot be withdrawn", async () => {
    const { clearinghouse, alice } = local;
    const args = [idOf(alice), stray, 1n, alice.account.address] as const;
    const act = () => clearinghouse.write.withdraw(args, { account: alice.account });
    await refuses(local, act, "UnknownAsset", [stray]);
  });

  it("cannot be transferred", async () => {
    const { clearinghouse, alice, bob } = local;
    const args = [idOf(alice), idOf(bob), stray, 1n] as const;
    const act = () => clearinghouse.write.transfer(args, { account: alice.account });
    await refuses(local, act, "UnknownAsset", [stray]);
  });

  it("cannot be an address without code", async () => {
    const { clearinghouse, alice, bob } = local;
    const nobody = bob.account.address;
    const act = () =>
      clearinghouse.write.deposit([idOf(alice), nobody, 1n], { account: alice.account });
    await refuses(local, act, "UnknownAsset", [getAddress(nobody)]);
  });

  it("cannot be observed", async () => {
    const act = () => local.clearinghouse.write.observe([9n, 1n]);
    await refuses(local, act, "UnknownFactor", [9n]);
  });

  it("cannot be a listed asset of a factor that is not", async () => {
    const charges = { chargeMaintenance: 0, chargeInitial: 0 };
    const act = () => local.clearinghouse.write.setAsset([0x0900, stray, charges]);
    await refuses(local, act, "UnknownFactor", [9n]);
  });
});
