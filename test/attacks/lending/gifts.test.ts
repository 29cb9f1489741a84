import { expect } from "chai";
import { describe, it } from "mocha";
import { parseEther } from "viem";

import { calmPool, borrower } from "../../fixtures/margin.ts";
import { actorsOf } from "../../fixtures/refusal.ts";

describe("attack: gifts", () => {
  it("of tokens or ETH change no one's balance", async () => {
    const local = await calmPool();
    await borrower(local, 1_000);
    const ids = actorsOf(local);
    const state = async () => {
      const ledger = (await local.clearinghouse.read.ledger())[0];
      const accounts = await local.lens.read.accountsOf([local.pool.clearinghouse, ids]);
      const listings = [];
      for (const token of Object.values(local.pool.tokens))
        listings.push(await local.clearinghouse.read.listingOf([token]));
      return { ledger, accounts, listings };
    };
    const before = await state();
    for (const symbol of Object.keys(local.pool.tokens)) {
      const token = await local.tokenOf(symbol);
      for (const to of [local.pool.vault, local.pool.clearinghouse]) {
        await token.write.mint([to, 10n ** 20n]);
      }
    }
    for (const to of [local.pool.vault, local.pool.clearinghouse]) {
      const sent = local.alice.sendTransaction({ to, value: 1n }).then(
        () => "taken",
        () => "refused",
      );
      expect(await sent).to.equal("refused");
      await local.networkHelpers.setBalance(to, parseEther("1")); // as selfdestruct would
    }
    expect(await state()).to.deep.equal(before);
  });
});
