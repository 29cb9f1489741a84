import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";
import { getAddress, maxUint256, type Address } from "viem";

import { STABLES } from "../../../sdk/types/Ids.ts";
import { listToken } from "../../fixtures/listing.ts";
import { idOf, type Local } from "../../fixtures/margin.ts";
import { localPool } from "../../fixtures/pool.ts";
import { refuses } from "../../fixtures/refusal.ts";

describe("attack: tokens of their own mind", () => {
  let local: Local;

  beforeEach(async () => {
    local = await localPool();
  });

  async function listed(name: "FeeToken" | "FalseToken" | "SilentToken") {
    const { alice, pool } = local;
    const { address } = await local.viem.deployContract(name as "FeeToken"); // all are Tokens
    const token = await local.viem.getContractAt("Token", address);
    await token.write.mint([alice.account.address, 1_000n]);
    await token.write.approve([pool.vault, maxUint256], { account: alice.account });
    await listToken(local, token.address, STABLES, 60);
    return token;
  }

  const put = (token: Address, amount: bigint) =>
    local.clearinghouse.write.deposit([idOf(local.alice), token, amount], {
      account: local.alice.account,
    });
  const take = (token: Address, amount: bigint) => {
    const to = local.alice.account.address;
    return local.clearinghouse.write.withdraw([idOf(local.alice), token, amount, to], {
      account: to,
    });
  };
  const held = async () =>
    (await local.clearinghouse.read.accountOf([idOf(local.alice)])).holdings[0]! >> 16n;

  it("that keeps a fee is credited as what arrived", async () => {
    const fee = await listed("FeeToken");
    await put(fee.address, 1_000n); // a tenth stays on the way
    expect(await held()).to.equal(900n);
    expect(await fee.read.balanceOf([local.pool.vault])).to.equal(900n);
    const args = [idOf(local.alice), getAddress(fee.address), 900n, 901n];
    await refuses(local, () => take(fee.address, 901n), "MoreThanHeld", args);
    await take(fee.address, 900n);
    expect(await held()).to.equal(0n);
    expect(await fee.read.balanceOf([local.alice.account.address])).to.equal(810n);
  });

  it("that answers false is refused", async () => {
    const liar = await listed("FalseToken");
    const act = () => put(liar.address, 1n);
    await refuses(local, act, "SafeERC20FailedOperation", [getAddress(liar.address)]);
  });

  it("that answers nothing is as good as another", async () => {
    const silent = await listed("SilentToken");
    await put(silent.address, 1_000n);
    expect(await held()).to.equal(1_000n * 10n ** 12n);
    await take(silent.address, 1_000n);
    expect(await silent.read.balanceOf([local.alice.account.address])).to.equal(1_000n);
  });
});
