import { expect } from "chai";

import { liquidationPrice } from "../../sdk/preview/liquidationPrice.ts";
import { createRandom } from "../../sdk/sim/random.ts";
import { assetId, factorOf, isStable, type AccountId } from "../../sdk/types/Ids.ts";
import type { Snapshot } from "../../sdk/snapshot/Snapshot.ts";
import { withRounds } from "../../sdk/logic/rounds.ts";
import { openAccounts } from "./openAccounts.ts";
import { ASSETS, openMarket, SYMBOLS, type Market } from "./openMarket.ts";
import { openPrices } from "./prices.ts";

const SEED = 20_260_732;
const UNIT = 10n ** 10n; // of a feed with eight decimals, in wads
const LATER = 20; // seconds; estimates take no step within sixty

describe("a liquidation price", () => {
  const random = createRandom(SEED);
  let market: Market;
  let ids: AccountId[];

  before(async function () {
    this.timeout(120_000);
    market = await openMarket();
    ids = await openAccounts(market, random, { each: 18, leverage: 0.45, kinds: 2 });
  });

  /** Is the account healthy after a round of that price at that time, everything else as it is? */
  async function healthyAt(id: AccountId, symbol: string, price: bigint, time: number) {
    const restore = await market.networkHelpers.takeSnapshot();
    await market.networkHelpers.time.setNextBlockTimestamp(time);
    const feed = await market.viem.getContractAt("MockV3Aggregator", market.pool.feeds[symbol]!);
    await feed.write.updateAnswer([price / UNIT]);
    const [equity, maintenance] = await market.clearinghouse.read.health([id]);
    await restore.restore();
    return equity >= maintenance;
  }

  /** Every factor an account holds, with the symbol of its underlying. */
  function factorsOf(s: Snapshot, id: AccountId): [factor: number, symbol: string][] {
    const held = s.accounts[id]!.holdings.map(({ asset }) => asset);
    const factors = new Set(held.filter((asset) => !isStable(asset)).map(factorOf));
    return [...factors].map((f) => [f, SYMBOLS.find((name) => ASSETS[name] === assetId(f, 0))!]);
  }

  function toFeed(price: bigint): bigint {
    return ((price + UNIT - 1n) / UNIT) * UNIT;
  }

  it("is where the chain's health passes 1, to the feed's own unit", async function () {
    this.timeout(240_000);
    await openPrices(market, random).all();
    const s = await market.snapshot(ids);
    const timestamp = s.block.timestamp + LATER;
    const seen = { none: 0, exact: 0 };
    for (const [id, factor, symbol] of ids.flatMap((id) =>
      factorsOf(s, id).map(([factor, symbol]) => [id, factor, symbol] as const),
    )) {
      const { below, above, called } = liquidationPrice(s, id, factor, { timestamp });
      expect([above, called], id).to.deep.equal([null, false]);
      seen[below === null ? "none" : "exact"]++;
      if (below === null) continue;
      const where = `seed ${SEED}, ${symbol} of ${id} at ${below}`;
      const healthy = toFeed(below);
      expect(await healthyAt(id, symbol, healthy, timestamp), where).to.equal(true);
      expect(await healthyAt(id, symbol, healthy - UNIT, timestamp), where).to.equal(false);
    }
    console.log(`      seed ${SEED}:`, seen);
    expect(seen.exact).to.be.greaterThan(30);
  });

  it("is the first healthy price above, once the account is called", async () => {
    const s = await market.snapshot(ids);
    const timestamp = s.block.timestamp + LATER;
    const [id, factor, price] = ids
      .flatMap((one) => factorsOf(s, one).map(([f]) => [one, f] as const))
      .map(([one, f]) => [one, f, liquidationPrice(s, one, f, { timestamp }).below] as const)
      .find(([, , below]) => below !== null)!;
    const rounds = { [assetId(factor, 0)]: (price! * 9n) / 10n };
    const fallen = withRounds(s, { timestamp, rounds });
    const found = liquidationPrice(fallen, id, factor, { timestamp });
    expect(found).to.deep.equal({ below: null, above: price, called: true });
  });

  it("is none of a dead feed", async () => {
    const s = await market.snapshot(ids);
    const dead = withRounds(s, { timestamp: s.block.timestamp, rounds: { [ASSETS["ETH"]!]: 0n } });
    const found = liquidationPrice(dead, ids[0]!, 2, s.block);
    expect(found).to.include({ below: null, above: null });
  });

  it("is refused for a factor that is not listed", async () => {
    const s = await market.snapshot(ids);
    expect(() => liquidationPrice(s, ids[0]!, 77, s.block)).to.throw("UnknownFactor");
  });
});
