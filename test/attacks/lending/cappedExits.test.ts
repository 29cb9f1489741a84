import { expect } from "chai";
import { before, beforeEach, describe, it } from "mocha";

import type { Change } from "../../../sdk/preview/Change.ts";
import { REDUCING } from "../../../sdk/types/Order.ts";
import { follow } from "../../preview/follow.ts";
import type { TradingMarket } from "../../preview/openTrading.ts";
import { HEIR, look, openCrash, type Stage } from "../../preview/openCrash.ts";
import { offer } from "../../fixtures/margin.ts";

const WAD = 10n ** 18n;
const USDC = 1_000_000n;

// The stage of test/preview/openCrash.ts, with every cap at zero: of deposits, of lending, of borrowing, of open interest.
describe("attack: what no cap stops", () => {
  let market: TradingMarket;
  let clean: Awaited<ReturnType<TradingMarket["networkHelpers"]["takeSnapshot"]>>;
  let stage: Stage;

  before(async function () {
    this.timeout(120_000);
    market = await openCrash();
    const { clearinghouse, pool } = market;
    for (const token of Object.values(pool.tokens))
      await clearinghouse.write.setListing([token, false, 0n]);
    const [, cash] = await clearinghouse.read.ledger();
    await clearinghouse.write.setCash([{ ...cash, borrowCap: 0 }]);
    const [, params, depth] = await clearinghouse.read.marketOf([2n]);
    await clearinghouse.write.setMarket([2n, params, { ...depth, cap: 0n }]);
    clean = await market.networkHelpers.takeSnapshot();
  });

  beforeEach(async () => {
    await clean.restore();
    stage = await look(market);
  });

  /** What becomes of a change, on the chain as in its preview. */
  async function done(change: Change, fresh = stage): Promise<string> {
    const orders = Object.fromEntries(market.orders.map((hash) => [hash, 0n]));
    const snapshot = { ...fresh.snapshot, orders };
    const step = { snapshot, changes: [change], timestamp: fresh.timestamp, where: change.verb };
    const { preview } = await follow(market, step);
    return preview.ok ? "done" : preview.error.name;
  }

  const put = (index: bigint, symbol: string, amount: bigint) =>
    done({
      ...{ verb: "deposit", account: stage.id("alice", index) },
      ...{ token: stage.token(symbol), amount },
    });

  const owedBy = async (index: bigint) =>
    -(await market.clearinghouse.read.cashOf([stage.id("alice", index)]));

  it("settlement", async () => {
    const account = stage.id("carol"); // short since 195
    expect(await done({ verb: "settleExpired", account })).to.equal("done");
    expect((await market.clearinghouse.read.cashOf([account])) > 50_000n * WAD).to.equal(true);
  });

  it("interest", async () => {
    expect(await done({ verb: "accrue" })).to.equal("done");
    expect(await owedBy(0n)).to.be.greaterThan(2_000n * WAD);
  });

  it("a takeover", async () => {
    const account = stage.id("dave", 1n);
    expect(await done({ verb: "takeOver", account, backstopAccount: HEIR })).to.equal("done");
  });

  it("a bid, for cash one has and for cash one has not", async () => {
    const sold = stage.id("dave", 2n);
    expect(await done({ verb: "bid", offer: bound(sold, "bob") })).to.equal("done");
    await again();
    const debt = await owedBy(0n);
    expect(await done({ verb: "bid", offer: bound(sold, "alice") })).to.equal("done");
    expect(await owedBy(0n)).to.be.greaterThan(debt);
  });

  const bound = (sold: `0x${string}`, by: "alice" | "bob") => ({
    ...offer(sold, stage.id(by), WAD / 5n),
    ...{ minHealth: -18n * WAD, maxHealth: 18n * WAD },
  });

  it("a deposit, or a repayment, of what is owed; not of more", async () => {
    expect(await put(0n, "USDC", 1_900n * USDC)).to.equal("done");
    await again();
    expect(await put(0n, "USDC", 2_100n * USDC)).to.equal("CapExceeded");
    await again();
    const repaid: Change = { verb: "repay", account: stage.id("alice"), amount: 9_000n * USDC };
    expect(await done(repaid)).to.equal("done");
    const rest = await owedBy(0n); // rounded to a token unit, to the house's side
    expect(rest <= 0n && rest > -(10n ** 12n)).to.equal(true);
  });

  // 100 ETH at 169 against 14 000 and some interest: E = 2 900, MM = 17.07 % of 16 900 + 105 = 2 990,
  // h = 0.97. 5 ETH more: 3 745 / 3 134 = 1.195. 7 ETH: 4 083 / 3 192 = 1.28.
  it("a top-up of an account in call, in a major, up to a health of 1.25", async () => {
    expect(await put(2n, "ETH", 5n * WAD)).to.equal("done");
    await again();
    expect(await put(2n, "ETH", 7n * WAD)).to.equal("CapExceeded");
  });

  it("and in another major, but in nothing else", async () => {
    expect(await put(2n, "BTC", 10n ** 7n)).to.equal("done"); // 0.1 at 5 200
    for (const [symbol, amount] of [
      ["LINK", WAD],
      ["SOL", 10n ** 8n],
      ["wstETH", WAD / 10n],
      ["USDT", USDC],
    ] as const) {
      await again();
      expect(await put(2n, symbol, amount), symbol).to.equal("CapExceeded");
    }
  });

  it("nor of one that is not in call, short or not", async () => {
    expect(await put(0n, "ETH", 1n)).to.equal("CapExceeded");
    await again();
    const account = stage.id("dave");
    const change = { verb: "deposit", account, token: stage.token("ETH"), amount: 1n } as const;
    expect(await done(change)).to.equal("CapExceeded");
  });

  it("a fill that raises no open interest", async () => {
    const [seller, buyer] = [stage.id("bob"), stage.id("carol")];
    const both = { buys: REDUCING, sells: REDUCING };
    const settle = async (deal: Parameters<Stage["fillOf"]>[0]) =>
      done({ verb: "settle", fills: [await stage.fillOf(deal)], atomic: true });
    expect(await settle({ seller, buyer, size: WAD, ...both })).to.equal("done");
    await again();
    // Alice takes over of what bob holds: as much is open as before.
    expect(await settle({ seller, buyer: stage.id("alice"), size: WAD })).to.equal("done");
    await again();
    const opens = { seller: buyer, buyer: seller, size: WAD };
    expect(await settle(opens)).to.equal("OpenInterestCapExceeded");
  });

  it("a move inside the pool", async () => {
    const [from, to] = [stage.id("alice"), stage.id("bob")];
    const own = stage.id("alice", 1n);
    const eth = {
      verb: "transfer",
      from,
      to: own,
      token: stage.token("ETH"),
      amount: WAD,
    } as const;
    expect(await done(eth)).to.equal("done");
    await again();
    const amount = 100n * USDC;
    const lent = {
      verb: "transfer",
      from: to,
      to: from,
      token: stage.token("USDC"),
      amount,
    } as const;
    expect(await done(lent)).to.equal("done");
    await again();
    expect(await done({ ...lent, from, to })).to.equal("BorrowCapExceeded"); // that is borrowing
  });

  async function again() {
    await clean.restore();
    stage = await look(market);
  }
});
