import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";
import { getAddress, type Hex, type WalletClient } from "viem";

import { grantTypedData, orderDomain, signGrant } from "../../../sdk/orders/index.ts";
import type { Grant } from "../../../sdk/types/Grant.ts";
import { idOf, type Local } from "../../fixtures/margin.ts";
import { localPool } from "../../fixtures/pool.ts";
import { refuses } from "../../fixtures/refusal.ts";

const DAY = 86_400;

describe("attack: operators named by signature", () => {
  let local: Local;
  let grant: Grant;

  beforeEach(async () => {
    local = await localPool();
    const now = await local.networkHelpers.time.latest();
    grant = {
      ...{ account: idOf(local.bob), operator: getAddress(local.carol.account.address), scopes: 3 },
      ...{ expiry: now + 30 * DAY, lossLimit: 5_000_000n, nonce: 0n, deadline: BigInt(now + DAY) },
    };
  });

  const sign = async (by: Local["alice"], what: Grant, chainId?: number) => {
    const domain = orderDomain(local.pool, chainId ?? (await local.client.getChainId()));
    const asked = grantTypedData(what, domain);
    return (by as unknown as WalletClient).signTypedData(asked as never) as Promise<Hex>;
  };
  const send = (what: Grant, signature: Hex) => () =>
    local.clearinghouse.write.setOperatorBySignature([what, signature], {
      account: local.dave.account, // anyone
    });

  it("may what their owner signed, whoever sends it, and once", async () => {
    const domain = orderDomain(local.pool, await local.client.getChainId());
    const signature = await signGrant(local.bob as never, grant, domain);
    await send(grant, signature)();
    const { scopes, expiry, lossLimit } = await local.clearinghouse.read.permissionOf([
      grant.account,
      grant.operator,
    ]);
    expect([scopes, expiry, lossLimit]).to.deep.equal([3, grant.expiry, 5_000_000n]);
    await refuses(local, send(grant, signature), "WrongNonce", [grant.account, 0n, 1n]);
  });

  it("may nothing by another's signature, or of another chain or words", async () => {
    const { account } = grant;
    const bob = getAddress(local.bob.account.address);
    const bad: [Grant, Hex][] = [
      [grant, await sign(local.alice, grant)],
      [grant, await sign(local.bob, grant, 1)],
      [{ ...grant, scopes: 31 }, await sign(local.bob, grant)],
      [{ ...grant, lossLimit: 10n ** 15n }, await sign(local.bob, grant)],
      [{ ...grant, operator: bob }, await sign(local.bob, grant)],
      [grant, "0x"],
    ];
    for (const [what, signature] of bad) {
      const [named, , signer] = await refuses(local, send(what, signature), "BadSignature");
      expect([named, signer]).to.deep.equal([account, bob]);
    }
  });

  it("are named in time, and not after another change of the account's operators", async () => {
    const late = { ...grant, deadline: 1n };
    const expired = [grant.account, 1n];
    await refuses(local, send(late, await sign(local.bob, late)), "GrantExpired", expired);
    const ahead = { ...grant, nonce: 1n };
    const early = [grant.account, 1n, 0n];
    await refuses(local, send(ahead, await sign(local.bob, ahead)), "WrongNonce", early);
    // Revoked before it was ever sent: the signature is dead.
    const signature = await sign(local.bob, grant);
    await local.clearinghouse.write.setOperator([grant.account, grant.operator, 0, 0, 0n], {
      account: local.bob.account,
    });
    await refuses(local, send(grant, signature), "WrongNonce", [grant.account, 0n, 1n]);
  });

  it("of the house are none: no one signs for it", async () => {
    const house = { ...grant, account: `0x${"00".repeat(32)}` as Grant["account"] };
    const act = send(house, await sign(local.bob, house));
    await refuses(local, act, "ReservedAccount", [house.account]);
  });
});
