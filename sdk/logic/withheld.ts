import { LookDue } from "../errors/pool.ts";
import { min } from "../math/WadMath.ts";
import type { PayoutHaircut, Part, Snapshot } from "../snapshot/Snapshot.ts";
import { instrumentFactorOf, type InstrumentId } from "../types/Ids.ts";
import { interestOf, withInterest } from "./openInterest.ts";
import { factorPriceAt } from "../snapshot/price.ts";

// What is withheld of a unit for losses that are seen and not booked; and whether every account that lacks
// something was looked at since a price it hangs on last changed. Twin of contracts/logic/Withheld.sol.

const STAMP_BITS = 32;

/** One side of an instrument: what losses took of its units. */
export function sideOf(s: Snapshot, id: InstrumentId, longs: boolean): PayoutHaircut {
  return interestOf(s, id).cuts[longs ? 0 : 1];
}

/** The state with some members of one side's cut replaced. */
export function withSide(
  s: Snapshot,
  id: InstrumentId,
  longs: boolean,
  change: Partial<PayoutHaircut>,
): Snapshot {
  const { cuts } = interestOf(s, id);
  const next = { ...cuts[longs ? 0 : 1], ...change };
  return withInterest(s, id, { cuts: longs ? [next, cuts[1]] : [cuts[0], next] });
}

/** A leg, and its rate until now. */
interface Change {
  readonly part: Part;
  readonly before: bigint;
}

/** The state, and a leg as it is now. */
export interface Noted {
  readonly state: Snapshot;
  readonly part: Part;
}

/** Notes what one leg of an account, looked at now, withholds, where it was `before` until now. */
export function note(
  s: Snapshot,
  { part, before }: Change,
  factors: readonly number[],
  timestamp: number,
): Noted {
  if (before === 0n && part.rate === 0n) return { state: s, part };
  const { instrument, longs, rate } = part;
  const side = sideOf(s, instrument, longs);
  const all = factors.reduce((mask, factor) => mask | (1n << BigInt(factor)), side.factors);
  const stamp = stampOf(s, all, timestamp);
  const kept = stamp === side.stamp ? side.known : 0n;
  const known = part.stamp === stamp ? kept - min(kept, before) : kept;
  const held = side.held + rate - before;
  const change = { stamp, held, known: known + rate, factors: held === 0n ? 0n : all };
  return { state: withSide(s, instrument, longs, change), part: { ...part, stamp } };
}

/**
 * At a better price part of what is withheld comes back, to who was charged: before a unit is opened that was
 * not, all of it must have come.
 *
 * @throws LookDue
 */
export function requireLooked(s: Snapshot, id: InstrumentId, timestamp: number): void {
  if (!s.factors[instrumentFactorOf(id)]!.estimate.cut) return;
  for (const longs of [true, false]) {
    const { held, known, stamp, factors } = sideOf(s, id, longs);
    if (held === 0n || (known === held && stamp === stampOf(s, factors, timestamp))) continue;
    throw new LookDue(id, longs);
  }
}

/** Which rounds some factors are at: the sum of their times, as far as it fits. */
function stampOf(s: Snapshot, factors: bigint, timestamp: number): number {
  let sum = 0n;
  for (let factor = 0; factors >> BigInt(factor) !== 0n; ++factor) {
    if ((factors >> BigInt(factor)) & 1n)
      sum += BigInt(factorPriceAt(s, factor, timestamp).updated);
  }
  return Number(BigInt.asUintN(STAMP_BITS, sum));
}
