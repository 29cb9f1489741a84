import { exp } from "./ExpMath.ts";
import { MAX_ELAPSED, MAX_PRICE, WAD, YEAR } from "./WadMath.ts";
import { bounded, clamp, divDown, max, min, mulDown } from "./WadMath.ts";

// DESIGN §6. Forwards, and the average at which futures and options settle.
//   forward = spot·e^(basis·T), |basis·T| within a limit
//   settling: forward = a·average so far + (1 − a)·forward, a = elapsed share of the window

export const WINDOW = 1_800n; // seconds of oracle rounds that make a settlement price
export const MOST_SILENT = 600n; // seconds of it that may lack a good price
export const MAX_BASIS = 2_000_000_000_000_000_000n; // annual
export const MAX_SUM = 100_000_000_000_000_000_000_000_000_000_000_000_000n; // price·seconds
export const MAX_SILENCE = 1_000_000_000_000n; // seconds

/** The forward of an expiry. */
export function forwardOf(price: bigint, basis: bigint, left: bigint, limit: bigint): bigint {
  bounded(price, 0n, MAX_PRICE);
  if (basis == 0n) return price;
  bounded(basis, -MAX_BASIS, MAX_BASIS);
  bounded(limit, 0n, WAD);
  const growth = clamp((basis * bounded(left, 0n, MAX_ELAPSED)) / YEAR, -limit, limit);
  return min(MAX_PRICE, mulDown(price, exp(growth)));
}

/** Share of a settlement window that is over. */
export function settledShare(elapsed: bigint): bigint {
  return (clamp(elapsed, 0n, WINDOW) * WAD) / WINDOW;
}

/** The forward while it settles. */
export function settlingForward(forward: bigint, average: bigint, share: bigint): bigint {
  bounded(forward, 0n, MAX_PRICE);
  bounded(average, 0n, MAX_PRICE);
  bounded(share, 0n, WAD);
  return mulDown(share, average) + mulDown(WAD - share, forward);
}

/** What of a move of spot a settling forward still feels. */
export function exposedShare(forward: bigint, settling: bigint, share: bigint): bigint {
  if (bounded(settling, 0n, MAX_PRICE) == 0n) return 0n;
  const open = mulDown(WAD - bounded(share, 0n, WAD), bounded(forward, 0n, MAX_PRICE));
  return min(WAD, divDown(open, settling));
}

/** Σ price·seconds once the price has stood for `elapsed` more. */
export function sumAfter(sum: bigint, price: bigint, elapsed: bigint): bigint {
  bounded(price, 0n, MAX_PRICE);
  return bounded(sum, 0n, MAX_SUM) + price * bounded(elapsed, 0n, MAX_ELAPSED);
}

/** Seconds without a good price, once a price has stood for `elapsed` and was good for `life`. */
export function silenceAfter(silence: bigint, elapsed: bigint, life: bigint): bigint {
  bounded(elapsed, 0n, MAX_SILENCE);
  bounded(life, 0n, MAX_SILENCE);
  return bounded(silence, 0n, MAX_SILENCE) + max(0n, elapsed - life);
}

/** The average between two sums; the price in force if no time lies between. */
export function averageOf(sum: bigint, start: bigint, elapsed: bigint, price: bigint): bigint {
  if (elapsed <= 0n) return bounded(price, 0n, MAX_PRICE);
  bounded(sum, 0n, 2n * MAX_SUM);
  bounded(start, 0n, 2n * MAX_SUM);
  return clamp((sum - start) / bounded(elapsed, 1n, MAX_ELAPSED), 0n, MAX_PRICE);
}

/** What a call is worth at its settlement price. */
export function callPayoff(settlement: bigint, strike: bigint): bigint {
  return max(0n, bounded(settlement, 0n, MAX_PRICE) - bounded(strike, 0n, MAX_PRICE));
}

/** What a put is worth at its settlement price. */
export function putPayoff(settlement: bigint, strike: bigint): bigint {
  return max(0n, bounded(strike, 0n, MAX_PRICE) - bounded(settlement, 0n, MAX_PRICE));
}
