import { exp, ln } from "./ExpMath.ts";
import { LN2 } from "./VolatilityMath.ts";
import { MAX_AMOUNT, MAX_ELAPSED, MAX_PRICE, MAX_VALUE, WAD } from "./WadMath.ts";
import { abs, bounded, clamp, divDown, min, mulDown } from "./WadMath.ts";

// DESIGN §6. Mark of a perp, and what holding it costs:
//   mark = spot·(1 + premium)      index = mark − funding      P&L = size·(index − index at last touch)
//   premium(t) = premium·2^(−t/1 h)      funding += ∫ clamp(premium)·spot dt ÷ 8 h
// A fill moves the premium toward its own price, by at most what its fees pay for:
//   |Δpremium|·spot·max(open interest before, after) ≤ fees

export const PREMIUM_HALF_LIFE = 3_600n; // seconds
export const FUNDING_PERIOD = 28_800n; // seconds
export const MAX_PREMIUM = 250_000_000_000_000_000n;
export const MAX_FUNDING = 10_000_000_000_000_000_000_000_000_000n;
export const MAX_INDEX_PRICE = 40_000_000_000_000_000_000_000_000_000n; // of mark less funding, either sign
export const MAX_INTEREST = 100_000_000_000_000_000_000_000_000_000_000_000_000_000_000_000_000n; // value of all that is open: more than 128 bits of units come to

/** 2^(−t/1 h): what is left of a premium. */
export function premiumDecay(elapsed: bigint): bigint {
  return exp(-((LN2 * bounded(elapsed, 0n, MAX_ELAPSED)) / PREMIUM_HALF_LIFE));
}

/** The premium after `elapsed` seconds without fills. */
export function premiumAfter(premium: bigint, elapsed: bigint): bigint {
  if (premium == 0n) return 0n;
  return mulDown(bounded(premium, -MAX_PREMIUM, MAX_PREMIUM), premiumDecay(elapsed));
}

/** Seconds, in wads, that a premium takes to decay to `cap`, which is above zero. */
export function timeAtCap(premium: bigint, cap: bigint): bigint {
  const size = abs(bounded(premium, -MAX_PREMIUM, MAX_PREMIUM));
  if (size <= bounded(cap, 1n, MAX_PREMIUM)) return 0n;
  return (ln(divDown(size, cap)) * PREMIUM_HALF_LIFE * WAD) / LN2;
}

/** What a long has paid per unit once `elapsed` more seconds passed: the premium, clamped to `cap` for
 * as long as it is above, as it decays. */
export function fundingAfter(
  funding: bigint,
  premium: bigint,
  price: bigint,
  elapsed: bigint,
  cap: bigint,
): bigint {
  if (premium == 0n || cap == 0n) return funding;
  const time = bounded(elapsed, 0n, MAX_ELAPSED) * WAD;
  const flat = min(time, timeAtCap(premium, cap));
  const decayed = WAD - exp(-((LN2 * (time - flat)) / (PREMIUM_HALF_LIFE * WAD)));
  const periods = (flat + (decayed * WAD * PREMIUM_HALF_LIFE) / LN2) / FUNDING_PERIOD;
  const rate = mulDown(clamp(premium, -cap, cap), bounded(price, 0n, MAX_PRICE));
  bounded(funding, -MAX_FUNDING, MAX_FUNDING);
  return clamp(funding + mulDown(rate, periods), -MAX_FUNDING, MAX_FUNDING);
}

/** The mark of a perp. */
export function perpMark(price: bigint, premium: bigint): bigint {
  bounded(premium, -MAX_PREMIUM, MAX_PREMIUM);
  return min(MAX_PRICE, bounded(price, 0n, MAX_PRICE) + mulDown(price, premium));
}

/** The premium after a fill at `fillPrice`, which its fees let move by `reach`. */
export function premiumAfterFill(
  premium: bigint,
  fillPrice: bigint,
  price: bigint,
  reach: bigint,
  limit: bigint,
): bigint {
  bounded(premium, -MAX_PREMIUM, MAX_PREMIUM);
  bounded(limit, 0n, MAX_PREMIUM);
  const implied = divDown(bounded(fillPrice, 0n, MAX_PRICE), bounded(price, 1n, MAX_PRICE)) - WAD;
  const wanted = clamp(implied, -limit, limit);
  const step = bounded(reach, 0n, WAD);
  return clamp(clamp(wanted, premium - step, premium + step), -limit, limit);
}

/** How far fees let a premium move: fees ÷ depth, rounded down. */
export function premiumReach(fees: bigint, depth: bigint): bigint {
  bounded(fees, 0n, MAX_VALUE);
  if (bounded(depth, 0n, MAX_INTEREST) == 0n) return 0n;
  return clamp(divDown(fees, depth), 0n, WAD);
}

/** P&L of a position since it was last touched, rounded down on either side. */
export function accruedOf(size: bigint, index: bigint, entry: bigint): bigint {
  bounded(size, -MAX_AMOUNT, MAX_AMOUNT);
  bounded(index, -MAX_INDEX_PRICE, MAX_INDEX_PRICE);
  bounded(entry, -MAX_INDEX_PRICE, MAX_INDEX_PRICE);
  return mulDown(size, index - entry);
}
