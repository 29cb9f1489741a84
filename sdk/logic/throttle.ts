import { Throttled } from "../errors/pool.ts";
import * as ThrottleMath from "../math/ThrottleMath.ts";
import { min, WAD } from "../math/WadMath.ts";
import type { Snapshot } from "../snapshot/Snapshot.ts";
import type { AccountId } from "../types/Ids.ts";
import type { FactorDelta } from "../types/Portfolio.ts";
import { withFactor } from "./factors.ts";

// How much of each factor auctions may sell now. Twin of contracts/logic/Throttle.sol.

/** How large a factor's bucket is, and how much of it was used, units; no size for no throttle. */
export interface Level {
  readonly size: bigint;
  readonly used: bigint;
}

export function levelOf(s: Snapshot, factor: number, timestamp: number): Level {
  const { bucket, marketParams } = s.factors[factor]!;
  if (marketParams.onePercent === 0n) return { size: 0n, used: 0n };
  const size = ThrottleMath.sizeOf(marketParams.onePercent);
  const elapsed = BigInt(timestamp - bucket.time);
  return { size, used: ThrottleMath.usedAfter(bucket.used, size, elapsed) };
}

/** The largest fraction of a book that passes. */
export function passing(s: Snapshot, deltas: readonly FactorDelta[], timestamp: number): bigint {
  return tightest(s, deltas, timestamp)?.room ?? WAD;
}

/** Whoever sells uses it, also who need not wait. */
export function take(
  s: Snapshot,
  deltas: readonly FactorDelta[],
  fraction: bigint,
  timestamp: number,
): Snapshot {
  return deltas.reduce((state, { factor, units }) => {
    const { size, used } = levelOf(state, factor, timestamp);
    if (size === 0n || units === 0n) return state;
    const after = min(size, used + ThrottleMath.soldOf(fraction, units));
    const scarce = scarceOf(state, factor, timestamp);
    return withFactor(state, factor, { bucket: { used: after, time: timestamp, scarce } });
  }, s);
}

/** Seconds a factor's bucket was ever under half full, a wad. */
export function scarceOf(s: Snapshot, factor: number, timestamp: number): bigint {
  const known = s.factors[factor];
  if (known === undefined) return 0n; // a book of stables alone
  const { bucket, marketParams } = known;
  const size = ThrottleMath.sizeOf(marketParams.onePercent);
  const elapsed = BigInt(timestamp - bucket.time);
  return bucket.scarce + ThrottleMath.scarceFor(bucket.used, size, elapsed);
}

/** The factor a book holds most of, at the prices of the last rounds processed; 0 if it holds none. */
export function heaviestOf(s: Snapshot, deltas: readonly FactorDelta[]): number {
  let most = -1n;
  let heaviest = 0;
  for (const { factor, units } of deltas) {
    const worth = units * s.factors[factor]!.estimate.price;
    if (worth > most) [most, heaviest] = [worth, factor];
  }
  return heaviest;
}

/** What would be sold, and how much of it. */
export interface Sold {
  readonly deltas: readonly FactorDelta[];
  readonly fraction: bigint;
}

/** @throws Throttled, with the factor that lets the least through */
export function refuse(
  s: Snapshot,
  account: AccountId,
  { deltas, fraction }: Sold,
  timestamp: number,
): never {
  const { factor, units } = tightest(s, deltas, timestamp)!;
  const { size, used } = levelOf(s, factor, timestamp);
  const sold = ThrottleMath.soldOf(fraction, units);
  throw new Throttled(account, BigInt(factor), sold, size - used);
}

/** A factor of a book, and the fraction of the book that its bucket lets through. */
export interface Tightest extends FactorDelta {
  readonly room: bigint;
}

/** The factor that lets the least through; nothing if all of it passes. */
export function tightest(
  s: Snapshot,
  deltas: readonly FactorDelta[],
  timestamp: number,
): Tightest | undefined {
  return deltas.reduce<Tightest | undefined>((least, delta) => {
    const { size, used } = levelOf(s, delta.factor, timestamp);
    if (size === 0n) return least;
    const room = ThrottleMath.roomOf(size - used, delta.units);
    return room < (least?.room ?? WAD) ? { ...delta, room } : least;
  }, undefined);
}
