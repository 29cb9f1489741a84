import { WAD } from "../math/WadMath.ts";
import type { Pair } from "../types/Portfolio.ts";

// Contracts keep what somebody chose in fewer bits than a wad.

export const PART = 1_000_000_000n; // wads in a part per billion
export const MILLIONTH = 1_000_000_000_000n; // wads in a millionth

/** Parts per billion as a wad. */
export function partsToWad(parts: number): bigint {
  return BigInt(parts) * PART;
}

/** Millionths of a unit as a wad. */
export function millionthsToWad(millionths: bigint): bigint {
  return millionths * MILLIONTH;
}

/** Maintenance and initial parts per billion as wads. */
export function partsToPair(maintenance: number, initial: number): Pair {
  return [partsToWad(maintenance), partsToWad(initial)];
}

/** Whole units as a wad. */
export function wholeToWad(whole: number): bigint {
  return BigInt(whole) * WAD;
}

/** The most of an asset that the pool may hold, twin of contracts/types/State.sol. */
export const MAX_HOLDING = 10n ** 33n; // wads
