import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";
import { encodeFunctionData, maxUint256, type Address, type Hex } from "viem";

import { accountId, assetId, STABLES } from "../../../sdk/types/Ids.ts";
import { listToken } from "../../fixtures/listing.ts";
import { calmPool, auctioned, idOf, offer, WAD, type Local } from "../../fixtures/margin.ts";
import { decode, digest } from "../../fixtures/refusal.ts";

describe("attack: a token that calls back", () => {
  let local: Local;
  let token: Address;

  beforeEach(async () => {
    local = await calmPool();
  });

  const callback = () => local.viem.getContractAt("CallbackToken", token);

  /** Every verb and setter, for accounts of the token itself, which is who calls. */
  async function verbs(sold: Hex): Promise<Hex[]> {
    const { clearinghouse, alice } = local;
    const { abi } = clearinghouse;
    const mine = accountId(token);
    const usdc = local.pool.tokens["USDC"]!;
    const [, cash, tiers, liquidation] = await clearinghouse.read.ledger();
    const [keeper] = await clearinghouse.read.keeper();
    const [factor] = await clearinghouse.read.factorOf([2n]);
    const charges = { chargeMaintenance: 0, chargeInitial: 0 };
    const accrue = encodeFunctionData({ abi, functionName: "accrue" });
    const encode = encodeFunctionData;
    return [
      encode({ abi, functionName: "deposit", args: [mine, usdc, 1n] }),
      encode({ abi, functionName: "withdraw", args: [mine, usdc, 1n, token] }),
      encode({ abi, functionName: "transfer", args: [mine, idOf(alice), usdc, 1n] }),
      encode({ abi, functionName: "repay", args: [idOf(alice), 1n] }),
      encode({ abi, functionName: "setOperator", args: [mine, token, 31, 1, 0n] }),
      encode({ abi, functionName: "setGrace", args: [mine, 1] }),
      encode({ abi, functionName: "setSponsor", args: [mine, token, 0] }),
      encode({ abi, functionName: "batch", args: [[]] }),
      encode({ abi, functionName: "batch", args: [[accrue]] }),
      encode({ abi, functionName: "observe", args: [2n, 1n] }),
      accrue,
      encode({ abi, functionName: "call", args: [sold] }),
      encode({ abi, functionName: "bid", args: [offer(sold, mine)] }),
      encode({ abi, functionName: "takeOver", args: [sold] }),
      encode({ abi, functionName: "setFactor", args: [2n, factor] }),
      encode({ abi, functionName: "setAsset", args: [assetId(2, 0), usdc, charges] }),
      encode({ abi, functionName: "setListing", args: [usdc, true, 0n] }),
      encode({ abi, functionName: "setCash", args: [cash] }),
      encode({ abi, functionName: "setTiers", args: [tiers] }),
      encode({ abi, functionName: "setLiquidation", args: [liquidation] }),
      encode({ abi, functionName: "setKeeper", args: [keeper] }),
    ];
  }

  async function listCallback() {
    token = (await local.viem.deployContract("CallbackToken")).address;
    await listToken(local, token, STABLES, 61);
    await approve(10n * WAD);
  }

  async function approve(amount: bigint) {
    const it = await callback();
    await it.write.mint([local.alice.account.address, amount]);
    await it.write.approve([local.pool.vault, maxUint256], { account: local.alice.account });
  }

  /** Runs an act with the token armed; it must end as it does unarmed, and let no call in. */
  async function same(act: () => Promise<unknown>, calls: readonly Hex[]) {
    const it = await callback();
    const { time } = local.networkHelpers;
    const when = (await time.latest()) + 60;
    const snapshot = await local.networkHelpers.takeSnapshot();
    await time.setNextBlockTimestamp(when);
    await act();
    const expected = await digest(local);
    await snapshot.restore();
    await it.write.arm([local.pool.clearinghouse, [...calls]]);
    await time.setNextBlockTimestamp(when);
    await act();
    const [entered, answers] = await it.read.seen();
    expect(entered).to.equal(0n);
    expect(answers).to.have.length(calls.length);
    for (const answer of answers) expect(decode(answer).name).to.equal("Reentered");
    await it.write.arm([local.pool.clearinghouse, []]);
    expect(await digest(local)).to.equal(expected);
  }

  it("gets nothing in while a collateral token moves", async () => {
    await listCallback();
    const { clearinghouse, alice } = local;
    const account = alice.account;
    const calls = await verbs(idOf(local.bob));
    const put = () => clearinghouse.write.deposit([idOf(alice), token, WAD], { account });
    const out = () =>
      clearinghouse.write.withdraw([idOf(alice), token, WAD, account.address], { account });
    await same(put, calls);
    await same(out, calls);
  });

  it("gets nothing in between the verbs of a batch", async () => {
    await listCallback();
    const { clearinghouse, alice } = local;
    const put = encodeFunctionData({
      ...{ abi: clearinghouse.abi, functionName: "deposit" },
      args: [idOf(alice), token, WAD],
    });
    const accrue = encodeFunctionData({ ...{ abi: clearinghouse.abi, functionName: "accrue" } });
    const calls = await verbs(idOf(local.bob));
    const act = () =>
      clearinghouse.write.batch([[accrue, put, accrue]], { account: alice.account });
    await same(act, calls);
  });

  it("gets nothing in while it is the pool's cash, an auction open", async () => {
    const sold = await auctioned(local);
    token = local.pool.tokens["USDC"]!;
    const model = await local.viem.deployContract("CallbackToken");
    const code = await local.client.getCode({ address: model.address });
    await local.networkHelpers.setCode(token, code!);
    await approve(10n ** 12n);
    const { clearinghouse, alice } = local;
    const account = alice.account;
    const calls = await verbs(sold);
    await same(() => clearinghouse.write.repay([sold, 1_000_000n], { account }), calls);
    await same(() => clearinghouse.write.deposit([sold, token, 1_000_000n], { account }), calls);
    await same(() => clearinghouse.write.repay([sold, maxUint256], { account }), calls);
    const out = () =>
      clearinghouse.write.withdraw([sold, token, 1_000_000n, account.address], { account });
    await same(out, calls);
  });
});
