import { expect } from "chai";

import type { Change } from "../../sdk/preview/Change.ts";
import { maxWithdraw } from "../../sdk/preview/maxWithdraw.ts";
import type { Snapshot } from "../../sdk/snapshot/Snapshot.ts";
import { accountId, FUND, type AccountId } from "../../sdk/types/Ids.ts";
import { follow } from "./follow.ts";
import { openMarket, type Market } from "./openMarket.ts";

const HEIR = accountId(`0x${"00".repeat(20)}`, 1n);
const DAY = 86_400;

describe("a preview while a loss is being borne", () => {
  let market: Market;
  let alice: AccountId;
  let other: AccountId;
  let snapshot: Snapshot;

  async function take(change: Change, pause = 10) {
    const timestamp = snapshot.block.timestamp + pause;
    const step = { snapshot, changes: [change], timestamp, where: change.verb };
    const done = await follow(market, step);
    snapshot = done.snapshot;
    return done.preview;
  }

  /** Nothing is taken out of an account that the same batch sells. */
  async function refusedMixed(sale: Change) {
    const by = market.alice.account;
    const token = market.pool.tokens["ETH"]!;
    const out: Change = { verb: "withdraw", account: alice, token, amount: 1n };
    const timestamp = snapshot.block.timestamp + 10;
    const changes = [out, sale].map((change) => ({ ...change, by }));
    const { preview } = await follow(market, { snapshot, changes, timestamp, where: "mixed" });
    expect(preview).to.include({ ok: false, index: 1 });
  }

  /** Anyone may give cash to an account that the house is yet to open. */
  async function give(id: AccountId) {
    const account = market.bob.account.address;
    await market.clearinghouse.write.deposit([id, cash(), 10_000_000n], { account });
    await setPrice("ETH", 2);
  }

  async function setPrice(symbol: string, price: number) {
    await market.setPrice(symbol, price);
    snapshot = await market.snapshot([FUND, market.lender, alice, other, HEIR]);
  }

  /** 2.4 million USDC borrowed against 60 000 ETH, and 40 000 against 1 000, which fall from 195 to 2. */
  before(async function () {
    this.timeout(60_000);
    market = await openMarket();
    alice = await market.deposit(market.alice, "ETH", 60_000);
    other = await market.deposit(market.bob, "ETH", 1_000);
    await setPrice("ETH", 195);
    await take({ verb: "borrow", account: alice, amount: 2_400_000_000_000n });
    await take({ verb: "borrow", account: other, amount: 40_000_000_000n });
    await setPrice("ETH", 2);
  });

  const cash = () => market.pool.tokens["USDC"]!;

  it("follows call, auction, and the house taking over", async () => {
    for (const pause of [1, 700, 700, 700, 700]) {
      expect(await take({ verb: "call", account: alice }, pause)).to.include({ ok: true });
      await setPrice("ETH", 2);
    }
    expect(snapshot.accounts[alice]!.call.backed).to.be.greaterThan(0);
    const early: Change = { verb: "takeOver", account: alice, backstopAccount: HEIR };
    expect(await take(early)).to.include({ ok: false });
    await refusedMixed(early);
    await give(HEIR);
    expect(await take(early, 1_801)).to.include({ ok: true });
    expect(snapshot.cash.deficit > 10n ** 23n).to.equal(true);
  });

  it("leaves a share of every withdrawal and transfer inside", async () => {
    await take({ verb: "call", account: other });
    const { deficit, fund, shortfall } = snapshot.cash;
    expect(shortfall > 37_000n * 10n ** 18n).to.equal(true);
    const account = market.lender;
    await take({ verb: "withdraw", account, token: cash(), amount: 100_000_000_000n });
    const less = snapshot.cash.deficit;
    expect(less < deficit && snapshot.cash.fund > fund).to.equal(true);
    const amount = 50_000_000_000n;
    await take({ verb: "transfer", from: account, to: alice, token: cash(), amount });
    expect(snapshot.cash.deficit < less).to.equal(true);
  });

  it("knows what a lender may take at most", async () => {
    const options = { timestamp: snapshot.block.timestamp + 10 };
    const { amount, reason } = maxWithdraw(snapshot, alice, cash(), options);
    expect(reason).to.equal("lossShare");
    const account = alice;
    const more = await take({ verb: "withdraw", account, token: cash(), amount: amount + 1n });
    expect(more).to.include({ ok: false });
    const most = await take({ verb: "withdraw", account, token: cash(), amount }, 10);
    expect(most).to.include({ ok: true });
  });

  it("charges lenders the next fifth on the next days", async () => {
    const { deficit } = snapshot.cash;
    for (const day of [1, 2, 3, 4, 5, 6]) {
      await take({ verb: "accrue" }, DAY);
      if (day === 1) expect(snapshot.cash.deficit < deficit).to.equal(true);
    }
    expect(snapshot.cash.deficit).to.equal(0n);
  });
});
