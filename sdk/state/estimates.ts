import { EstimateBehind, UnknownFactor } from "../errors/pool.ts";
import { observeVolatility, readVolatility } from "../math/VolatilityMath.ts";
import type { Estimate, Factor, PendingRound, Snapshot } from "../snapshot/Snapshot.ts";
import type { Price } from "../types/Price.ts";
import type { Volatility, VolatilityBounds } from "../types/Volatility.ts";

// A factor's volatility from every round in order. Twin of contracts/logic/Estimates.sol.

export const INLINE_ROUNDS = 8;
export const WAIT = 60; // seconds: closer rounds wait
const COUNTED = 256; // rounds that EstimateBehind counts

/** A factor that is listed. @throws UnknownFactor */
export function factorAt(s: Snapshot, factor: number): Factor {
  const found = s.factors[factor];
  if (found === undefined || found.estimate.time === 0) throw new UnknownFactor(BigInt(factor));
  return found;
}

/** Does a round wait that would move the estimates? */
export function isBehind({ time }: Estimate, { updated }: Price): boolean {
  return updated >= time + WAIT;
}

/** The estimates as of now. With rounds pending, maintenance takes no step. */
export function volatilityAt(factor: Factor, price: Price, timestamp: number): Volatility {
  const { estimate } = factor;
  if (timestamp < estimate.time + WAIT || price.price === 0n) return estimate;
  const elapsed = BigInt(timestamp - estimate.time);
  const v = readVolatility(estimate, price.price, elapsed, boundsOf(factor));
  return isBehind(estimate, price) ? { ...v, maintenance: estimate.maintenance } : v;
}

/** A walk over rounds that waited. */
export interface Walk {
  readonly state: Snapshot;
  readonly processed: number;
}

/** Processes up to `most` of a factor's rounds, in order. @throws UnknownFactor */
export function observe(s: Snapshot, factor: number, most: number, timestamp: number): Walk {
  const found = factorAt(s, factor);
  const rounds = found.pending.slice(0, most);
  if (rounds.length === 0) return { state: s, processed: 0 };
  const step = (e: Estimate, round: PendingRound) => after(e, round, found, timestamp);
  const walked: Factor = {
    ...found,
    estimate: rounds.reduce(step, found.estimate),
    pending: found.pending.slice(rounds.length),
  };
  const state = { ...s, factors: { ...s.factors, [factor]: walked } };
  return { state, processed: rounds.length };
}

/** Walks what an act walks by itself. @throws EstimateBehind if more wait */
export function catchUp(s: Snapshot, factor: number, timestamp: number): Snapshot {
  const waiting = factorAt(s, factor).pending.length;
  if (waiting <= INLINE_ROUNDS) return observe(s, factor, INLINE_ROUNDS, timestamp).state;
  throw new EstimateBehind(BigInt(factor), BigInt(Math.min(waiting, COUNTED)));
}

/** The estimates after one round; nonsense and what comes too soon leave only its id. */
function after(e: Estimate, round: PendingRound, factor: Factor, timestamp: number): Estimate {
  const { id, price, updated } = round;
  if (price <= 0n || updated < e.time + WAIT || updated > timestamp) return { ...e, round: id };
  const v = observeVolatility(e, price, BigInt(updated - e.time), boundsOf(factor));
  return { ...e, ...v, time: updated, round: id };
}

function boundsOf({ params }: Factor): VolatilityBounds {
  return { floor: params.volatilityFloor, stress: params.volatilityStress };
}
