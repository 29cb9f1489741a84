import { ramp } from "./RampMath.ts";
import { MAX_VALUE, WAD } from "./WadMath.ts";
import { bounded, clamp, divUp, max, min, mulDown, mulUp } from "./WadMath.ts";

// DESIGN §8. A bidder takes a vertical slice f of a whole book for f·(E − D·V):
//   D = min(ramp, 0.8·E/V), so that no bid leaves the account less healthy
//   f_max = (ht·MM − E)/(ht·MM − D·V): a bid at f_max cures at ht
// Backed (E < min(1 % of V, MM/4)): the bidder is due f·X beyond the slice's equity, X = min(R·V, MM);
// the account pays f·min(X, 0.8·E) of it, the fund the rest and the slice's negative equity.

export const FIRST_DISCOUNT = 2_500_000_000_000_000n;
export const LAST_DISCOUNT = 100_000_000_000_000_000n;
export const DISCOUNT_SECONDS = 1_800n;
export const URGENT_SECONDS = 600n;
export const FIRST_BACKING = 2_500_000_000_000_000n;
export const LAST_BACKING = 50_000_000_000_000_000n;
export const EQUITY_SHARE = 800_000_000_000_000_000n; // of equity at most goes to bidders
export const CURE = 1_100_000_000_000_000_000n;
export const URGENT_CURE = 1_300_000_000_000_000_000n;
export const URGENT_HEALTH = 500_000_000_000_000_000n;
export const SMALLEST_SLICE = 100_000_000_000_000_000n;
export const BACKED_RATE = 10_000_000_000_000_000n;

/** D·V in USD at `elapsed` seconds into the auction; `duration` is shorter below the floor. */
export function discountOf(
  equity: bigint,
  gross: bigint,
  elapsed: bigint,
  duration: bigint,
): bigint {
  bounded(equity, -MAX_VALUE, MAX_VALUE);
  bounded(gross, 0n, MAX_VALUE);
  const rate = ramp(FIRST_DISCOUNT, LAST_DISCOUNT, elapsed, duration);
  return min(mulDown(rate, gross), mulDown(EQUITY_SHARE, max(0n, equity)));
}

/** Where a bid may lead the account: further when it is deep under. */
export function cureOf(health: bigint): bigint {
  return health < URGENT_HEALTH ? URGENT_CURE : CURE;
}

/** f_max, rounded up so that a bid at it cures. */
export function largestSlice(
  equity: bigint,
  maintenance: bigint,
  discount: bigint,
  cure: bigint,
): bigint {
  bounded(equity, -MAX_VALUE, MAX_VALUE);
  bounded(discount, 0n, MAX_VALUE);
  const wanted = mulUp(cure, bounded(maintenance, 0n, MAX_VALUE));
  if (wanted <= discount) return WAD;
  return clamp(divUp(wanted - equity, wanted - discount), 0n, WAD);
}

/** The least a bid may take: a tenth, or all that is left to take. */
export function smallestSlice(largest: bigint): bigint {
  return min(SMALLEST_SLICE, largest);
}

/** What the bidder pays for a slice in an unbacked auction, USD, rounded up. */
export function slicePrice(fraction: bigint, equity: bigint, discount: bigint): bigint {
  bounded(equity, -MAX_VALUE, MAX_VALUE);
  bounded(discount, 0n, MAX_VALUE);
  return mulUp(bounded(fraction, 0n, WAD), max(0n, equity - discount));
}

/** Is the equity so thin that the bidder must be paid? */
export function isBacked(equity: bigint, gross: bigint, maintenance: bigint): boolean {
  return equity < min(mulDown(BACKED_RATE, bounded(gross, 0n, MAX_VALUE)), maintenance / 4n);
}

/** X: what a bidder for the whole book is due beyond its equity, USD. */
export function backingOf(gross: bigint, maintenance: bigint, elapsed: bigint): bigint {
  const rate = ramp(FIRST_BACKING, LAST_BACKING, elapsed, URGENT_SECONDS);
  return min(mulDown(rate, bounded(gross, 0n, MAX_VALUE)), maintenance);
}

/** What the account itself pays of X for the whole book, USD. */
export function ownBacking(equity: bigint, backing: bigint): bigint {
  return min(backing, mulDown(EQUITY_SHARE, max(0n, bounded(equity, -MAX_VALUE, MAX_VALUE))));
}

/** What the waterfall pays for a slice: the rest of X and the negative equity; rounded up. */
export function waterfallShare(fraction: bigint, equity: bigint, backing: bigint): bigint {
  bounded(backing, 0n, MAX_VALUE);
  const whole = backing - ownBacking(equity, backing) + max(0n, -equity);
  return mulUp(bounded(fraction, 0n, WAD), whole);
}
