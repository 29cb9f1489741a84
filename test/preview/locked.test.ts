import { expect } from "chai";

import type { Change } from "../../sdk/preview/Change.ts";
import { createRandom } from "../../sdk/sim/random.ts";
import type { Snapshot } from "../../sdk/snapshot/Snapshot.ts";
import { FUND, ownerOf, type AccountId } from "../../sdk/types/Ids.ts";
import { drawChange } from "./drawChange.ts";
import { drawSettle, type Made } from "./drawTrade.ts";
import { follow } from "./follow.ts";
import { endow } from "./openMarket.ts";
import { openTrading, type TradingMarket } from "./openTrading.ts";
import { openPrices, type Prices } from "./prices.ts";

const SEED = 20_261_123;
const ACTS = 150; // at each level
const CASH = 60_000_000_000n; // 60 000 USDC, so that there is room to trade
const HEIR: AccountId = `0x${"00".repeat(31)}01`;

describe("a preview of random acts in a locked pool", () => {
  const random = createRandom(SEED);
  let market: TradingMarket;
  let prices: Prices;
  let snapshot: Snapshot;

  const read = () => market.snapshot([FUND, ...market.accounts, HEIR]);

  before(async function () {
    this.timeout(200_000);
    market = await openTrading();
    await endow(market, createRandom(SEED + 2));
    for (const id of market.owned) {
      const account = ownerOf(id);
      await market.clearinghouse.write.deposit([id, market.pool.tokens["USDC"]!, CASH], {
        account,
      });
    }
    prices = openPrices(market, createRandom(SEED + 1));
    snapshot = await read();
    for (let i = 0; i < ACTS / 3; i++) await act(`open, act ${i}`, true); // so that something is held
  });

  /** An order of each kind is made for its own act; the next knows nothing of it. */
  async function draw(timestamp: number, trades: boolean): Promise<Change> {
    const made: Made[] = [];
    const stage = { market, random, snapshot, timestamp, made };
    if (!trades && random.integer(2) === 0) return drawChange({ ...stage, backstopAccount: HEIR });
    const change = await drawSettle(stage);
    market.orders.splice(0, Infinity, ...made.map(({ hash }) => hash));
    return change;
  }

  /** One act, foretold and sent. Returns what became of it, and of its fills. */
  async function act(where: string, trades = false): Promise<string[]> {
    if (await prices.move()) snapshot = await read();
    const timestamp = snapshot.block.timestamp + 1 + random.integer(60);
    market.orders.splice(0);
    const change = await draw(timestamp, trades);
    const orders = Object.fromEntries(market.orders.map((hash) => [hash, 0n]));
    const step = { snapshot: { ...snapshot, orders }, changes: [change], timestamp, where };
    const done = await follow(market, step);
    snapshot = done.snapshot;
    if (!done.preview.ok) return [done.preview.error.name];
    const fills = done.preview.steps[0]!.fills ?? [];
    return [change.verb, ...fills.map((one) => (one.ok ? "fill" : `fill: ${one.error.name}`))];
  }

  for (const [level, expected] of [
    [1, ["PoolLocked", "fill: PoolLocked", "withdraw"]],
    [2, ["PoolLocked", "fill: PoolLocked", "ExitLimited", "withdraw"]],
  ] as const) {
    it(`at level ${level} says what the chain then does, to the wei`, async function () {
      this.timeout(240_000);
      const seen: Record<string, number> = {};
      await market.clearinghouse.write.lock([level]);
      snapshot = await read();
      for (let i = 0; i < ACTS; i++) {
        const what = await act(`seed ${SEED}, level ${level}, act ${i}`);
        for (const one of what) seen[one] = (seen[one] ?? 0) + 1;
      }
      console.log(`      seed ${SEED}, ${ACTS} acts at level ${level}, 0 mismatches`, seen);
      expect(seen).to.include.keys(...expected);
    });
  }
});
