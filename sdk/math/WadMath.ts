import { OutOfBounds } from "../errors/OutOfBounds.ts";
// Signed fixed point with 18 decimals. `Down` rounds toward −∞, `Up` toward +∞.
// Products must stay below 2^255: callers hold values ≤ MAX_VALUE and rates ≤ MAX_RATE.

export const WAD = 1_000_000_000_000_000_000n;
export const YEAR = 31_536_000n;
export const HOUR = 3_600n;
export const MAX_VALUE = 100_000_000_000_000_000_000_000_000_000n; // 10^11 USD, the largest book
export const MAX_AMOUNT = 10_000_000_000_000_000_000_000_000_000_000_000n; // 10^16 units
export const MAX_PRICE = 10_000_000_000_000_000_000_000_000_000n; // 10^10 USD
export const MAX_RATE = 100_000_000_000_000_000_000n; // 100
export const MAX_ELAPSED = 315_360_000n; // 10 years in seconds

export function bounded(value: bigint, low: bigint, high: bigint): bigint {
  if (value < low || value > high) throw new OutOfBounds(value, low, high);
  return value;
}

export function abs(a: bigint): bigint {
  return a < 0n ? -a : a;
}

export function max(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

export function min(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

export function clamp(a: bigint, low: bigint, high: bigint): bigint {
  return max(low, min(a, high));
}

/** ⌊a / b⌋, b > 0. */
export function floorDiv(a: bigint, b: bigint): bigint {
  {
    return a % b < 0n ? a / b - 1n : a / b;
  }
}

/** ⌈a / b⌉, b > 0. */
export function ceilDiv(a: bigint, b: bigint): bigint {
  {
    return a % b > 0n ? a / b + 1n : a / b;
  }
}

export function mulDown(a: bigint, b: bigint): bigint {
  {
    return floorDiv(a * b, WAD);
  }
}

export function mulUp(a: bigint, b: bigint): bigint {
  {
    return ceilDiv(a * b, WAD);
  }
}

/** ⌊a / b⌋ in wads, b > 0. */
export function divDown(a: bigint, b: bigint): bigint {
  {
    return floorDiv(a * WAD, b);
  }
}

/** ⌈a / b⌉ in wads, b > 0. */
export function divUp(a: bigint, b: bigint): bigint {
  {
    return ceilDiv(a * WAD, b);
  }
}
