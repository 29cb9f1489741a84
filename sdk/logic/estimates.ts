import { EstimateBehind } from "../errors/pool.ts";
import { GRID } from "../math/OracleMath.ts";
import { observeVolatility, readVolatility, resumeVolatility } from "../math/VolatilityMath.ts";
import type { Estimate, Factor, PendingRound, Snapshot } from "../snapshot/Snapshot.ts";
import { type AccountId, expiryOf, instrumentFactorOf, type InstrumentId } from "../types/Ids.ts";
import type { Price } from "../types/Price.ts";
import type { Volatility, VolatilityBounds } from "../types/Volatility.ts";
import { accountOf } from "./accounts.ts";
import { factorAt, withFactor, withMarket } from "./factors.ts";
import { paramsAt } from "./effectiveParams.ts";
import { advance, closedAt, cross, isInWindow, tallyOf, WINDOW } from "./expiries.ts";

// A factor's volatility from every round in order. Twin of contracts/logic/Estimates.sol.

export const INLINE_ROUNDS = 8;
export const WAIT = 60; // seconds: closer rounds wait
const COUNTED = 256; // rounds that EstimateBehind counts

/** Does a round wait that would move the estimates? */
export function isBehind({ time }: Estimate, { updated }: Price): boolean {
  return updated >= time + WAIT;
}

/** The estimates as of now. With rounds pending, maintenance takes no step. */
export function volatilityAt(factor: Factor, price: Price, timestamp: number): Volatility {
  const { estimate } = factor;
  if (timestamp < estimate.time + WAIT || price.price === 0n) return estimate;
  const elapsed = BigInt(timestamp - estimate.time);
  const v = readVolatility(estimate, price.price, elapsed, boundsOf(factor, timestamp));
  return isBehind(estimate, price) ? { ...v, maintenance: estimate.maintenance } : v;
}

/** A walk over rounds that waited. */
export interface Walk {
  readonly state: Snapshot;
  readonly processed: number;
  readonly counted: number; // of these: the others moved no estimate
}

/** Processes up to `most` of a factor's rounds, in order. @throws UnknownFactor */
export function observe(s: Snapshot, id: number, most: number, timestamp: number): Walk {
  const factor = factorAt(s, id);
  const rounds = factor.pending.slice(0, most);
  if (rounds.length === 0) return { state: s, processed: 0, counted: 0 };
  const settles = factor.market.boundary !== 0;
  const told = settles ? rounds.reduce((state, one) => tell(state, id, one, timestamp), s) : s;
  let estimate = factor.estimate;
  let counted = 0;
  for (const round of rounds) {
    if (counts(estimate, round, timestamp)) counted++;
    estimate = after(estimate, round, factor, timestamp);
  }
  const pending = factor.pending.slice(rounds.length);
  const state = withFactor(told, id, { estimate, pending });
  return { state, processed: rounds.length, counted };
}

/** Every round counts in the price that futures and options settle at. */
function tell(s: Snapshot, id: number, round: PendingRound, timestamp: number): Snapshot {
  const factor = s.factors[id]!;
  const { price, updated } = round;
  const tally = tallyOf(factor);
  if (price <= 0n || updated < tally.seen || updated > timestamp) return s;
  const crossed = updated >= factor.market.boundary ? cross(s, id, tally, updated) : s;
  const { life: _, ...heard } = advance(tally, price, updated);
  return withMarket(crossed, id, heard);
}

/** Walks what an act walks by itself, of each of some factors, whether or not more wait. */
export function walkAll(s: Snapshot, factors: readonly number[], timestamp: number): Snapshot {
  return factors.reduce((state, id) => observe(state, id, INLINE_ROUNDS, timestamp).state, s);
}

/**
 * How far the rounds of some factors are walked, also those too close to move estimates: their ids, added up.
 */
export function roundsOf(s: Snapshot, factors: readonly number[]): bigint {
  return factors.reduce((sum, id) => sum + s.factors[id]!.estimate.round, 0n);
}

/** Factors in a window of which an account holds something. */
function settlingOf(s: Snapshot, account: AccountId, timestamp: number): number[] {
  const settling = accountOf(s, account).positions.filter(({ instrument }) =>
    isSettling(s, instrument, timestamp),
  );
  const factors = settling.map(({ instrument }) => instrumentFactorOf(instrument));
  return [...new Set(factors)].sort((a, b) => a - b);
}

/** Is the price of an instrument being made? */
export function isSettling(s: Snapshot, id: InstrumentId, timestamp: number): boolean {
  const time = expiryOf(id);
  if (time === 0 || time > timestamp + WINDOW) return false;
  const term = s.factors[instrumentFactorOf(id)]?.terms[time];
  return term !== undefined && isInWindow(term, timestamp);
}

/**
 * Walks what the windows wait for in which an account holds something; more must be observed first.
 *
 * @throws EstimateBehind
 */
export function enter(s: Snapshot, account: AccountId, timestamp: number): Snapshot {
  const factors = settlingOf(s, account, timestamp);
  return factors.reduce((state, id) => walkInline(state, id, timestamp), s);
}

/** The same, whether or not more wait. */
export function tryEnter(s: Snapshot, account: AccountId, timestamp: number): Entered {
  const factors = settlingOf(s, account, timestamp);
  const state = walkAll(s, factors, timestamp);
  return { state, behind: factors.some((id) => state.factors[id]!.pending.length > 0) };
}

/** Windows walked as far as an act walks: does more wait? */
export interface Entered {
  readonly state: Snapshot;
  readonly behind: boolean;
}

/**
 * An instrument whose price is being made trades at what is known: all that is due is told and walked.
 *
 * @throws EstimateBehind
 */
export function enterFill(s: Snapshot, id: InstrumentId, timestamp: number): Snapshot {
  if (!isSettling(s, id, timestamp)) return s;
  const factor = instrumentFactorOf(id);
  const state = walkInline(s, factor, timestamp);
  const untold = untoldOf(state, factor, timestamp);
  if (untold > 0) throw new EstimateBehind(BigInt(factor), BigInt(untold));
  return state;
}

/** Settles what has expired as far as all rounds are told. @throws UnknownFactor, EstimateBehind */
export function settleTerms(s: Snapshot, id: number, timestamp: number): Snapshot {
  const boundary = s.factors[id]?.market.boundary ?? 0;
  if (boundary === 0 || timestamp < boundary) return s;
  const state = walkInline(s, id, timestamp);
  const factor = state.factors[id]!;
  const closed = closedAt(factor, timestamp);
  return closed < factor.market.boundary ? state : cross(state, id, tallyOf(factor), closed);
}

/** Walks what an act walks by itself; more must be observed, or told, first. @throws EstimateBehind */
export function catchUp(s: Snapshot, id: number, timestamp: number): Snapshot {
  const state = walkInline(s, id, timestamp);
  const untold = untoldOf(state, id, timestamp);
  if (untold <= INLINE_ROUNDS) return state;
  throw new EstimateBehind(BigInt(id), BigInt(untold));
}

/** Slots that are due and that no one has told. */
function untoldOf(s: Snapshot, id: number, timestamp: number): number {
  return Math.ceil((timestamp - closedAt(factorAt(s, id), timestamp)) / Number(GRID));
}

/** @throws EstimateBehind if more wait */
function walkInline(s: Snapshot, factor: number, timestamp: number): Snapshot {
  const waiting = factorAt(s, factor).pending.length;
  if (waiting <= INLINE_ROUNDS) return observe(s, factor, INLINE_ROUNDS, timestamp).state;
  throw new EstimateBehind(BigInt(factor), BigInt(Math.min(waiting, COUNTED)));
}

/** Nonsense, what comes too soon after a round, and what is not yet, leaves no trace. */
function counts(e: Estimate, { price, updated }: PendingRound, timestamp: number): boolean {
  return price > 0n && updated >= e.time + WAIT && updated <= timestamp;
}

/** The estimates after one round; nonsense and what comes too soon leave only its id. */
function after(e: Estimate, round: PendingRound, factor: Factor, timestamp: number): Estimate {
  const { id, price, updated, skipped } = round;
  if (!counts(e, round, timestamp)) return { ...e, round: id };
  const step = skipped ? resumeVolatility : observeVolatility;
  const v = step(e, price, BigInt(updated - e.time), boundsOf(factor, updated));
  return { ...e, ...v, time: updated, round: id };
}

function boundsOf(factor: Factor, timestamp: number): VolatilityBounds {
  const params = paramsAt(factor, timestamp);
  return { floor: params.volatilityFloor, stress: params.volatilityStress };
}
