import { expect } from "chai";
import { describe, it } from "mocha";

import { calmPool, borrower, idOf, later, phaseOf, WAD, withdraw } from "../fixtures/margin.ts";
import { refuses } from "../fixtures/refusal.ts";

describe("hostile: caps", () => {
  it("a deposit past an asset's cap is refused, one up to it is not", async () => {
    const local = await calmPool((p) => {
      p.listings["ETH"]!.cap = 10;
      return p;
    });
    const { door, alice, bob, pool } = local;
    await local.deposit(alice, "ETH", 9);
    await local.fund(bob, "ETH", 2);
    const eth = pool.tokens["ETH"]!;
    const put = (amount: bigint) => () =>
      door.write.deposit([idOf(bob), eth, amount], { account: bob.account });
    await refuses(local, put(WAD + 1n), "CapExceeded", [eth, 10n * WAD, 10n * WAD + 1n]);
    await put(WAD)();
  });

  it("lending past the supply cap is refused, repaying is not", async () => {
    const local = await calmPool((p) => {
      p.cash.supplyCap = 100_000;
      return p;
    });
    const { door, alice, carol, pool } = local;
    const id = await borrower(local, 10_000, 99_000);
    const usdc = pool.tokens["USDC"]!;
    await local.fund(carol, "USDC", 100_000);
    const lend = () =>
      door.write.deposit([idOf(carol), usdc, 2_000_000_000n], { account: carol.account });
    await refuses(local, lend, "CapExceeded");
    await door.write.deposit([id, usdc, 5_000_000_000n], { account: carol.account });
    await door.write.repay([id, 1_000_000_000n], { account: carol.account });
    expect((await door.read.cashOf([idOf(alice)])) / WAD).to.equal(-4_000n);
  });

  it("an account in call may bring more cash than the cap allows", async () => {
    const local = await calmPool((p) => {
      p.cash.supplyCap = 20_000;
      p.cash.minimumIdle = 0;
      return p;
    });
    const id = await borrower(local, 14_000, 20_000);
    await later(local, 60, { ETH: 1_690 });
    await local.door.write.call([id]);
    await local.deposit(local.alice, "USDC", 2_000);
    expect(await phaseOf(local, id)).to.equal("Clear");
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
    const { door, bob } = local;
    await borrower(local, 4_000, 20_000); // 16 000 idle
    const more = () => withdraw(local, local.alice, "USDC", 6_001);
    await refuses(local, more, "NotEnoughIdle", [16_000n * WAD, 10_000n * WAD, 6_001n * WAD]);
    await withdraw(local, bob, "USDC", 15_000);
    expect((await door.read.ledger())[0].booked).to.equal(1_000n * WAD);
  });

  it("a frozen asset can be withdrawn, not deposited", async () => {
    const local = await calmPool();
    const { door, alice, pool } = local;
    await local.deposit(alice, "ETH", 1);
    await local.fund(alice, "ETH", 1);
    const eth = pool.tokens["ETH"]!;
    await door.write.setListing([eth, true, 10n ** 24n]);
    const put = () => door.write.deposit([idOf(alice), eth, 1n], { account: alice.account });
    await refuses(local, put, "AssetFrozen", [eth]);
    await withdraw(local, alice, "ETH", 1);
  });
});
