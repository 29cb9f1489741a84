import { exp } from "./ExpMath.ts";
import { MAX_AMOUNT, MAX_ELAPSED, MAX_RATE, MAX_VALUE, WAD, YEAR } from "./WadMath.ts";
import { bounded, clamp, divDown, floorDiv, max, min, mulDown, mulUp } from "./WadMath.ts";

// DESIGN §4. Signed cash as a principal under two indexes; what is rounded falls to the house.
//   cash = principal·index      index ← index·e^(rate·elapsed)
// Totals of the pool may outgrow the largest book, by interest too: they are amounts.
// The exponential is per-second compounding, (1 + r)^n, to within r²·n/2 relative: at 100 % a year
// under 2e-8 a year, in both indexes alike.

export const MAX_INDEX = 4_000_000_000_000_000_000_000n;
export const MAX_RATE_PER_SECOND = 1_000_000_000_000n; // what 40 bits hold; 31 a year
export const MAX_EXPONENT = 8_000_000_000_000_000_000n;
export const MAX_DAILY_LOSS = 200_000_000_000_000_000n;

/** Share of what was lent that is out of the vault. */
export function utilisationOf(booked: bigint, lent: bigint): bigint {
  bounded(booked, -MAX_AMOUNT, MAX_AMOUNT);
  if (bounded(lent, 0n, MAX_AMOUNT) == 0n) return 0n;
  return clamp(WAD - divDown(booked, lent), 0n, WAD);
}

/** Share of what was lent that earns interest; a booked loss earns none. */
export function earningShare(owed: bigint, lent: bigint): bigint {
  bounded(owed, 0n, MAX_AMOUNT);
  if (bounded(lent, 0n, MAX_AMOUNT) == 0n) return 0n;
  return min(WAD, divDown(owed, lent));
}

/** Kinked borrow rate per second; `base`, `low`, `high` are annual. Rounds up. */
export function borrowRateOf(
  utilisation: bigint,
  kink: bigint,
  base: bigint,
  low: bigint,
  high: bigint,
): bigint {
  bounded(utilisation, 0n, WAD);
  bounded(kink, 0n, WAD);
  bounded(base, 0n, MAX_RATE);
  const below = mulUp(bounded(low, 0n, MAX_RATE), min(utilisation, kink));
  const above = mulUp(bounded(high, 0n, MAX_RATE), max(0n, utilisation - kink));
  return min(MAX_RATE_PER_SECOND, (base + below + above) / YEAR + 1n);
}

/** What lenders earn per second; the rest is the house's. Rounds down. */
export function supplyRateOf(borrowRate: bigint, utilisation: bigint, spread: bigint): bigint {
  bounded(borrowRate, 0n, MAX_RATE_PER_SECOND);
  bounded(utilisation, 0n, WAD);
  return mulDown(mulDown(borrowRate, utilisation), WAD - bounded(spread, 0n, WAD));
}

/** e^(rate·elapsed) of a rate per second. */
export function growthOf(rate: bigint, elapsed: bigint): bigint {
  bounded(rate, 0n, MAX_RATE_PER_SECOND);
  return exp(min(MAX_EXPONENT, rate * min(bounded(elapsed, 0n, MAX_ELAPSED * 100n), MAX_ELAPSED)));
}

export function supplyIndexAfter(index: bigint, rate: bigint, elapsed: bigint): bigint {
  bounded(index, 0n, MAX_INDEX);
  return min(MAX_INDEX, mulDown(index, growthOf(rate, elapsed)));
}

export function borrowIndexAfter(index: bigint, rate: bigint, elapsed: bigint): bigint {
  bounded(index, 0n, MAX_INDEX);
  return min(MAX_INDEX, mulUp(index, growthOf(rate, elapsed)));
}

/** Cash of a principal: lent at the supply index, owed at the borrow index. Rounds down. */
export function cashOf(principal: bigint, supplyIndex: bigint, borrowIndex: bigint): bigint {
  bounded(principal, -MAX_AMOUNT, MAX_AMOUNT);
  const index = principal < 0n ? borrowIndex : supplyIndex;
  return mulDown(principal, bounded(index, 0n, MAX_INDEX));
}

/** Principal of an amount of cash. Rounds down. */
export function principalOf(cash: bigint, supplyIndex: bigint, borrowIndex: bigint): bigint {
  bounded(cash, -MAX_VALUE, MAX_VALUE);
  const index = cash < 0n ? borrowIndex : supplyIndex;
  return divDown(cash, bounded(index, 1n, MAX_INDEX));
}

/** How much of a deficit lenders can be made to bear today. */
export function lossToday(deficit: bigint, lent: bigint, lostToday: bigint): bigint {
  bounded(lostToday, 0n, MAX_AMOUNT);
  const most = mulDown(MAX_DAILY_LOSS, bounded(lent, 0n, MAX_AMOUNT) + lostToday) - lostToday;
  return clamp(most, 0n, bounded(deficit, 0n, MAX_AMOUNT));
}

/** The supply index after lenders bear a loss; rounds down. */
export function indexAfterLoss(index: bigint, lent: bigint, loss: bigint): bigint {
  bounded(index, 0n, MAX_INDEX);
  bounded(loss, 0n, bounded(lent, 0n, MAX_AMOUNT));
  return lent == 0n ? index : floorDiv(index * (lent - loss), lent);
}
