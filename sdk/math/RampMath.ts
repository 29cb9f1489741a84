import { MAX_ELAPSED, MAX_VALUE } from "./WadMath.ts";
import { bounded, min } from "./WadMath.ts";

// DESIGN §9. A number that somebody changed goes to where it was sent in a straight line, so that a change
// is nothing in its own block. What calls are opened by takes three days: at fixed prices a call that
// opened at h = 1 then keeps a grace of two hours whatever was changed (G = 0.64·τ·h² is 2 h 33 min at
// h = 1, and 2 h at h = 0.88). What IM alone counts rises within an hour: IM liquidates no one.

export const SLOW_RAMP = 259_200n; // seconds
export const FAST_RAMP = 3_600n; // seconds

/** A linear ramp, rounded toward `first`. */
export function ramp(first: bigint, last: bigint, elapsed: bigint, duration: bigint): bigint {
  const time = min(bounded(elapsed, 0n, MAX_ELAPSED), duration);
  return first + ((last - first) * time) / duration;
}

/** A number that maintenance counts, `elapsed` seconds after it was changed. */
export function maintenanceRamp(first: bigint, last: bigint, elapsed: bigint): bigint {
  bounded(first, 0n, MAX_VALUE);
  return ramp(first, bounded(last, 0n, MAX_VALUE), elapsed, SLOW_RAMP);
}

/** A number that IM alone counts: up within the hour, down as slowly as maintenance. */
export function initialRamp(first: bigint, last: bigint, elapsed: bigint): bigint {
  bounded(first, 0n, MAX_VALUE);
  bounded(last, 0n, MAX_VALUE);
  return ramp(first, last, elapsed, last > first ? FAST_RAMP : SLOW_RAMP);
}
