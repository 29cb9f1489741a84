import { expect } from "chai";
import { describe, it } from "mocha";

import { calmPool, borrower, healthOf, idOf, later } from "../../fixtures/margin.ts";
import { near, WAD, withdraw } from "../../fixtures/margin.ts";
import { calmMarket } from "../../fixtures/market.ts";
import { refuses } from "../../fixtures/refusal.ts";
import { perp, trade } from "../../fixtures/trading.ts";

describe("attack: caps", () => {
  it("a deposit past an asset's cap is refused, one up to it is not", async () => {
    const local = await calmPool((p) => {
      p.listings["ETH"]!.cap = 10;
      return p;
    });
    const { clearinghouse, alice, bob, pool } = local;
    await local.deposit(alice, "ETH", 9);
    await local.fund(bob, "ETH", 2);
    const eth = pool.tokens["ETH"]!;
    const put = (amount: bigint) => () =>
      clearinghouse.write.deposit([idOf(bob), eth, amount], { account: bob.account });
    await refuses(local, put(WAD + 1n), "CapExceeded", [eth, 10n * WAD, 10n * WAD + 1n]);
    await put(WAD)();
  });

  it("lending past the supply cap is refused, repaying is not", async () => {
    const local = await calmPool((p) => {
      p.cash.supplyCap = 100_000;
      return p;
    });
    const { clearinghouse, alice, carol, pool } = local;
    const id = await borrower(local, 10_000, 99_000);
    const usdc = pool.tokens["USDC"]!;
    await local.fund(carol, "USDC", 100_000);
    const lend = () =>
      clearinghouse.write.deposit([idOf(carol), usdc, 2_000_000_000n], { account: carol.account });
    await refuses(local, lend, "CapExceeded");
    await clearinghouse.write.deposit([id, usdc, 5_000_000_000n], { account: carol.account });
    await clearinghouse.write.repay([id, 1_000_000_000n], { account: carol.account });
    expect((await clearinghouse.read.cashOf([idOf(alice)])) / WAD).to.equal(-4_000n);
  });

  // Alice lends 100 000 and is long 175 ETH from 2 000. At 1 720: E = 100 000 − 175 of fees − 49 000 =
  // 50 825, MM = 18.25 % of 301 000 + 2 % of the cash = 55 944: h = 0.9085. 10 000 more: 60 825 / 56 144 =
  // 1.083. 25 000 more: 75 825 / 56 444 = 1.34.
  it("an account in call may bring more cash than the cap allows, up to a health of 1.25", async () => {
    const local = await calmMarket();
    const { clearinghouse, alice, bob, pool } = local;
    await trade(local, alice, bob, { instrument: perp(2), size: 175, price: 2_000 });
    const usdc = pool.tokens["USDC"]!;
    await clearinghouse.write.setListing([usdc, false, 0n]);
    await local.fund(alice, "USDC", 100_000);
    const bring = (amount: bigint) => () =>
      clearinghouse.write.deposit([idOf(alice), usdc, amount * 1_000_000n], {
        account: alice.account,
      });
    await refuses(local, bring(5_000n), "CapExceeded");
    await later(local, 60, { ETH: 1_720 });
    await refuses(local, bring(5_000n), "CapExceeded");
    await clearinghouse.write.call([idOf(alice)]);
    near(await healthOf(local, idOf(alice)), 0.9085, 0.001);
    await refuses(local, bring(25_000n), "CapExceeded");
    await bring(10_000n)();
    near(await healthOf(local, idOf(alice)), 1.083, 0.001);
    expect((await clearinghouse.read.cashOf([idOf(alice)])) > 109_000n * WAD).to.equal(true);
  });

  it("borrowing past the borrow cap is refused", async () => {
    const local = await calmPool((p) => {
      p.cash.borrowCap = 5_000;
      return p;
    });
    await borrower(local, 4_000);
    const act = () => withdraw(local, local.alice, "USDC", 1_001);
    const [cap] = await refuses(local, act, "BorrowCapExceeded");
    expect(cap).to.equal(5_000n * WAD);
  });

  it("borrowing leaves the minimum idle; a lender may take it", async () => {
    const local = await calmPool((p) => {
      p.cash.minimumIdle = 10_000;
      return p;
    });
    const { clearinghouse, bob } = local;
    await borrower(local, 4_000, 20_000); // 16 000 idle
    const more = () => withdraw(local, local.alice, "USDC", 6_001);
    await refuses(local, more, "NotEnoughIdle", [16_000n * WAD, 10_000n * WAD, 6_001n * WAD]);
    await withdraw(local, bob, "USDC", 15_000);
    expect((await clearinghouse.read.ledger())[0].booked).to.equal(1_000n * WAD);
  });

  it("a frozen asset can be withdrawn, not deposited", async () => {
    const local = await calmPool();
    const { clearinghouse, alice, pool } = local;
    await local.deposit(alice, "ETH", 1);
    await local.fund(alice, "ETH", 1);
    const eth = pool.tokens["ETH"]!;
    await clearinghouse.write.setListing([eth, true, 10n ** 24n]);
    const put = () =>
      clearinghouse.write.deposit([idOf(alice), eth, 1n], { account: alice.account });
    await refuses(local, put, "AssetFrozen", [eth]);
    await withdraw(local, alice, "ETH", 1);
  });
});
