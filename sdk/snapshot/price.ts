import { agedBand } from "../math/OracleMath.ts";
import { debtQuote, narrowed } from "../math/PriceMath.ts";
import { divDown, divUp, WAD } from "../math/WadMath.ts";
import { soundRate } from "../math/RateMath.ts";
import type { Ageing, Feed, Snapshot } from "./Snapshot.ts";
import { type AssetId, assetId, CASH } from "../types/Ids.ts";
import { type Price, Status } from "../types/Price.ts";

// What the oracle will answer at a time if no round comes. Twin of the ageing of
// contracts/oracles/{ChainlinkOracle,PythOracle}.sol.

/**
 * How bands enter: as requirements take them, or as margin calls do (DESIGN §5). Capacity: as
 * requirements do, but with IM at σused and gMM. Steady: as plain, with no rate below the last sound one.
 * Told: as steady, at the last rounds told.
 */
export type View = "conservative" | "capacity" | "plain" | "steady" | "told";

/** No price at all. */
export const DEAD: Price = { price: 0n, band: 0n, deviation: 0n, updated: 0, status: Status.Dead };

/** The price of an asset at a time. USD, or units of the underlying for an asset that follows one. */
export function priceAt(s: Snapshot, asset: AssetId, timestamp: number): Price {
  const feed = s.feeds[asset];
  return feed === undefined ? DEAD : agedPrice(feed, timestamp);
}

/** The price of a factor's own underlying at a time, USD. */
export function factorPriceAt(s: Snapshot, factor: number, timestamp: number): Price {
  return priceAt(s, assetId(factor, 0), timestamp);
}

/** A price some time after its round: past the heartbeat it is stale and its band grows. */
export function agedPrice({ price, ageing }: Feed, timestamp: number): Price {
  if (ageing === null || price.price === 0n) return price;
  const late = timestamp - price.updated - ageing.heartbeat;
  if (late <= 0) return price;
  const band = agedBand(price.price, price.band, ageing.volatility, BigInt(late));
  const deviation = (price.price * ageing.deviation) / WAD;
  return { ...price, band, deviation, status: Status.Stale };
}

/** What a feed's round is worth when it comes. */
export function freshPrice(price: bigint, updated: number, ageing: Ageing): Price {
  const deviation = (price * ageing.deviation) / WAD;
  return { price, band: deviation, deviation, updated, status: Status.Ok };
}

/** R of an asset as of a time; zero for one that is not listed. */
export function soundAt(s: Snapshot, asset: AssetId, timestamp: number): bigint {
  const rate = s.assets[asset]?.rate;
  return rate === undefined ? 0n : soundRate(rate, BigInt(timestamp - rate.namedAt));
}

/** What a unit of owed cash counts at, USD; the last sound price if its feed is dead. */
export function debtPriceAt(s: Snapshot, timestamp: number): bigint {
  const price = priceAt(s, CASH, timestamp);
  return price.price === 0n ? soundAt(s, CASH, timestamp) : debtQuote(price).price;
}

/** USD as cash, rounded down. */
export function toCash(s: Snapshot, value: bigint, timestamp: number): bigint {
  return divDown(value, debtPriceAt(s, timestamp));
}

/** USD as cash, rounded up. */
export function toCashUp(s: Snapshot, value: bigint, timestamp: number): bigint {
  return divUp(value, debtPriceAt(s, timestamp));
}

/** Is it one by which margin calls open, burn and are confirmed? */
export function isPlain(view: View): boolean {
  return view !== "conservative" && view !== "capacity";
}

/** A price as a view takes it: a margin call takes a dead one as the last one known. */
export function seen(price: Price, view: View, last: bigint): Price {
  if (!isPlain(view)) return price;
  const plain = narrowed(price);
  return plain.price === 0n ? { ...plain, price: last } : plain;
}
