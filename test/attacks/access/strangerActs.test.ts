import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";
import { getAddress, type Address } from "viem";

import { accountId, FUND } from "../../../sdk/types/Ids.ts";
import { calmPool, auctioned, idOf, offer, WAD, type Local } from "../../fixtures/margin.ts";
import { localPool } from "../../fixtures/pool.ts";
import { refuses } from "../../fixtures/refusal.ts";

const ZERO: Address = `0x${"00".repeat(20)}`;
const HEIR = accountId(ZERO, 7n);
const [DEPOSIT, TRADE, WITHDRAW, TRANSFER, LIQUIDATE] = [1, 2, 4, 8, 16] as const;
const ALL = 31;

/** Every verb that needs a scope of account `id`, sent by `from`. */
function verbs(local: Local, id: `0x${string}`, from: Address) {
  const { clearinghouse, pool, carol } = local;
  const eth = pool.tokens["ETH"]!;
  const account = from;
  return {
    withdraw: [WITHDRAW, () => clearinghouse.write.withdraw([id, eth, 1n, from], { account })],
    transfer: [
      TRANSFER,
      () => clearinghouse.write.transfer([id, idOf(carol), eth, 1n], { account }),
    ],
    setOperator: [
      0,
      () => clearinghouse.write.setOperator([id, from, ALL, 2 ** 39, 0n], { account }),
    ],
    setGrace: [0, () => clearinghouse.write.setGrace([id, 1], { account })],
    setSponsor: [0, () => clearinghouse.write.setSponsor([id, from, 0], { account })],
    bid: [LIQUIDATE, () => clearinghouse.write.bid([offer(idOf(carol), id)], { account })],
  } as const;
}

describe("attack: who may act for an account", () => {
  let local: Local;
  let alice: `0x${string}`;
  let bob: Address;

  beforeEach(async () => {
    local = await localPool();
    alice = await local.deposit(local.alice, "ETH", 10);
    await local.deposit(local.carol, "ETH", 1);
    bob = getAddress(local.bob.account.address);
  });

  const give = (scopes: number, expiry: number) =>
    local.clearinghouse.write.setOperator([alice, bob, scopes, expiry, 0n], {
      account: local.alice.account,
    });

  it("a stranger may not", async () => {
    for (const [scope, act] of Object.values(verbs(local, alice, bob))) {
      await refuses(local, act, "NotAuthorized", [alice, bob, scope, 0]);
    }
  });

  it("an operator may not once its permission has expired", async () => {
    const expiry = (await local.networkHelpers.time.latest()) + 100;
    await give(ALL, expiry);
    await local.networkHelpers.time.increaseTo(expiry);
    for (const [scope, act] of Object.values(verbs(local, alice, bob))) {
      await refuses(local, act, "NotAuthorized", [alice, bob, scope, expiry]);
    }
  });

  it("an operator may not outside its scopes, nor ever choose operators, grace or a sponsor", async () => {
    const expiry = (await local.networkHelpers.time.latest()) + 100_000;
    for (const [scope, act] of Object.values(verbs(local, alice, bob))) {
      await give(255 - scope, expiry);
      await refuses(local, act, "NotAuthorized", [alice, bob, scope, expiry]);
    }
  });

  it("a session key that may trade can move nothing", async () => {
    const expiry = (await local.networkHelpers.time.latest()) + 100_000;
    await give(TRADE, expiry);
    for (const [scope, act] of Object.values(verbs(local, alice, bob))) {
      await refuses(local, act, "NotAuthorized", [alice, bob, scope, expiry]);
    }
  });

  it("an operator may within its scopes, until it is revoked", async () => {
    const expiry = (await local.networkHelpers.time.latest()) + 100_000;
    await give(WITHDRAW | TRANSFER | DEPOSIT, expiry);
    const { withdraw, transfer } = verbs(local, alice, bob);
    await withdraw[1]();
    await transfer[1]();
    await local.fund(local.bob, "LINK", 1);
    const link = local.pool.tokens["LINK"]!;
    await local.clearinghouse.write.deposit([alice, link, 1n], { account: bob });
    await give(0, 0);
    await refuses(local, withdraw[1], "NotAuthorized", [alice, bob, WITHDRAW, 0]);
  });

  it("no one acts for the insurance fund or another account of the house", async () => {
    for (const id of [FUND, HEIR]) {
      for (const [, act] of Object.values(verbs(local, id, bob))) {
        await refuses(local, act, "ReservedAccount", [id]);
      }
    }
    await refuses(local, () => local.clearinghouse.write.call([FUND]), "ReservedAccount", [FUND]);
    await refuses(local, () => local.clearinghouse.write.takeOver([FUND]), "ReservedAccount", [
      FUND,
    ]);
  });

  it("the insurance fund takes cash from anyone, and nothing else", async () => {
    const { clearinghouse, pool } = local;
    await local.fund(local.bob, "ETH", 1);
    await local.fund(local.bob, "USDC", 5);
    const account = bob;
    const [eth, usdc] = [pool.tokens["ETH"]!, pool.tokens["USDC"]!];
    for (const id of [FUND, HEIR]) {
      const put = () => clearinghouse.write.deposit([id, eth, 1n], { account });
      await refuses(local, put, "NotHeld", [id, eth, bob]);
    }
    await clearinghouse.write.deposit([FUND, usdc, 5_000_000n], { account });
    expect(await clearinghouse.read.cashOf([FUND])).to.equal(5n * WAD);
  });

  it("a bid may not be charged to someone else", async () => {
    const fresh = await calmPool();
    const sold = await auctioned(fresh);
    const { clearinghouse, carol, bob: lender } = fresh;
    const act = () =>
      clearinghouse.write.bid([offer(sold, idOf(lender))], { account: carol.account });
    const args = [idOf(lender), getAddress(carol.account.address), LIQUIDATE, 0];
    await refuses(fresh, act, "NotAuthorized", args);
  });
});
