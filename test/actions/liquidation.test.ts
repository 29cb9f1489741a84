import { expect } from "chai";

import * as actions from "../../sdk/actions/index.ts";
import { Phase } from "../../sdk/snapshot/Snapshot.ts";
import { ownerOf } from "../../sdk/types/Ids.ts";
import type { Offer } from "../../sdk/types/Offer.ts";
import { stage } from "./stage.ts";

const WAD = 10n ** 18n;

describe("liquidation actions", () => {
  let s: Awaited<ReturnType<typeof stage>>;
  const ends: (() => void)[] = []; // of watches
  before(async () => (s = await stage()));
  afterEach(() => ends.splice(0).forEach((end) => end()));

  /** A bid of carol's for all that is on offer. */
  function offerFor(fraction: bigint): Offer {
    const bounds = {
      smallest: 1n,
      maxPrice: 10n ** 24n,
      minHealth: -WAD,
      maxHealth: WAD,
      data: "0x",
    } as const;
    return { account: s.account, receiver: s.receiver, fraction, ...bounds };
  }

  it("observe says how many rounds it processed", async () => {
    const { carol, pool } = s;
    await s.moveTo(190);
    await s.moveTo(185);
    const { processed } = await actions.observe(carol, { pool, factor: 2, maxRounds: 8 });
    expect(processed).to.equal(2);
    const again = await actions.observe(carol, { pool, factor: 2, maxRounds: 8 });
    expect(again.processed).to.equal(0);
  });

  it("accrue brings interest up to now", async () => {
    const { bob, pool, lender } = s;
    const before = await actions.getCash(bob, { pool, account: lender });
    await s.networkHelpers.time.increase(30 * 86_400);
    await actions.accrue(bob, { pool });
    expect(await actions.getCash(bob, { pool, account: lender })).to.be.greaterThan(before);
    const [{ accrued }] = await s.clearinghouse.read.ledger();
    expect(accrued).to.equal(await s.networkHelpers.time.latest());
  });

  it("call opens a margin call that watchCalls tells of", async () => {
    const { client, carol, pool, account } = s;
    const seen: unknown[] = [];
    const unwatch = actions.watchCalls(client, {
      ...{ pool, account, pollingInterval: 20 },
      onLogs: (logs) => seen.push(...logs.map(({ args }) => args)),
    });
    ends.push(unwatch);
    await s.moveTo(165);
    await s.setPrice("USDC", 1); // of a stale one nobody could say that it is short
    await actions.call(carol, { pool, account });
    const { phase, call } = await actions.getAccount(carol, { pool, account });
    expect(phase).to.equal(Phase.Called);
    const deadline = Date.now() + 10_000;
    while (seen.length === 0 && Date.now() < deadline) await new Promise((r) => setTimeout(r, 20));
    expect(seen).to.have.length(1);
    expect(seen[0]).to.include({ account, cover: call.cover });
  });

  it("bid buys the slice that getSlice quotes", async () => {
    const { client, carol, pool, account, receiver } = s;
    await s.openAuction(165);
    await s.deposit(carol, "USDC", 20_000);
    const quoted = await actions.getSlice(carol, { pool, account, fraction: WAD });
    const { hash, slice } = await actions.bid(carol, { pool, ...offerFor(WAD) });
    expect((await client.getTransactionReceipt({ hash })).status).to.equal("success");
    expect(slice.equity).to.equal(quoted.equity);
    expect(slice.price).to.be.at.most(quoted.price);
    const { holdings } = await actions.getAccount(carol, { pool, account: receiver });
    expect(holdings[0]!.amount).to.be.closeTo(100n * slice.fraction, WAD / 10n);
  });

  it("takeOver names the heir, once a backed auction stood for half an hour", async () => {
    const { carol, pool, account } = s;
    for (let minutes = 0; minutes < 60; minutes += 5) {
      await s.networkHelpers.time.increase(180);
      await s.moveTo(134);
      await actions.call(carol, { pool, account });
    }
    const { backstopAccount } = await actions.takeOver(carol, { pool, account });
    expect(ownerOf(backstopAccount)).to.equal(`0x${"00".repeat(20)}`);
    const { phase, holdings } = await actions.getAccount(carol, { pool, account: backstopAccount });
    expect(phase).to.equal(Phase.Auction);
    expect(holdings).to.have.length(1);
  });
});
