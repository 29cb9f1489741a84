import { before, describe, it } from "mocha";
import { zeroAddress } from "viem";

import { calmPool, borrower, idOf, type Local } from "../fixtures/margin.ts";
import { refuses } from "../fixtures/refusal.ts";

describe("hostile: where things are sent", () => {
  let local: Local;

  before(async () => {
    local = await calmPool();
    await borrower(local, 1_000);
  });

  for (const symbol of ["ETH", "USDC"]) {
    it(`${symbol} cannot be withdrawn to address zero`, async () => {
      const { door, alice, pool } = local;
      const args = [idOf(alice), pool.tokens[symbol]!, 1n, zeroAddress] as const;
      const act = () => door.write.withdraw(args, { account: alice.account });
      await refuses(local, act, "ERC20InvalidReceiver", [zeroAddress]);
    });

    it(`${symbol} cannot be transferred to the account it comes from`, async () => {
      const { door, alice, pool } = local;
      const args = [idOf(alice), idOf(alice), pool.tokens[symbol]!, 1n] as const;
      const act = () => door.write.transfer(args, { account: alice.account });
      await refuses(local, act, "TransferToSelf", [idOf(alice)]);
    });
  }
});
