import type { Volatility, VolatilityBounds } from "../types/Volatility.ts";
import { exp, ln, sqrtUp } from "./ExpMath.ts";
import { HOUR, MAX_ELAPSED, MAX_PRICE, MAX_RATE, WAD, YEAR } from "./WadMath.ts";
import { bounded, ceilDiv, clamp, divDown, max, min, mulUp } from "./WadMath.ts";

// DESIGN §7.1. Three exponentially weighted variances of one price, and the volatility used:
//   r = clamp(ln(P/P_last), ±10 %)     q = r²·YEAR/dt     v = w·v + (1 − w)·q,  w = e^(−ln2·dt/H)
//   σtarget = min(4, max(1.25·√(0.75·vS + 0.25·σstress²), 1.25·σfloor, √vF))
// The 25 % buffer, the stressed weight and the floor: EMIR RTS 153/2013 art. 28.

export const LN2 = 693147180559945309n;
export const MAX_MOVE = 100_000_000_000_000_000n;
export const MAX_VARIANCE = 4_000_000_000_000_000_000_000n;
export const MAX_VOLATILITY = 4_000_000_000_000_000_000n;
export const BUFFER = 1_250_000_000_000_000_000n;
export const RISE_PER_HOUR = 48790164169432003n; // ln 1.05
export const FALL_PER_HOUR = -5012541823544282n; // ln 0.995
export const MAINTENANCE_RISE_PER_HOUR = 9950330853168083n; // ln 1.01
export const CROWDING_FALL_PER_HOUR = -10050335853501441n; // ln 0.99
export const MAX_LOG_GROWTH = 3_000_000_000_000_000_000n; // past twentyfold no limit binds: σ moves at most tenfold
export const SHORTEST_STEP = 60n; // seconds
export const LONG_SILENCE = 7_200n; // seconds

/** Annual variance of one move over `elapsed` seconds. */
export function sampleVariance(last: bigint, price: bigint, elapsed: bigint): bigint {
  bounded(last, 1n, MAX_PRICE);
  bounded(price, 1n, MAX_PRICE);
  bounded(elapsed, SHORTEST_STEP, MAX_ELAPSED);
  const move = clamp(ln(max(1n, divDown(price, last))), -MAX_MOVE, MAX_MOVE);
  {
    return (move * move * YEAR) / (WAD * elapsed);
  }
}

/** The weighted mean of an old variance and a new sample; rounds up. */
export function mixVariance(
  variance: bigint,
  sample: bigint,
  elapsed: bigint,
  halfLife: bigint,
): bigint {
  bounded(variance, 0n, MAX_VARIANCE);
  const weight = exp(-((LN2 * elapsed) / halfLife));
  {
    return min(MAX_VARIANCE, ceilDiv(weight * variance + (WAD - weight) * sample, WAD));
  }
}

/** √ of a wad, rounded up. */
export function rootUp(x: bigint): bigint {
  {
    return sqrtUp(x * WAD);
  }
}

/** The volatility that σused moves toward. */
export function targetVolatility(day: bigint, month: bigint, bounds: VolatilityBounds): bigint {
  bounded(bounds.floor, 0n, MAX_VOLATILITY);
  bounded(bounds.stress, 0n, MAX_VOLATILITY);
  const stressed = (75n * month + 25n * mulUp(bounds.stress, bounds.stress)) / 100n;
  const buffered = mulUp(BUFFER, max(rootUp(stressed), bounds.floor));
  return min(MAX_VOLATILITY, max(buffered, rootUp(day)));
}

/** e^(perHour·elapsed), the most a figure may grow or shrink. */
export function speedLimit(perHour: bigint, elapsed: bigint): bigint {
  return exp(min(MAX_LOG_GROWTH, (perHour * elapsed) / HOUR));
}

/** σused moved toward its target within its speed limits. */
export function approach(used: bigint, target: bigint, elapsed: bigint): bigint {
  if (target > used) return min(target, mulUp(used, speedLimit(RISE_PER_HOUR, elapsed)));
  return max(target, mulUp(used, speedLimit(FALL_PER_HOUR, elapsed)));
}

/** gMM moved toward g within its speed limits. */
export function crowdingAfter(crowding: bigint, target: bigint, elapsed: bigint): bigint {
  bounded(crowding, WAD, 2n * WAD);
  bounded(target, WAD, 2n * WAD);
  const time = min(bounded(elapsed, 0n, MAX_ELAPSED * 100n), MAX_ELAPSED);
  if (target > crowding) {
    return min(target, mulUp(crowding, speedLimit(MAINTENANCE_RISE_PER_HOUR, time)));
  }
  return max(target, mulUp(crowding, speedLimit(CROWDING_FALL_PER_HOUR, time)));
}

/** The estimates after `elapsed` seconds that brought `sample`. */
export function stepVolatility(
  last: Volatility,
  price: bigint,
  sample: bigint,
  elapsed: bigint,
  bounds: VolatilityBounds,
): Volatility {
  const day = mixVariance(last.day, sample, elapsed, 24n * HOUR);
  const month = mixVariance(last.month, sample, elapsed, 720n * HOUR);
  bounded(last.used, 0n, MAX_VOLATILITY);
  bounded(last.maintenance, 0n, MAX_VOLATILITY);
  const target = targetVolatility(last.day, last.month, bounds);
  const used = approach(last.used, target, elapsed);
  const ceiling = mulUp(last.maintenance, speedLimit(MAINTENANCE_RISE_PER_HOUR, elapsed));
  return {
    hour: mixVariance(last.hour, sample, elapsed, HOUR),
    day: day,
    month: month,
    used: used,
    maintenance: min(used, ceiling),
    price: price,
  };
}

/**
 * The estimates `elapsed` seconds on at a price, the sample at least `least`; less than 60 s are no step.
 */
export function volatilityAfter(
  last: Volatility,
  price: bigint,
  least: bigint,
  elapsed: bigint,
  bounds: VolatilityBounds,
): Volatility {
  if (elapsed < SHORTEST_STEP) return last;
  const time = min(elapsed, MAX_ELAPSED);
  const sample = max(least, sampleVariance(last.price, price, time));
  return stepVolatility(last, price, sample, time, bounds);
}

/** The estimates after one oracle round. */
export function observeVolatility(
  last: Volatility,
  price: bigint,
  elapsed: bigint,
  bounds: VolatilityBounds,
): Volatility {
  return volatilityAfter(last, price, 0n, elapsed, bounds);
}

/** The estimates after a round before which others were skipped: what was not told calms nothing. */
export function resumeVolatility(
  last: Volatility,
  price: bigint,
  elapsed: bigint,
  bounds: VolatilityBounds,
): Volatility {
  return volatilityAfter(last, price, last.month, elapsed, bounds);
}

/** The estimates as of now: the same step done virtually; a long silence calms nothing. */
export function readVolatility(
  last: Volatility,
  price: bigint,
  elapsed: bigint,
  bounds: VolatilityBounds,
): Volatility {
  return volatilityAfter(last, price, elapsed > LONG_SILENCE ? last.month : 0n, elapsed, bounds);
}

/** A factor's first estimates: as stressed as its parameters say. */
export function listedVolatility(price: bigint, bounds: VolatilityBounds): Volatility {
  const variance = mulUp(bounds.stress, bounds.stress);
  const used = targetVolatility(variance, variance, bounds);
  return {
    hour: variance,
    day: variance,
    month: variance,
    used: used,
    maintenance: used,
    price: bounded(price, 1n, MAX_PRICE),
  };
}

/** σ of the last hour, √v1. */
export function hourVolatility(hour: bigint): bigint {
  return rootUp(bounded(hour, 0n, MAX_VARIANCE));
}

/** σIM = max(σused, ⅔·√v1): no speed limit, since IM liquidates no one. */
export function initialVolatility(used: bigint, hourly: bigint): bigint {
  bounded(hourly, 0n, MAX_RATE);
  {
    return max(used, (2n * hourly + 2n) / 3n);
  }
}

/** max(1, √v1 ÷ σused): how much wilder the last hour is than the estimate. */
export function volatilityRatio(used: bigint, hourly: bigint): bigint {
  bounded(used, 1n, MAX_RATE);
  bounded(hourly, 0n, MAX_RATE);
  {
    return max(WAD, (hourly * WAD) / used);
  }
}
