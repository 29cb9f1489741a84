import type { FactorDelta, FactorRisk } from "../types/Portfolio.ts";
import { MAX_AMOUNT, MAX_ELAPSED, MAX_PRICE, MAX_VALUE, WAD } from "./WadMath.ts";
import { abs, bounded, clamp, divDown, divUp, max, min, mulDown, mulUp } from "./WadMath.ts";

// DESIGN §8. Auctions sell no more of a factor at once than its market takes. A bucket per factor holds a
// quarter of what moves the price by 1 %, and is refilled in ten minutes:
//   size = 0.25·depth;  used −= size·dt/10 min;  f ≤ (size − used)/|delta|;  used += f·|delta|
// What is sold rounds up; what may be sold, and what is refilled, down.
// While a bucket is under half full it is scarce. An auction's discount waits for as long as the bucket of
// its heaviest factor was, at most Gmax; its own wait in the throttle does not count: a book whose tenth is
// larger than a bucket would wait beside a full one.

export const SHARE = 250_000_000_000_000_000n; // of the 1 % depth
export const REFILL = 600n; // seconds from empty to full
export const MAX_UNITS = 200_000_000_000_000_000_000_000_000_000_000_000_000_000_000_000n; // of a factor in a book: MAX_VALUE twice, at the lowest price

/** A delta in units of its factor; none where no price was ever seen. */
export function unitsOf(net: bigint, index: bigint): bigint {
  bounded(net, -2n * MAX_VALUE, 2n * MAX_VALUE);
  return bounded(index, 0n, MAX_PRICE) == 0n ? 0n : divUp(abs(net), index);
}

/** What a book holds of each factor, all told, in units. */
export function deltasOf(factors: FactorRisk[]): FactorDelta[] {
  const deltas = new Array<FactorDelta>(factors.length);
  for (let i = 0; i < factors.length; ++i) {
    deltas[i] = { factor: factors[i]!.factor, units: factors[i]!.units };
  }
  return deltas;
}

/** What a full bucket holds, units. */
export function sizeOf(depth: bigint): bigint {
  return mulDown(SHARE, bounded(depth, 0n, MAX_AMOUNT));
}

/** What is still used of a bucket `elapsed` seconds later, units. */
export function usedAfter(used: bigint, size: bigint, elapsed: bigint): bigint {
  const refilled = (bounded(size, 0n, MAX_AMOUNT) * clamp(elapsed, 0n, REFILL)) / REFILL;
  return max(0n, min(bounded(used, 0n, MAX_AMOUNT), size) - refilled);
}

/**
 * Of the `elapsed` seconds in which nothing was sold, those with the bucket under half full, a wad.
 * It is refilled in a straight line, so the sum over the parts of an interval is that of the interval.
 */
export function scarceFor(used: bigint, size: bigint, elapsed: bigint): bigint {
  bounded(used, 0n, MAX_AMOUNT);
  if (bounded(size, 0n, MAX_AMOUNT) == 0n) return 0n;
  const over = max(0n, 2n * min(used, size) - size);
  return min((over * REFILL * WAD) / (2n * size), clamp(elapsed, 0n, REFILL) * WAD);
}

/**
 * Seconds that count toward a discount, of `elapsed` since the auction opened: without its `scarce`
 * ones, a wad, of which at most `most` are left out.
 */
export function countedOf(elapsed: bigint, scarce: bigint, most: bigint): bigint {
  bounded(elapsed, 0n, MAX_ELAPSED);
  const out = bounded(scarce, 0n, MAX_ELAPSED * WAD) / WAD;
  return max(0n, elapsed - min(out, bounded(most, 0n, MAX_ELAPSED)));
}

/** The largest fraction of `units` that what is left of a bucket lets through. */
export function roomOf(left: bigint, units: bigint): bigint {
  if (bounded(units, 0n, MAX_UNITS) == 0n) return WAD;
  return min(WAD, divDown(bounded(left, 0n, MAX_AMOUNT), units));
}

/** What a fraction of `units` takes out of a bucket. */
export function soldOf(fraction: bigint, units: bigint): bigint {
  return mulUp(bounded(fraction, 0n, WAD), bounded(units, 0n, MAX_UNITS));
}
