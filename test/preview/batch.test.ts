import { expect } from "chai";

import { accountsOf, type Change } from "../../sdk/preview/Change.ts";
import { preview, type Refused } from "../../sdk/preview/preview.ts";
import { createRandom } from "../../sdk/sim/random.ts";
import { accountId } from "../../sdk/types/Ids.ts";
import { drawChange, type Scene } from "./drawChange.ts";
import { follow } from "./follow.ts";
import { endow, openMarket, type Market } from "./openMarket.ts";
import { openPrices } from "./prices.ts";

const SEED = 20_260_733;
const BATCHES = 90;
const HEIR = accountId(`0x${"00".repeat(20)}`, 1n);

describe("a preview of a batch", () => {
  let market: Market;

  before(async function () {
    this.timeout(60_000);
    market = await openMarket();
    await endow(market, createRandom(SEED + 1));
  });

  /** Two to four changes of accounts of alice, all sent by her. */
  function drawBatch(scene: Scene): Change[] {
    const by = market.alice.account;
    const hers = market.owned.slice(0, 3);
    const changes: Change[] = [];
    while (changes.length < 2 || scene.random.integer(5) > changes.length) {
      const change = drawChange(scene);
      if (hers.includes(accountsOf(change)[0]!)) changes.push({ ...change, by });
    }
    return changes;
  }

  it("proves margins once, at the end, as the chain does", async function () {
    this.timeout(120_000);
    const random = createRandom(SEED);
    const prices = openPrices(market, random);
    const seen = { accepted: 0, refused: 0, refusedAtTheEnd: 0 };
    for (let i = 0; i < BATCHES; i++) {
      if (i % 10 === 0) await prices.all();
      const snapshot = await market.snapshot([...market.accounts, HEIR]);
      const timestamp = snapshot.block.timestamp + 1 + random.integer(200);
      const changes = drawBatch({ market, random, snapshot, timestamp, backstopAccount: HEIR });
      const where = `seed ${SEED}, batch ${i}: ${changes.map(({ verb }) => verb).join(" ")}`;
      const { preview: done } = await follow(market, { snapshot, changes, timestamp, where });
      seen[done.ok ? "accepted" : "refused"]++;
      if (!done.ok && done.index === changes.length) seen.refusedAtTheEnd++;
    }
    console.log(`      seed ${SEED}: ${BATCHES} batches, 0 mismatches`, seen);
    expect(seen.accepted).to.be.greaterThan(10);
    expect(seen.refusedAtTheEnd).to.be.greaterThan(0);
  });

  it("measures one sent as reducing before and after it, as the chain does", async function () {
    this.timeout(120_000);
    const random = createRandom(SEED + 2);
    const prices = openPrices(market, random);
    const seen: Record<string, number> = {};
    for (let i = 0; i < BATCHES; i++) {
      if (i % 10 === 0) await prices.all();
      const snapshot = await market.snapshot([...market.accounts, HEIR]);
      const timestamp = snapshot.block.timestamp + 1 + random.integer(200);
      const changes = drawBatch({ market, random, snapshot, timestamp, backstopAccount: HEIR });
      const reducing = random.pick(market.owned.slice(0, 3));
      const where = `seed ${SEED}, reducing ${i}: ${changes.map(({ verb }) => verb).join(" ")}`;
      const step = { snapshot, changes, timestamp, where, reducing };
      const { preview: done } = await follow(market, step);
      const what = done.ok ? "accepted" : done.error.name;
      seen[what] = (seen[what] ?? 0) + 1;
    }
    console.log(`      seed ${SEED}: ${BATCHES} batches sent as reducing, 0 mismatches`, seen);
    expect(seen).to.include.keys("accepted", "MarginTooLow", "BatchMixed");
  });

  it("lets an account be short for a moment inside it", async () => {
    const account = market.owned[0]!;
    const snapshot = await market.snapshot([account]);
    const token = market.pool.tokens["ETH"]!;
    const timestamp = snapshot.block.timestamp + 1;
    const changes: Change[] = [
      { verb: "borrow", account, amount: 1_000_000_000_000n },
      { verb: "deposit", account, token, amount: 10n ** 23n },
    ];
    expect(preview(snapshot, changes, { timestamp })).to.include({ ok: false, index: 0 });
    const where = "borrow, then deposit";
    const { preview: done } = await follow(market, { snapshot, changes, timestamp, where });
    expect(done).to.include({ ok: true });
  });

  it("lets nothing out of one sent as reducing whose price is not good", async () => {
    const account = market.owned[0]!;
    const token = market.pool.tokens["ETH"]!;
    await market.deposit(market.alice, "ETH", 5);
    await market.setPrice("ETH", 0);
    const [by, to] = [market.alice.account, market.owned[1]!];
    for (const change of [
      { verb: "withdraw", account, token, amount: 1n, by },
      { verb: "transfer", from: account, to, token, amount: 1n, by },
    ] as const) {
      const snapshot = await market.snapshot([account, to]);
      const timestamp = snapshot.block.timestamp + 1;
      const changes = [change, { verb: "accrue", by } as const];
      const step = { snapshot, changes, timestamp, where: "dead", reducing: account };
      const { preview: done } = await follow(market, step);
      expect(done).to.include({ ok: false, index: 0 });
      expect((done as Refused).error.name).to.equal("PriceNotOk");
    }
  });
});
