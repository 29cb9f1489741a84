import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";
import { encodeFunctionData, type Hex } from "viem";

import {
  borrower,
  calmPool,
  gap,
  idOf,
  later,
  near,
  offer,
  phaseOf,
  usd,
  type Local,
} from "../../fixtures/margin.ts";
import { encoded } from "../../fixtures/market.ts";
import { refuses } from "../../fixtures/refusal.ts";

describe("attack: batches", () => {
  let local: Local;

  beforeEach(async () => {
    local = await calmPool();
    await local.deposit(local.bob, "USDC", 1_000_000);
    await local.fund(local.alice, "ETH", 20);
  });

  const id = () => idOf(local.alice);
  const token = (symbol: string) => local.pool.tokens[symbol]!;

  const deposit = (amount: number) =>
    encodeFunctionData({
      ...{ abi: local.clearinghouse.abi, functionName: "deposit" },
      args: [id(), token("ETH"), local.units("ETH", amount)],
    });
  const borrow = (amount: number) =>
    encodeFunctionData({
      ...{ abi: local.clearinghouse.abi, functionName: "withdraw" },
      args: [id(), token("USDC"), local.units("USDC", amount), local.alice.account.address],
    });
  const batch = (...calls: Hex[]) =>
    local.clearinghouse.write.batch([calls], { account: local.alice.account });

  it("prove IM once, at the end: borrow first, bring the collateral later", async () => {
    await batch(borrow(14_000), deposit(10));
    near(usd(await local.clearinghouse.read.cashOf([id()])), -14_000, 0.001);
  });

  it("that end short of IM are rolled back whole", async () => {
    const [account] = await refuses(
      local,
      () => batch(deposit(10), borrow(15_000)),
      "MarginTooLow",
    );
    expect(account).to.equal(id());
  });

  it("roll back what came before a verb that is refused", async () => {
    const calls = [deposit(10), borrow(1_000), borrow(0)];
    await refuses(local, () => batch(...calls), "AmountZero", []);
  });

  it("prove every account they touched", async () => {
    await batch(deposit(10), borrow(5_000));
    const second = idOf(local.alice, 1n);
    const move = encodeFunctionData({
      ...{ abi: local.clearinghouse.abi, functionName: "transfer" },
      args: [id(), second, token("ETH"), local.units("ETH", 9)],
    });
    const [account] = await refuses(local, () => batch(move, deposit(0.1)), "MarginTooLow");
    expect(account).to.equal(id());
  });

  it("do not nest", async () => {
    const inner = encodeFunctionData({
      ...{ abi: local.clearinghouse.abi, functionName: "batch", args: [[deposit(1)]] },
    });
    await refuses(local, () => batch(inner), "Reentered", []);
    await refuses(local, () => batch(deposit(1), inner), "Reentered", []);
  });

  it("leave no pass behind for the next verb", async () => {
    const view = encodeFunctionData({
      ...{ abi: local.clearinghouse.abi, functionName: "version" },
    });
    await batch(view, deposit(1), view);
    await batch();
    await batch(deposit(1));
    const { holdings } = await local.clearinghouse.read.accountOf([id()]);
    expect(holdings[0]! >> 16n).to.equal(local.units("ETH", 2));
  });

  it("act with their sender's authority only", async () => {
    const steal = encodeFunctionData({
      ...{ abi: local.clearinghouse.abi, functionName: "withdraw" },
      args: [idOf(local.bob), token("USDC"), 1n, local.alice.account.address],
    });
    await refuses(local, () => batch(steal), "NotAuthorized");
  });
});

describe("attack: a batch about an account whose auction is backed", () => {
  let local: Local;

  /** 10 ETH and 14 000 of debt, at 1 410: 100 of equity are left. Alice's other account has 100 USDC. */
  beforeEach(async () => {
    local = await calmPool();
    await gap(local, await borrower(local, 14_000), 1_410);
    await local.deposit(local.alice, "USDC", 100, 1n);
  });

  const id = () => idOf(local.alice);
  const take = (account: Hex, symbol: string, amount: number | string) => {
    const { pool, units, alice } = local;
    const args = [account, pool.tokens[symbol]!, units(symbol, amount), alice.account.address];
    return encoded(local, "withdraw", args);
  };
  const bidFor = (receiver: Hex) => encoded(local, "bid", [offer(id(), receiver)]);
  const batch = (...calls: Hex[]) =>
    local.clearinghouse.write.batch([calls], { account: local.alice.account });

  it("takes nothing out of it and then sells it, at the expense of insurance and lenders", async () => {
    const lent = await local.clearinghouse.read.cashOf([idOf(local.bob)]);
    await later(local, 1_801, { ETH: 1_410 });
    const sold = [
      bidFor(idOf(local.alice, 1n)),
      encoded(local, "takeOver", [id()]),
      encoded(local, "call", [id()]),
    ];
    for (const taken of [take(id(), "ETH", "9.99"), take(id(), "USDC", 500_000)]) {
      for (const sale of sold) await refuses(local, () => batch(taken, sale), "BatchMixed", []);
    }
    await refuses(local, () => batch(take(id(), "ETH", "9.99")), "MarginTooLow");
    expect((await local.clearinghouse.read.cashOf([idOf(local.bob)])) >= lent).to.equal(true);
    expect(await phaseOf(local, id())).to.equal("Auction");
  });

  it("neither calls nor sells another's while it owes a proof: what is lent may lack for a moment", async () => {
    const { bob, carol, clearinghouse, pool, units } = local;
    await local.deposit(carol, "USDC", 20_000);
    const lent = encoded(local, "transfer", [
      idOf(carol),
      id(),
      pool.tokens["USDC"]!,
      units("USDC", 1),
    ]);
    for (const sale of [encoded(local, "call", [idOf(bob)]), bidFor(idOf(carol))]) {
      const act = () => clearinghouse.write.batch([[lent, sale]], { account: carol.account });
      await refuses(local, act, "BatchMixed", []);
    }
  });

  it("bids, and takes out what the bidder has to spare", async () => {
    const { carol, clearinghouse, pool, units } = local;
    const receiver = await local.deposit(carol, "USDC", 15_000);
    const usdc = pool.tokens["USDC"]!;
    const spare = encoded(local, "withdraw", [
      receiver,
      usdc,
      units("USDC", 100),
      carol.account.address,
    ]);
    await clearinghouse.write.batch([[bidFor(receiver), spare]], { account: carol.account });
    expect(await phaseOf(local, id())).to.equal("Clear");
    const { holdings } = await clearinghouse.read.accountOf([receiver]);
    expect(holdings[0]! >> 16n > units("ETH", "9.8")).to.equal(true); // what cures
  });
});
