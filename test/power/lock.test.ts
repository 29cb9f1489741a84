import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";

import * as actions from "../../sdk/actions/index.ts";
import { getSnapshot } from "../../sdk/snapshot/getSnapshot.ts";
import { levelAt } from "../../sdk/logic/locks.ts";
import { maxBorrow } from "../../sdk/preview/maxBorrow.ts";
import { maxWithdraw } from "../../sdk/preview/maxWithdraw.ts";
import { preview, type Change } from "../../sdk/preview/index.ts";
import { idOf, later, withdraw } from "../fixtures/margin.ts";
import { localPool, type Local } from "../fixtures/pool.ts";
import { refuses } from "../fixtures/refusal.ts";

const DAY = 86_400;

// Alice has put up 100 ETH and owes 1 000, bob lends 100 000.
describe("a guardian's lock", () => {
  let local: Local;

  beforeEach(async () => {
    local = await localPool();
    await local.deposit(local.bob, "USDC", 100_000);
    await local.deposit(local.alice, "ETH", 100);
    await withdraw(local, local.alice, "USDC", 1_000);
  });

  const level = async () => {
    const s = await getSnapshot(local.client, { pool: local.pool, accounts: [] });
    return levelAt(s, await local.networkHelpers.time.latest());
  };
  const lock = (to: number) => local.clearinghouse.write.lock([to]);
  const unlock = (to: number) => local.clearinghouse.write.unlock([to]);
  const take = (eth: number | string) => withdraw(local, local.alice, "ETH", eth);
  const eth = () => local.pool.tokens["ETH"]!;

  it("holds at once, and is loosened a day later by itself", async () => {
    await lock(2);
    expect(await level()).to.equal(2);
    await unlock(0);
    await local.networkHelpers.time.increase(DAY - 2);
    expect(await level()).to.equal(2);
    await local.networkHelpers.time.increase(2);
    expect(await level()).to.equal(0);
    await local.setPrice("ETH", 195);
    await local.setPrice("USDC", 1);
    await withdraw(local, local.alice, "USDC", 10);
  });

  it("is only tightened, and an unlocking that waits is taken back", async () => {
    await lock(2);
    await refuses(local, () => lock(1), "LockLevel", [1, 2]);
    await refuses(local, () => lock(3), "LockLevel", [3, 2]);
    await refuses(local, () => unlock(2), "LockLevel", [2, 2]);
    await unlock(0);
    await lock(2);
    await local.networkHelpers.time.increase(2 * DAY);
    expect(await level()).to.equal(2);
  });

  it("is the guardian's, who can unlock nothing", async () => {
    const guardian = local.dave.account.address;
    const authority = await local.viem.getContractAt("AccessManager", local.pool.authority);
    const clearinghouse = local.pool.clearinghouse;
    const { toFunctionSelector } = await import("viem");
    const selector = toFunctionSelector("lock(uint8)");
    await authority.write.setTargetFunctionRole([clearinghouse, [selector], 2n]);
    await authority.write.grantRole([2n, guardian, 0]);
    const client = local.dave as never;
    await actions.lock(client, { pool: local.pool, level: 1 });
    const { level: now } = await actions.getLock(local.client, { pool: local.pool });
    expect(now).to.equal(1);
    const loosen = () => local.clearinghouse.write.unlock([0], { account: guardian });
    await refuses(local, loosen, "AccessManagedUnauthorized", [guardian]);
    const strange = () => local.clearinghouse.write.lock([2], { account: local.carol.account });
    await refuses(local, strange, "AccessManagedUnauthorized", [local.carol.account.address]);
  });

  it("asks what a tier counts at now, not what it is on its way to", async () => {
    const { clearinghouse, alice } = local;
    const account = alice.account;
    await clearinghouse.write.setGrace([idOf(alice), 2], { account }); // 1.4
    const [, , kept] = await clearinghouse.read.ledger();
    const tiers = kept.map((one, i) => ({
      longest: one.longest,
      multiplier: i === 1 ? 1_400_000_000 : one.multiplier, // from 1.2, in three days
    })) as unknown as Parameters<typeof clearinghouse.write.setTiers>[0][0];
    await clearinghouse.write.setTiers([tiers]);
    await lock(1);
    const hasten = () => clearinghouse.write.setGrace([idOf(alice), 1], { account });
    await refuses(local, hasten, "PoolLocked", [1]);
  });

  it("lets a token leave by its share an hour, whoever takes it, until all is out", async () => {
    await local.fund(local.alice, "USDC", 2_000);
    await local.clearinghouse.write.repay([idOf(local.alice), local.units("USDC", 2_000)], {
      account: local.alice.account,
    });
    await lock(2);
    await take(5);
    const wei = local.units("ETH", 1);
    const [token, left, asked] = await refuses(local, () => take("0.1"), "ExitLimited");
    expect([token, asked]).to.deep.equal([eth(), wei / 10n]);
    expect(Number(left as bigint) / 1e18).to.be.lessThan(0.01);
    for (let hour = 0; hour < 19; ++hour) {
      await local.networkHelpers.time.increase(3_600);
      await take(5);
    }
    expect((await local.clearinghouse.read.listingOf([eth()])).total).to.equal(0n);
  });

  it("begins to count anew when it is locked anew", async () => {
    await lock(2);
    await take(5);
    await unlock(1);
    await later(local, DAY, { ETH: 195 });
    await local.setPrice("USDC", 1);
    await take(5);
    await lock(2);
    const { base } = await local.clearinghouse.read.exitOf([eth()]);
    await take(4);
    const now = await local.clearinghouse.read.exitOf([eth()]);
    expect([base, now.base]).to.deep.equal([100n, 90n].map((n) => n * 10n ** 18n));
  });

  it("is known to the SDK: what leaves, what may be borrowed, and why not more", async () => {
    await lock(2);
    await take(1);
    const id = idOf(local.alice);
    const s = await getSnapshot(local.client, { pool: local.pool, accounts: [id] });
    const at = { timestamp: s.block.timestamp + 1 };
    const loan = maxBorrow(s, id, at);
    expect([loan.amount, loan.reason]).to.deep.equal([0n, "lock"]);
    const { amount, reason } = maxWithdraw(s, id, eth(), at);
    expect(reason).to.equal("exit");
    const account = local.alice.account;
    const args = [id, eth(), amount, account.address] as const;
    await local.networkHelpers.time.setNextBlockTimestamp(at.timestamp);
    await local.clearinghouse.write.withdraw(args, { account });
    const wish: Change = { verb: "withdraw", account: id, token: eth(), amount: amount + 1n };
    const told = preview(s, [wish], at);
    expect(told).to.have.nested.property("error.name", "ExitLimited");
  });
});
