import { floorDiv, MAX_ELAPSED, max, WAD } from "../math/WadMath.ts";

const DAY = 86_400n;

export const MAX_DAYS = (MAX_ELAPSED * WAD) / DAY;

/** Days as seconds, the nearest and at least one: chains count no less. */
export function secondsOf(days: bigint): bigint {
  return max(1n, floorDiv(days * DAY + WAD / 2n, WAD));
}

/** Seconds as days. */
export function daysOf(seconds: bigint): bigint {
  return (seconds * WAD) / DAY;
}
