import { expect } from "chai";
import { before, beforeEach, describe, it } from "mocha";
import { encodeFunctionData, type Hex } from "viem";

import { clearinghouseAbi as abi } from "../../sdk/generated/clearinghouseAbi.ts";
import { accountId, type AccountId } from "../../sdk/types/Ids.ts";
import { withdraw } from "../fixtures/margin.ts";
import { refuses } from "../fixtures/refusal.ts";
import { openMarket, type Market } from "../preview/openMarket.ts";

const WAD = 10n ** 18n;
const HOUR = 3_600;

// 100 ETH in the vault when the guardian locks: alice 80, bob 20; 5 % an hour may leave, 5 ETH. Carol comes
// with ether of her own.
describe("what comes and goes while tokens leave slowly", () => {
  let market: Market;
  let eth: Hex;
  let bob: AccountId;
  let carol: AccountId;
  let clean: Awaited<ReturnType<Market["networkHelpers"]["takeSnapshot"]>>;

  before(async function () {
    this.timeout(120_000);
    market = await openMarket();
    await market.deposit(market.alice, "ETH", 80);
    bob = await market.deposit(market.bob, "ETH", 20);
    carol = accountId(market.carol.account.address);
    await market.deposit(market.dave, "BTC", 1);
    await withdraw(market, market.dave, "USDC", 1_000);
    eth = market.pool.tokens["ETH"]!;
    clean = await market.networkHelpers.takeSnapshot();
  });

  beforeEach(async () => {
    await clean.restore();
    await market.clearinghouse.write.lock([2]);
  });

  type Who = "bob" | "carol";
  const idOf = (who: Who) => (who === "bob" ? bob : carol);

  const put = (amount: bigint) =>
    market.clearinghouse.write.deposit([carol, eth, amount], { account: market.carol.account });

  const take = (who: Who, amount: bigint) => {
    const { account } = market[who];
    return market.clearinghouse.write.withdraw([idOf(who), eth, amount, account.address], {
      account,
    });
  };

  /** In and out again, in one transaction. */
  function swing(amount: bigint) {
    const { account } = market.carol;
    const calls = [
      encodeFunctionData({ abi, functionName: "deposit", args: [carol, eth, amount] }),
      encodeFunctionData({
        ...{ abi, functionName: "withdraw" },
        args: [carol, eth, amount, account.address],
      }),
    ];
    return market.clearinghouse.write.batch([calls], { account });
  }

  /** What may leave in the next second, as the refusal of far more says. */
  async function room(): Promise<bigint> {
    const [, left] = await refuses(market as never, () => take("bob", 15n * WAD), "ExitLimited");
    return left as bigint;
  }

  async function wait(seconds: number) {
    await market.networkHelpers.time.increase(seconds);
    await market.setPrice("ETH", 195);
  }

  it("uses up no one's share in one batch, however often and however much", async function () {
    this.timeout(120_000);
    for (const amount of [(100n * WAD * 5n) / 95n, 5n * WAD, 1_000n * WAD]) {
      for (let i = 0; i < 5; ++i) await swing(amount);
    }
    expect(await room()).to.equal(5n * WAD);
    await take("bob", 5n * WAD);
  });

  it("gives no one's share back either: what left stays counted", async () => {
    await take("bob", 5n * WAD);
    await swing(1_000n * WAD);
    expect((await room()) < WAD / 100n).to.equal(true); // 5 ETH in an hour: 0.0014 a second
  });

  it("makes no share larger that stayed for a block", async () => {
    await put(1_000n * WAD);
    await take("carol", 1_000n * WAD);
    // A second of 3 600: the base is 100 + 1 000/3 600 = 100.28, its share 5.014, and of the 1 000 that came
    // 1 000/3 600 = 0.28 were forgotten before they left.
    const left = await room();
    expect(left > 4n * WAD && left < 6n * WAD).to.equal(true);
  });

  it("is let out at once only what came in a moment ago", async () => {
    await put(200n * WAD);
    await take("carol", 190n * WAD);
  });

  it("makes no credit for a burst an hour later", async () => {
    await put(200n * WAD);
    await wait(HOUR);
    // 300 ETH have been there for an hour: 15 may leave, whoever came.
    const [, left] = await refuses(
      market as never,
      () => take("carol", 15n * WAD + WAD / 10n),
      "ExitLimited",
    );
    expect(left).to.equal(15n * WAD);
    await take("carol", 15n * WAD);
  });

  it("makes little credit of it after an hour of dust, which forgets in steps", async function () {
    this.timeout(120_000);
    await put(200n * WAD);
    for (let i = 0; i < 60; ++i) {
      await market.networkHelpers.time.increase(58);
      await put(1n);
      if (i % 20 === 0) await market.setPrice("ETH", 195);
    }
    // (1 − 1/60)^60 = 36 % of 200 are still remembered at most: 73, and a share of 15.
    const [, left] = await refuses(market as never, () => take("carol", 100n * WAD), "ExitLimited");
    expect((left as bigint) < 89n * WAD).to.equal(true);
  });

  it("counts a repayment as what comes, of cash", async () => {
    const { clearinghouse, pool } = market;
    const cash = pool.tokens["USDC"]!;
    const { account } = market.admin;
    const out = (amount: bigint) =>
      clearinghouse.write.withdraw([market.lender, cash, amount, account.address], { account });
    await out(100_000_000_000n); // of 199 950, 5 % of 3 999 000
    const before = await clearinghouse.read.exitOf([cash]);
    const debtor = accountId(market.dave.account.address);
    await clearinghouse.write.repay([debtor, 1_000_000_000n], { account: market.dave.account });
    const after = await clearinghouse.read.exitOf([cash]);
    // 1 000 came, and in the second since 199 950/3 600 = 55.5 were forgotten.
    expect((before.used - after.used) / WAD).to.equal(1_055n);
  });
});
