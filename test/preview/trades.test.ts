import { expect } from "chai";

import type { Change } from "../../sdk/preview/Change.ts";
import type { Preview } from "../../sdk/preview/preview.ts";
import { createRandom } from "../../sdk/sim/random.ts";
import { FUND, ownerOf, type AccountId } from "../../sdk/types/Ids.ts";
import { drawChange } from "./drawChange.ts";
import { drawCancel, drawSettle, type Made, type Stage } from "./drawTrade.ts";
import { follow } from "./follow.ts";
import { endow } from "./openMarket.ts";
import { openTrading, type TradingMarket } from "./openTrading.ts";
import { openPrices, type Prices } from "./prices.ts";

const SEED = 20_261_122;
const ACTS = Number(process.env["ACTS"] ?? 200);
const CASH = 60_000_000_000n; // 60 000 USDC, so that there is room to trade
const HEIR: AccountId = `0x${"00".repeat(31)}01`;

describe("a preview of random trades", () => {
  const seen: Record<string, number> = {};
  const made: Made[] = [];
  let market: TradingMarket;
  let prices: Prices;

  before(async function () {
    this.timeout(120_000);
    market = await openTrading();
    await endow(market, createRandom(SEED + 2));
    for (const id of market.owned) await fundMore(market, id);
    prices = openPrices(market, createRandom(SEED + 1));
  });

  const note = (what: string) => (seen[what] = (seen[what] ?? 0) + 1);

  function tally(change: Change, done: Preview) {
    note(done.ok ? change.verb : done.error.name);
    const fills = done.ok ? (done.steps[0]!.fills ?? []) : [];
    for (const fill of fills) note(fill.ok ? "fills" : `left out: ${fill.error.name}`);
  }

  async function drawAct(stage: Stage): Promise<Change> {
    const { random, market: place } = stage;
    const lot = random.integer(20);
    if (lot < 12) return drawSettle(stage);
    if (lot === 12) return drawCancel(stage);
    if (lot < 15) return { verb: "settleExpired", account: random.pick(place.owned) };
    if (lot === 15) return { verb: "settleExpiries", factor: random.pick([1, 2]) };
    return drawChange({ ...stage, backstopAccount: HEIR });
  }

  /** The snapshot as it would be, had it been asked for the orders of a change. */
  function known(snapshot: Stage["snapshot"]): Stage["snapshot"] {
    const fresh = made.filter(({ hash }) => !market.orders.includes(hash)).map(({ hash }) => hash);
    market.orders.push(...fresh);
    const none = Object.fromEntries(fresh.map((hash) => [hash, 0n]));
    return { ...snapshot, orders: { ...snapshot.orders, ...none } };
  }

  async function fundMore({ clearinghouse, pool }: TradingMarket, id: AccountId) {
    await clearinghouse.write.deposit([id, pool.tokens["USDC"]!, CASH], {
      account: ownerOf(id),
      gas: 12_000_000n,
    });
  }

  it("says what the chain then does, to the wei, or refuses with its words", async function () {
    this.timeout(400_000);
    const random = createRandom(SEED);
    const read = () => market.snapshot([FUND, ...market.accounts, HEIR]);
    let snapshot = await read();
    for (let i = 0; i < ACTS; i++) {
      const posted = i % 60 === 59;
      if (posted) await market.postSurfaces();
      if ((await prices.move()) || posted) snapshot = await read();
      if (made.length > 12) {
        made.splice(0, 8);
        market.orders.splice(0, Infinity, ...made.map(({ hash }) => hash));
        snapshot = await read();
      }
      const longest = random.pick([10, 10, 60, 60, i % 50 === 0 ? 5_000 : 60]);
      const timestamp = snapshot.block.timestamp + 1 + random.integer(longest);
      const change = await drawAct({ market, random, snapshot, timestamp, made });
      const where = `seed ${SEED}, act ${i}: ${change.verb}`;
      const step = { snapshot: known(snapshot), changes: [change], timestamp, where };
      const done = await follow(market, step);
      snapshot = done.snapshot;
      tally(change, done.preview);
    }
    console.log(`      seed ${SEED}, ${ACTS} acts, 0 mismatches`, seen);
    expect(seen).to.include.keys("settle", "settleExpired", "MarginTooLow", "PriceOutsideBand");
    expect(seen["fills"]).to.be.at.least(ACTS / 8);
  });
});
