import { expect } from "chai";

import { maxWithdraw } from "../../sdk/preview/maxWithdraw.ts";
import { FUND, type AccountId } from "../../sdk/types/Ids.ts";
import { expectLimit } from "./expectLimit.ts";
import { openMarket, type Market } from "./openMarket.ts";
import { openPrices } from "./prices.ts";
import { createRandom } from "../../sdk/sim/random.ts";

describe("what binds", () => {
  let market: Market;
  let alice: AccountId;

  let clean: Awaited<ReturnType<Market["networkHelpers"]["takeSnapshot"]>>;

  /** 40 000 ETH, and 1 000 USDC owed. */
  before(async function () {
    this.timeout(60_000);
    market = await openMarket();
    alice = await market.deposit(market.alice, "ETH", 40_000);
    const { account } = market.alice;
    const cash = market.pool.tokens["USDC"]!;
    await market.clearinghouse.write.withdraw([alice, cash, 1_000_000_000n, account.address], {
      account,
    });
    clean = await market.networkHelpers.takeSnapshot();
  });

  afterEach(() => clean.restore());

  async function reasonOf(id: AccountId, symbol: string): Promise<string> {
    const { reason } = await expectLimit(market, await market.snapshot([id]), id, symbol);
    return reason;
  }

  it("is the margin", async () => {
    expect(await reasonOf(alice, "ETH")).to.equal("margin");
  });

  it("is what is held", async () => {
    expect(await reasonOf(await market.deposit(market.bob, "ETH", 3), "ETH")).to.equal("held");
  });

  it("is the pool's cap on borrowing", async () => {
    expect(await reasonOf(alice, "USDC")).to.equal("borrowCap");
  });

  it("is the cash in the vault, for a lender", async () => {
    expect(await reasonOf(market.lender, "USDC")).to.equal("idle");
  });

  it("is the price of cash once its feed is silent", async () => {
    await market.networkHelpers.time.increase(86_500);
    await market.setPrice("ETH", 195);
    expect(await reasonOf(alice, "USDC")).to.equal("price");
  });

  it("is an estimate that is behind by more rounds than an act walks", async function () {
    this.timeout(30_000);
    for (let i = 0; i < 12; i++) {
      await market.networkHelpers.time.increase(61);
      await market.setPrice("ETH", 195 + i);
    }
    expect(await reasonOf(alice, "ETH")).to.equal("estimate");
  });

  it("leaves nothing of an asset whose price is bad: IM does not lean on it", async () => {
    await market.networkHelpers.time.increase(4_000);
    await openPrices(market, createRandom(1)).one("USDC");
    const { amount } = await expectLimit(market, await market.snapshot([alice]), alice, "ETH");
    expect(amount).to.equal(0n);
  });

  it("refuses to ask about the house", async () => {
    const s = await market.snapshot([alice]);
    const ask = () => maxWithdraw(s, FUND, market.pool.tokens["ETH"]!, { timestamp: 2 ** 31 });
    expect(ask).to.throw("ReservedAccount");
  });
});
