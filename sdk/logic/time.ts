import { TimeReversed } from "./errors.ts";

/** Seconds from `earlier` to `timestamp`. @throws TimeReversed */
export function elapsedSince(earlier: number, timestamp: number): bigint {
  if (timestamp < earlier) throw new TimeReversed(timestamp, earlier);
  return BigInt(timestamp - earlier);
}

const DAY = 86_400;

/** The UTC day of a time, since 1970: what caps a day count by. */
export function dayOf(timestamp: number): number {
  return Math.floor(timestamp / DAY);
}
