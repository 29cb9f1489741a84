import { expect } from "chai";

import type { Change } from "../../sdk/preview/Change.ts";
import { maxBorrow } from "../../sdk/preview/maxBorrow.ts";
import { Phase, type Snapshot } from "../../sdk/snapshot/Snapshot.ts";
import { watch } from "../../sdk/preview/watch.ts";
import { accountId, FUND, type AccountId } from "../../sdk/types/Ids.ts";
import { follow } from "./follow.ts";
import { openMarket, type Market } from "./openMarket.ts";

describe("a preview of what keepers are paid", () => {
  let market: Market;
  let alice: AccountId;
  let snapshot: Snapshot;

  before(async function () {
    this.timeout(60_000);
    market = await openMarket();
    const { clearinghouse, pool, admin, units } = market;
    await market.fund(admin, "USDC", 2_000);
    await clearinghouse.write.deposit([FUND, pool.tokens["USDC"]!, units("USDC", 1_000)]);
    alice = await market.deposit(market.alice, "ETH", 100);
    const { account } = market.alice;
    const before = await market.snapshot([alice]);
    const { amount } = maxBorrow(before, alice, { timestamp: before.block.timestamp });
    const most = (amount * 99n) / 100n;
    await clearinghouse.write.withdraw([alice, pool.tokens["USDC"]!, most, account.address], {
      account,
    });
    snapshot = await market.snapshot(market.accounts);
  });

  /** Foretells and sends, a time after the state that was seen last. */
  async function take(change: Change, seconds: number) {
    const timestamp = snapshot.block.timestamp + seconds;
    const step = { snapshot, changes: [change], timestamp, where: change.verb };
    const followed = await follow(market, step);
    expect(followed.preview.ok).to.equal(true);
    snapshot = followed.snapshot;
  }

  async function priceTimes(share: number) {
    await market.networkHelpers.time.increase(61);
    await market.setPrice("ETH", market.params.listings["ETH"]!.feed.price! * share);
    snapshot = await market.snapshot(market.accounts);
  }

  const paid = () => snapshot.keeperDay.paid;
  const stand = () => watch(snapshot, alice, snapshot.block.timestamp).stand;

  it("for rounds, to whoever observes", async () => {
    await priceTimes(0.99);
    const before = paid();
    await take({ verb: "observe", factor: 2, maxRounds: 9, by: market.carol.account }, 5);
    expect(paid() - before).to.be.greaterThan(0n);
    const carol = accountId(market.carol.account.address);
    expect(snapshot.accounts[carol]!.principal).to.be.greaterThan(0n);
  });

  it("nothing for a warning", async () => {
    for (let share = 0.98; stand() === "healthy"; share -= 0.01) await priceTimes(share);
    expect(stand()).to.equal("watch");
    const before = paid();
    await take({ verb: "call", account: alice, by: market.bob.account }, 5);
    expect(snapshot.accounts[alice]!.warned).to.equal(true);
    expect(paid()).to.equal(before);
  });

  it("for a call, to whoever opened it, once its auction opens", async () => {
    await priceTimes(0.75);
    await take({ verb: "call", account: alice, by: market.bob.account }, 5);
    const { address } = market.bob.account;
    expect(snapshot.accounts[alice]!.finder).to.equal(address.toLowerCase());
    expect(stand()).to.equal("call");
    const { left } = watch(snapshot, alice, snapshot.block.timestamp);
    const before = paid();
    for (let i = 0; i < 3; i++) {
      await priceTimes(0.75 + i / 10_000);
      const seconds = i === 2 ? Number(left) : 60;
      await take({ verb: "call", account: alice, by: market.dave.account }, seconds);
      if (snapshot.accounts[alice]!.phase === Phase.Auction) break;
    }
    expect(stand()).to.be.oneOf(["auction", "bankrupt"]);
    expect(paid() - before).to.be.greaterThan(0n);
    expect(snapshot.accounts[accountId(address)]!.principal).to.be.greaterThan(0n);
  });
});
