import { type Price, Status } from "../types/Price.ts";
import { rootUp } from "./VolatilityMath.ts";
import { MAX_ELAPSED, MAX_PRICE, MAX_RATE, WAD, YEAR } from "./WadMath.ts";
import { abs, bounded, max, min, mulDown, mulUp } from "./WadMath.ts";

// DESIGN §5. How far prices may be off, and what two sources make of one price.

export const DAY = 86_400n;
export const GRID = 300n; // seconds between the slots of a feed whose rounds are posted
export const SKIPPABLE = 3_600n; // seconds after which a slot that no one posted may be skipped

/** price·σ·√(late/YEAR): how far a price may have wandered since its heartbeat; at most all. */
export function staleBand(price: bigint, volatility: bigint, late: bigint): bigint {
  bounded(price, 0n, MAX_PRICE);
  bounded(volatility, 0n, MAX_RATE);
  const span = (min(bounded(late, 0n, MAX_ELAPSED * 100n), MAX_ELAPSED) * WAD) / YEAR;
  return min(price, mulUp(price, mulUp(volatility, rootUp(span))));
}

/** The band of a price `late` seconds past its heartbeat; at most all of it. */
export function agedBand(price: bigint, band: bigint, volatility: bigint, late: bigint): bigint {
  return min(price, bounded(band, 0n, MAX_PRICE) + staleBand(price, volatility, late));
}

/** The band of a price that tells its own uncertainty: no narrower than the feed's threshold. */
export function confidenceBand(price: bigint, deviation: bigint, confidence: bigint): bigint {
  return min(bounded(price, 0n, MAX_PRICE), max(deviation, confidence));
}

/** Do two prices differ by more than `bound` of the lower one? */
export function disagree(first: bigint, second: bigint, bound: bigint): boolean {
  bounded(first, 0n, MAX_PRICE);
  bounded(second, 0n, MAX_PRICE);
  return abs(first - second) > mulDown(min(first, second), bounded(bound, 0n, WAD));
}

/** The same price, at best Degraded. */
export function degraded(price: Price): Price {
  return {
    price: price.price,
    band: price.band,
    deviation: price.deviation,
    updated: price.updated,
    status: price.status == Status.Ok ? Status.Degraded : price.status,
  };
}

/** One price of two sources: the better by its status, the first of equals. It is Ok if both are and
 * agree; where they do not, its band reaches over the other's. */
export function guardedPrice(first: Price, second: Price, bound: bigint): Price {
  if (first.status != Status.Ok || second.status != Status.Ok) {
    return second.status < first.status ? degraded(second) : degraded(first);
  }
  if (!disagree(first.price, second.price, bound)) return first;
  const reach = abs(first.price - second.price) + bounded(second.band, 0n, MAX_PRICE);
  return {
    price: first.price,
    band: min(first.price, max(first.band, reach)),
    deviation: first.deviation,
    updated: first.updated,
    status: Status.Degraded,
  };
}

/** The lower of what an asset trades at and what it can be redeemed for, with the wider band and the
 * worse status; if there is no price of one kind, the other, at best Degraded. */
export function lowerPrice(market: Price, redemption: Price): Price {
  if (redemption.price == 0n) return degraded(market);
  if (market.price == 0n) return degraded(redemption);
  const price = min(market.price, redemption.price);
  return {
    price: price,
    band: min(price, max(market.band, redemption.band)),
    deviation: min(price, max(market.deviation, redemption.deviation)),
    updated: market.updated < redemption.updated ? market.updated : redemption.updated,
    status: market.status > redemption.status ? market.status : redemption.status,
  };
}

/** A rate that may exceed what it last was by `growth` in a day, and by no more however long. */
export function cappedRate(rate: bigint, last: bigint, growth: bigint, elapsed: bigint): bigint {
  bounded(rate, 0n, MAX_RATE);
  bounded(last, 0n, MAX_RATE);
  bounded(growth, 0n, WAD);
  const time = min(bounded(elapsed, 0n, MAX_ELAPSED * 100n), DAY);
  return min(rate, last + mulDown(last, (growth * time) / DAY));
}

/** A price of what one unit converts to, at `rate`: the price, rounded down, and its bands. */
export function convertedPrice(price: Price, rate: bigint): Price {
  bounded(price.price, 0n, MAX_PRICE);
  bounded(price.band, 0n, MAX_PRICE);
  bounded(price.deviation, 0n, MAX_PRICE);
  const value = mulDown(price.price, bounded(rate, 0n, MAX_RATE));
  const dead = value == 0n || value > MAX_PRICE;
  return {
    price: dead ? 0n : value,
    band: dead ? 0n : min(value, mulUp(price.band, rate)),
    deviation: dead ? 0n : min(value, mulUp(price.deviation, rate)),
    updated: price.updated,
    status: dead ? Status.Dead : price.status,
  };
}
