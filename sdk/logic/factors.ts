import { UnknownFactor } from "../errors/pool.ts";
import {
  type Factor,
  type Market,
  Stage,
  type Snapshot,
  type ExpiryState,
} from "../snapshot/Snapshot.ts";
import { expiryOf, instrumentFactorOf, type InstrumentId } from "../types/Ids.ts";
import { InstrumentNotInSnapshot } from "./errors.ts";

// Factors of a state, and what trades on them.

/** What is stored of an expiry that no one listed. */
export const UNLISTED: ExpiryState = {
  surface: { atm: 0n, skew: 0n, curvature: 0n },
  basis: 0n,
  posted: 0,
  stage: Stage.Unlisted,
  windowStart: 0,
  settlement: 0n,
  startSum: 0n,
  startSilence: 0n,
};

/** A factor that is listed. @throws UnknownFactor */
export function factorAt(s: Snapshot, factor: number): Factor {
  const found = s.factors[factor];
  if (found === undefined || found.estimate.time === 0) throw new UnknownFactor(BigInt(factor));
  return found;
}

/** The state with some members of a factor replaced. */
export function withFactor(s: Snapshot, factor: number, change: Partial<Factor>): Snapshot {
  return { ...s, factors: { ...s.factors, [factor]: { ...s.factors[factor]!, ...change } } };
}

/** The state with some members of a factor's market replaced. */
export function withMarket(s: Snapshot, factor: number, change: Partial<Market>): Snapshot {
  return withFactor(s, factor, { market: { ...s.factors[factor]!.market, ...change } });
}

/**
 * The term of an instrument's expiry. One that lies ahead is in the snapshot, or not listed; one that is
 * over may have settled before.
 *
 * @throws InstrumentNotInSnapshot
 */
export function expiryStateOf(s: Snapshot, id: InstrumentId, timestamp: number): ExpiryState {
  const found = s.factors[instrumentFactorOf(id)]?.terms[expiryOf(id)];
  if (found !== undefined) return found;
  if (expiryOf(id) > timestamp) return UNLISTED;
  throw new InstrumentNotInSnapshot(id);
}
