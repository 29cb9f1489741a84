import { TimeReversed } from "./errors.ts";

/** Seconds from `earlier` to `timestamp`. @throws TimeReversed */
export function elapsedSince(earlier: number, timestamp: number): bigint {
  if (timestamp < earlier) throw new TimeReversed(timestamp, earlier);
  return BigInt(timestamp - earlier);
}
