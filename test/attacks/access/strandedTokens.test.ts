import { before, describe, it } from "mocha";
import { getAddress, zeroAddress } from "viem";

import { accountId } from "../../../sdk/types/Ids.ts";
import { calmPool, borrower, idOf, type Local } from "../../fixtures/margin.ts";
import { refuses } from "../../fixtures/refusal.ts";

describe("attack: where things are sent", () => {
  let local: Local;

  before(async () => {
    local = await calmPool();
    await borrower(local, 1_000);
  });

  /** Where nobody could send anything on from. */
  const dead = (symbol: string) => {
    const { vault, clearinghouse, tokens } = local.pool;
    const all = { nobody: zeroAddress, vault, pool: clearinghouse, token: tokens[symbol]! };
    return Object.fromEntries(Object.entries(all).map(([who, at]) => [who, getAddress(at)]));
  };

  for (const symbol of ["ETH", "USDC"]) {
    for (const who of ["nobody", "vault", "pool", "token"]) {
      it(`${symbol} cannot be withdrawn to ${who}`, async () => {
        const { clearinghouse, alice, pool } = local;
        const to = dead(symbol)[who]!;
        const args = [idOf(alice), pool.tokens[symbol]!, 1n, to] as const;
        const act = () => clearinghouse.write.withdraw(args, { account: alice.account });
        await refuses(local, act, "NoDestination", [to]);
      });
    }

    for (const who of ["vault", "pool"]) {
      it(`${symbol} cannot be put into an account of ${who}`, async () => {
        const { clearinghouse, alice, pool } = local;
        const owner = dead(symbol)[who]!;
        const id = accountId(owner, 3n);
        const { account } = alice;
        await local.fund(alice, symbol, 1);
        const token = pool.tokens[symbol]!;
        const give = () => clearinghouse.write.deposit([id, token, 1n], { account });
        await refuses(local, give, "NoDestination", [owner]);
        const move = () => clearinghouse.write.transfer([idOf(alice), id, token, 1n], { account });
        await refuses(local, move, "NoDestination", [owner]);
      });
    }

    it(`${symbol} cannot be transferred to the account it comes from`, async () => {
      const { clearinghouse, alice, pool } = local;
      const args = [idOf(alice), idOf(alice), pool.tokens[symbol]!, 1n] as const;
      const act = () => clearinghouse.write.transfer(args, { account: alice.account });
      await refuses(local, act, "TransferToSelf", [idOf(alice)]);
    });
  }
});
