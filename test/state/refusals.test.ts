import { expect } from "chai";

import type { Change } from "../../sdk/preview/Change.ts";
import { preview } from "../../sdk/preview/preview.ts";
import { AccountNotInSnapshot, TimeReversed } from "../../sdk/logic/errors.ts";
import { Scope } from "../../sdk/logic/authority.ts";
import type { AccountId } from "../../sdk/types/Ids.ts";
import { follow, type Thrown } from "../preview/follow.ts";
import { openMarket, type Market } from "../preview/openMarket.ts";

const WAD = 10n ** 18n;

describe("what the chain refuses", () => {
  let market: Market;
  let alice: AccountId;
  let clean: Awaited<ReturnType<Market["networkHelpers"]["takeSnapshot"]>>;

  before(async function () {
    this.timeout(60_000);
    market = await openMarket();
    alice = await market.deposit(market.alice, "ETH", 1_000);
    clean = await market.networkHelpers.takeSnapshot();
  });

  afterEach(() => clean.restore());

  const token = (symbol: string) => market.pool.tokens[symbol]!;

  /** The name of the refusal that the chain and the preview agree on; none for an act they accept. */
  async function refusalOf(change: Change, pause = 5): Promise<string | undefined> {
    const snapshot = await market.snapshot(market.accounts);
    const timestamp = snapshot.block.timestamp + pause;
    const step = { snapshot, changes: [change], timestamp, where: change.verb };
    const { preview: done } = await follow(market, step);
    return done.ok ? undefined : (done.error as Thrown).name;
  }

  it("is a deposit of what is frozen, while withdrawals go on", async () => {
    const cap = 10n ** 24n;
    await market.clearinghouse.write.setListing([token("ETH"), true, cap]);
    const change = { account: alice, token: token("ETH"), amount: WAD };
    expect(await refusalOf({ verb: "deposit", ...change })).to.equal("AssetFrozen");
    expect(await refusalOf({ verb: "withdraw", ...change })).to.equal(undefined);
  });

  it("is a deposit past the cap of an asset, by one unit", async () => {
    const cap = 3_000_000n * WAD;
    const change = { verb: "deposit", account: alice, token: token("DAI") } as const;
    expect(await refusalOf({ ...change, amount: cap + 1n })).to.equal("CapExceeded");
    expect(await refusalOf({ ...change, amount: cap })).to.equal(undefined);
  });

  it("is lending past the cap of cash", async () => {
    const change = { verb: "deposit", account: alice, token: token("USDC") } as const;
    expect(await refusalOf({ ...change, amount: 5_000_001n * 10n ** 6n })).to.equal("CapExceeded");
    expect(await refusalOf({ ...change, amount: 4_900_000n * 10n ** 6n })).to.equal(undefined);
  });

  it("is borrowing past the pool's cap", async () => {
    const account = await market.deposit(market.bob, "ETH", 100_000);
    const amount = 2_500_001n * 10n ** 6n;
    expect(await refusalOf({ verb: "borrow", account, amount })).to.equal("BorrowCapExceeded");
  });

  it("is an operator without the scope, or past its expiry", async () => {
    const { address } = market.bob.account;
    const expiry = (await market.snapshot([])).block.timestamp + 1_000;
    const scopes = Scope.Withdraw;
    await market.clearinghouse.write.setOperator([alice, address, scopes, expiry, 0n], {
      account: market.alice.account.address,
    });
    const by = { address, scopes, expiry };
    const withdraw = {
      verb: "withdraw",
      account: alice,
      token: token("ETH"),
      amount: WAD,
    } as const;
    expect(await refusalOf({ ...withdraw, by })).to.equal(undefined);
    expect(await refusalOf({ verb: "setGrace", account: alice, tier: 1, by })).to.equal(
      "NotAuthorized",
    );
    expect(await refusalOf({ ...withdraw, by }, 2_000)).to.equal("NotAuthorized");
  });

  it("is a token that is not listed", async () => {
    const { address } = market.bob.account;
    const change: Change = { verb: "withdraw", account: alice, token: address, amount: 1n };
    expect(await refusalOf(change)).to.equal("UnknownAsset");
  });

  it("is not for a snapshot to guess about accounts it does not hold", async () => {
    const snapshot = await market.snapshot([]);
    const { timestamp } = snapshot.block;
    const change: Change = { verb: "withdraw", account: alice, token: token("ETH"), amount: 1n };
    expect(() => preview(snapshot, [change], { timestamp })).to.throw(AccountNotInSnapshot);
  });

  it("is not for a snapshot to say of a time before it", async () => {
    const snapshot = await market.snapshot([alice]);
    const timestamp = snapshot.cash.accrued - 1;
    expect(() => preview(snapshot, [{ verb: "accrue" }], { timestamp })).to.throw(TimeReversed);
  });
});
