import { expect } from "chai";
import type { Address } from "viem";
import { beforeEach, describe, it } from "mocha";
import { encodeFunctionData, getAddress, type Hex } from "viem";

import { calmPool, idOf, type Local } from "../../fixtures/margin.ts";
import { refuses } from "../../fixtures/refusal.ts";

const ROLE = 7n;
const DELAY = 3_600;
const NOBODYS = "0x12345678";

describe("attack: the office behind the clearinghouse", () => {
  let local: Local;
  let eth: Hex;
  let freeze: Hex;

  beforeEach(async () => {
    local = await calmPool();
    eth = local.pool.tokens["ETH"]!;
    freeze = encodeFunctionData({
      ...{ abi: local.clearinghouse.abi, functionName: "setListing", args: [eth, true, 5n] },
    });
  });

  const authority = () => local.viem.getContractAt("AccessManager", local.pool.authority);
  const isFrozen = async () => (await local.clearinghouse.read.listingOf([eth])).frozen;
  const set = (actor: Local["bob"]) =>
    local.clearinghouse.write.setListing([eth, true, 5n], { account: actor.account });

  /** Bob may call setListing, `delay` seconds after he has said so. */
  async function appoint(delay: number) {
    const manager = await authority();
    const selectors = [freeze.slice(0, 10) as Hex];
    await manager.write.setTargetFunctionRole([local.pool.clearinghouse, selectors, ROLE]);
    await manager.write.grantRole([ROLE, local.bob.account.address, delay]);
  }

  it("obeys whom the authority lets call that function of the clearinghouse, and no other", async () => {
    await appoint(0);
    await set(local.bob);
    expect(await isFrozen()).to.equal(true);
    const [, cash] = await local.clearinghouse.read.ledger();
    const account = local.bob.account;
    const other = () => local.clearinghouse.write.setCash([cash], { account });
    await refuses(local, other, "AccessManagedUnauthorized", [getAddress(account.address)]);
  });

  it("obeys after a delay only what was scheduled, once", async () => {
    await appoint(DELAY);
    await refuses(local, () => set(local.bob), "AccessManagerNotScheduled");
    const manager = await authority();
    const args = [local.pool.clearinghouse, freeze, 0] as const;
    await manager.write.schedule(args, { account: local.bob.account });
    await refuses(local, () => set(local.bob), "AccessManagerNotReady");
    await local.networkHelpers.time.increase(DELAY);
    await set(local.bob);
    expect(await isFrozen()).to.equal(true);
    await refuses(local, () => set(local.bob), "AccessManagerNotScheduled");
  });

  it("obeys a new authority as soon as the clearinghouse has it, and the old one no more", async () => {
    const { bob, admin, pool, viem } = local;
    const next = await viem.deployContract("AccessManager", [bob.account.address]);
    await (await authority()).write.updateAuthority([pool.clearinghouse, next.address]);
    const old = getAddress(admin.account.address);
    await refuses(local, () => set(admin), "AccessManagedUnauthorized", [old]);
    await set(bob);
    expect(getAddress(await local.clearinghouse.read.authority())).to.equal(
      getAddress(next.address),
    );
    expect(await isFrozen()).to.equal(true);
  });

  it("is told within a batch as it is alone", async () => {
    const { clearinghouse, admin, alice } = local;
    const grace = encodeFunctionData({
      ...{ abi: clearinghouse.abi, functionName: "setGrace", args: [idOf(admin), 2] },
    });
    const version = await clearinghouse.read.version();
    await clearinghouse.write.batch([[freeze, grace, freeze]], { account: admin.account });
    expect(await isFrozen()).to.equal(true);
    expect(await clearinghouse.read.version()).to.equal(version + 2n);
    expect((await clearinghouse.read.accountOf([idOf(admin)])).tier).to.equal(2);
    const stranger = () => clearinghouse.write.batch([[freeze]], { account: alice.account });
    await refuses(local, stranger, "AccessManagedUnauthorized");
  });

  it("knows no other verb, alone or in a batch, and takes no ether", async () => {
    const { alice, clearinghouse } = local;
    const to = clearinghouse.address;
    for (const [data, selector] of [
      [NOBODYS, NOBODYS],
      [`${NOBODYS}${"00".repeat(64)}`, NOBODYS],
      ["0x1234", "0x12340000"],
      ["0x", "0x00000000"],
    ] as const) {
      await refuses(local, () => alice.sendTransaction({ to, data }), "UnknownVerb", [selector]);
      await refuses(local, () => clearinghouse.write.batch([[data]]), "UnknownVerb", [selector]);
    }
    for (const data of ["0x", freeze] as const) {
      const gift = alice.sendTransaction({ to, data, value: 1n }).catch((e: unknown) => e);
      expect(await gift).to.be.instanceOf(Error);
    }
    expect(await local.client.getBalance({ address: to })).to.equal(0n);
  });

  it("by itself remembers nothing and obeys no one", async () => {
    const { viem, admin, client } = local;
    const library = async (name: string, libraries: Record<string, Address> = {}) =>
      (await viem.deployContract(name as "Risk", [], { libraries: libraries as never })).address;
    const [Curves, Ramps] = [await library("Curves"), await library("Ramps")];
    const Estimates = await library("Estimates", { Ramps });
    const Positions = await library("Positions", { Ramps });
    const Rates = await library("Rates");
    const Settings = await library("Settings", { Estimates, Ramps, Rates });
    const Quotes = await library("Quotes", { Curves, Ramps });
    const priced = { Curves, Estimates, Quotes, Ramps, Rates };
    const [Health, Portfolios] = [
      await library("Health", priced),
      await library("Portfolios", priced),
    ];
    const AccountHealths = await library("AccountHealths", { Health });
    const PayoutHaircuts = await library("PayoutHaircuts", {
      Portfolios,
      Positions,
      AccountHealths,
    });
    const Custody = await library("Custody", { Estimates, Positions, Rates, AccountHealths });
    const sold = { Custody, Estimates, PayoutHaircuts, Positions, Rates, AccountHealths };
    const Liquidation = await library("Liquidation", sold);
    const Surfaces = await library("Surfaces");
    const libraries = { Health, Liquidation, Portfolios, Quotes, Rates, Settings, Surfaces };
    const ext = await viem.deployContract("ClearinghouseExt", [], { libraries });
    expect(await ext.read.assets()).to.deep.equal([]);
    expect(await ext.read.authority()).to.equal(`0x${"00".repeat(20)}`);
    const answer = await client
      .call({ account: admin.account, to: ext.address, data: freeze })
      .catch((e: unknown) => e as Error);
    expect(String((answer as Error).cause)).to.contain("AccessManagedUnauthorized");
  });
});
