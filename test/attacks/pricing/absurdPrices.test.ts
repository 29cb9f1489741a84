import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";
import type { Hex } from "viem";

import { CASH } from "../../../sdk/types/Ids.ts";
import { calmPool, later, WAD, withdraw, type Local } from "../../fixtures/margin.ts";
import { refuses } from "../../fixtures/refusal.ts";

// What a feed can turn into: no code, a revert, a short answer.
const RUINS: readonly Hex[] = ["0x", "0x60006000fd", "0x60206000f3"];

describe("attack: prices that are not good", () => {
  let local: Local;
  let alice: Hex;

  beforeEach(async () => {
    local = await calmPool((p) => {
      p.listings["BTC"]!.feed.price = 20_000;
      return p;
    });
    await local.deposit(local.bob, "USDC", 1_000_000);
    alice = await local.deposit(local.alice, "ETH", 10);
    await withdraw(local, local.alice, "USDC", 5_000);
  });

  const borrow =
    (amount = 1) =>
    () =>
      withdraw(local, local.alice, "USDC", amount);

  /** The feed of an asset answers no more. */
  async function ruin(symbol: string, code: Hex) {
    await local.networkHelpers.setCode(local.pool.feeds[symbol]!, code);
  }

  it("stale: no one borrows against it, and the refusal says what was not counted", async () => {
    await later(local, 3_601);
    const args = await refuses(local, borrow(), "MarginTooLow");
    const [account, equity, , uncounted] = args as [Hex, bigint, bigint, bigint];
    expect(account).to.equal(alice);
    expect(equity / WAD).to.equal(-5_001n); // the debt alone counts, with a second's interest
    expect(uncounted / WAD > 19_000n && uncounted / WAD < 20_000n).to.equal(true);
  });

  for (const answer of [0, -1]) {
    it(`${answer}: no one borrows against it or takes anything else out`, async () => {
      await local.deposit(local.alice, "SOL", 1);
      await local.setPrice("ETH", answer);
      await refuses(local, borrow(), "MarginTooLow");
      await refuses(local, () => withdraw(local, local.alice, "SOL", 1), "MarginTooLow");
    });
  }

  it("of cash, stale: no one borrows, whatever the collateral", async () => {
    await later(local, 86_401, { ETH: 2_000 });
    const [asset] = await refuses(local, borrow(), "PriceNotOk");
    expect(asset).to.equal(CASH);
  });

  it("stop neither deposit nor repayment, nor the exit of one who owes nothing", async () => {
    await local.deposit(local.carol, "ETH", 1);
    await local.setPrice("ETH", 0);
    await local.deposit(local.alice, "ETH", 1);
    await local.fund(local.alice, "USDC", 100);
    await local.clearinghouse.write.repay([alice, 100_000_000n], { account: local.alice.account });
    await withdraw(local, local.carol, "ETH", 1);
  });

  for (const [i, code] of RUINS.entries()) {
    it(`of an asset an account does not hold do not matter to it (ruin ${i})`, async () => {
      for (const symbol of ["BTC", "SOL", "LINK", "wstETH"]) await ruin(symbol, code);
      await later(local, 61, { ETH: 2_000 });
      await borrow(1_000)();
      await withdraw(local, local.alice, "ETH", 1);
    });

    it(`of an asset an account holds make no view revert (ruin ${i})`, async () => {
      await ruin("ETH", code);
      const [equity] = await local.clearinghouse.read.health([alice]);
      expect(equity < 0n).to.equal(true);
      await local.lens.read.snapshot([local.pool.clearinghouse, [alice]]);
      await refuses(local, borrow(), "MarginTooLow");
    });
  }
});
