import { TooManyPositions, TooManyTerms } from "../errors/pool.ts";
import { accruedOf } from "../math/PerpMath.ts";
import { callPayoff, putPayoff } from "../math/SettlementMath.ts";
import { bounded, MAX_AMOUNT, max, min, mulDown } from "../math/WadMath.ts";
import { type Account, type Position, type Snapshot, Stage } from "../snapshot/Snapshot.ts";
import { type AccountId, expiryOf, instrumentFactorOf, type InstrumentId } from "../types/Ids.ts";
import { Kind, kindOf, strikeOf, expiryStateOf as termIdOf } from "../types/Ids.ts";
import { accountOf, MAX_FACTORS, requireFewFactors, withAccount } from "./accounts.ts";
import { factorAt, expiryStateOf } from "./factors.ts";
import { accrue, change, reprice } from "./ledger.ts";
import { changeInterest, interestOf, withInterest } from "./openInterest.ts";
import { quotePerp } from "./perp.ts";
import { factorPriceAt } from "../snapshot/price.ts";
import { expiryAt } from "./expiries.ts";

// The derivatives an account holds, and what they have earned it. Twin of contracts/logic/Positions.sol.

export const MAX_POSITIONS = 32;
export const MAX_TERMS = 8; // expiries, each factor's counted apart
const PERIOD = 1_800; // seconds of the clock in which gains stay apart

/** Spot of a factor as derivatives take it: the last one known, if its feed is dead. */
export function spotOf(s: Snapshot, factor: number, timestamp: number): bigint {
  const { price } = factorPriceAt(s, factor, timestamp);
  return price === 0n ? (s.factors[factor]?.estimate.price ?? 0n) : price;
}

export function isOption(id: InstrumentId): boolean {
  return kindOf(id) >= Kind.Call;
}

/** Is the price fixed at which it settles? @throws InstrumentNotInSnapshot */
export function isSettled(s: Snapshot, id: InstrumentId, timestamp: number): boolean {
  if (expiryOf(id) === 0 || timestamp < expiryOf(id)) return false;
  return expiryStateOf(s, id, timestamp).stage === Stage.Settled;
}

/** What a unit is worth now, as profit counts it: zero for an option that has not settled. */
export function indexOf(s: Snapshot, id: InstrumentId, timestamp: number): bigint {
  if (isSettled(s, id, timestamp)) return payoffOf(s, id, timestamp);
  if (isOption(id)) return 0n;
  const factor = factorAt(s, instrumentFactorOf(id));
  const spot = spotOf(s, instrumentFactorOf(id), timestamp);
  if (kindOf(id) === Kind.Perp) return quotePerp(factor, spot, timestamp).index;
  const term = expiryStateOf(s, id, timestamp);
  return expiryAt(factor, term, expiryOf(id), spot, timestamp).forward;
}

/** What losses took of a unit of the side that `size` is on, signed as the size. */
export function payoutHaircutOf(s: Snapshot, id: InstrumentId, size: bigint): bigint {
  if (!isCut(s, id)) return 0n;
  const [longs, shorts] = interestOf(s, id).cuts;
  return size > 0n ? longs.sum : -shorts.sum;
}

/** Did a loss ever cut payouts of the factor's instruments? */
export function isCut(s: Snapshot, id: InstrumentId): boolean {
  return s.factors[instrumentFactorOf(id)]?.estimate.cut === true;
}

/** What a unit of a settled instrument is worth. */
export function payoffOf(s: Snapshot, id: InstrumentId, timestamp: number): bigint {
  const { settlement } = expiryStateOf(s, id, timestamp);
  if (kindOf(id) === Kind.Future) return settlement;
  if (kindOf(id) === Kind.Call) return callPayoff(settlement, strikeOf(id));
  return putPayoff(settlement, strikeOf(id));
}

/** Where an account holds an instrument; past its last position if it does not. */
export function find({ positions }: Account, id: InstrumentId): number {
  const i = positions.findIndex(({ instrument }) => instrument === id);
  return i < 0 ? positions.length : i;
}

/** What a position has earned since it was last touched. */
export function accrued({ size, entry }: Position, index: bigint): bigint {
  return accruedOf(size, index, entry);
}

/**
 * Makes the position at `i` of size `size`, opening or closing it; its profit counts from its entry on.
 *
 * @throws OutOfBounds, TooManyPositions, TooManyTerms, TooManyFactors
 */
export function put(s: Snapshot, id: AccountId, i: number, position: Position): Snapshot {
  const { positions, holdings } = accountOf(s, id);
  const count = positions.length;
  bounded(position.size, -MAX_AMOUNT, MAX_AMOUNT);
  if (position.size === 0n) return drop(s, id, i);
  if (i < count) return withAccount(s, id, { positions: positions.with(i, position) });
  if (count >= MAX_POSITIONS) throw new TooManyPositions(id, BigInt(MAX_POSITIONS));
  if (count >= MAX_TERMS && expiryOf(position.instrument) !== 0) requireFewTerms(s, id, position);
  const opened = withAccount(s, id, { positions: [...positions, position] });
  if (count >= MAX_FACTORS || holdings.length > 0) requireFewFactors(opened, id);
  return opened;
}

/** Fewer positions than terms allowed cannot have too many; nor can one more of a term that is held. */
function requireFewTerms(s: Snapshot, id: AccountId, opened: Position): void {
  const dated = [...accountOf(s, id).positions, opened].filter(
    (one) => expiryOf(one.instrument) !== 0,
  );
  const terms = new Set(dated.map(({ instrument }) => termIdOf(instrument)));
  if (terms.size > MAX_TERMS) throw new TooManyTerms(id, BigInt(MAX_TERMS));
}

/** A closed position is replaced by the last. */
function drop(s: Snapshot, id: AccountId, i: number): Snapshot {
  const { positions } = accountOf(s, id);
  if (i >= positions.length) return s;
  return withAccount(s, id, { positions: positions.with(i, positions.at(-1)!).slice(0, -1) });
}

/** Pays what every position of an account has earned and closes those that have settled. */
export function settlePositions(s: Snapshot, id: AccountId, timestamp: number): Snapshot {
  return reprice(touch(accrue(s, timestamp), id, timestamp));
}

/** The same of an account that may hold none. */
export function settleIfHeld(s: Snapshot, id: AccountId, timestamp: number): Snapshot {
  return accountOf(s, id).positions.length > 0 ? settlePositions(s, id, timestamp) : s;
}

/** Does an account hold what has settled and is not paid yet? */
export function hasSettled(s: Snapshot, id: AccountId, timestamp: number): boolean {
  return accountOf(s, id).positions.some(({ instrument }) => isSettled(s, instrument, timestamp));
}

/** What positions have earned and were not paid yet, cash. */
export function dueOf(s: Snapshot, id: AccountId, timestamp: number): bigint {
  const { positions } = accountOf(s, id);
  return positions.reduce((sum, one) => sum + accrued(one, worthOf(s, one, timestamp)), 0n);
}

/** What profit of a position counts to now. */
function worthOf(s: Snapshot, { instrument, size }: Position, timestamp: number): bigint {
  return indexOf(s, instrument, timestamp) - payoutHaircutOf(s, instrument, size);
}

/** Pays and closes. Accrue cash first, reprice after. */
function touch(s: Snapshot, id: AccountId, timestamp: number): Snapshot {
  let state = s;
  let earned = 0n;
  let options = 0n; // of that, what settled options paid
  for (let i = accountOf(s, id).positions.length - 1; i >= 0; --i) {
    const position = accountOf(state, id).positions[i]!;
    const settled = isSettled(state, position.instrument, timestamp);
    const { instrument } = position;
    if (isOption(instrument) && !settled && !isCut(state, instrument)) continue;
    const index = worthOf(state, position, timestamp);
    const gain = accrued(position, index);
    earned += gain;
    if (settled && isOption(instrument)) options += gain;
    state = settled
      ? close(state, id, i, timestamp)
      : withAccount(state, id, {
          positions: accountOf(state, id).positions.with(i, { ...position, entry: index }),
        });
  }
  const paid = earned === 0n ? state : change(state, id, earned);
  // What a sold option paid was no loss: it was owed at its mark before.
  return remember(paid, id, earned - min(0n, options), timestamp);
}

function close(s: Snapshot, id: AccountId, i: number, timestamp: number): Snapshot {
  const { instrument, size } = accountOf(s, id).positions[i]!;
  const { delta } = interestOf(s, instrument);
  const closed = changeInterest(s, instrument, -max(0n, size), delta, timestamp);
  const interest = interestOf(closed, instrument);
  const counted = withInterest(closed, instrument, { closed: interest.closed + size });
  return drop(counted, id, i);
}

/** What was earned counts as a gain of this half-hour. */
export function remember(s: Snapshot, id: AccountId, earned: bigint, timestamp: number): Snapshot {
  if (earned === 0n) return s;
  const { gains } = accountOf(s, id);
  const period = Math.floor(timestamp / PERIOD);
  if (gains.period === period) {
    return withAccount(s, id, { gains: { ...gains, current: gains.current + earned } });
  }
  const previous = gains.period + 1 === period ? gains.current : 0n;
  return withAccount(s, id, { gains: { period, current: earned, previous } });
}

/** What settlement paid an account within the last half-hours: not yet good for a withdrawal. */
export function recentGains(s: Snapshot, id: AccountId, timestamp: number): bigint {
  const { period, current, previous } = accountOf(s, id).gains;
  const now = Math.floor(timestamp / PERIOD);
  if (period === now) return current + previous;
  return period + 1 === now ? current : 0n;
}

/** Moves a part of every position, rounded toward zero. Accrue cash first. */
export function movePositions(
  s: Snapshot,
  { from, to }: { readonly from: AccountId; readonly to: AccountId },
  fraction: bigint,
  timestamp: number,
): Snapshot {
  let state = touch(touch(s, from, timestamp), to, timestamp);
  for (let i = accountOf(state, from).positions.length - 1; i >= 0; --i) {
    const { instrument, size, entry } = accountOf(state, from).positions[i]!;
    const part = size < 0n ? -mulDown(-size, fraction) : mulDown(size, fraction);
    if (part === 0n) continue;
    const k = find(accountOf(state, to), instrument);
    const there = accountOf(state, to).positions[k];
    const held = there?.size ?? 0n;
    const opened = longs(held + part) + longs(size - part) - longs(held) - longs(size);
    // Both books are paid up to now; who stays on the other side keeps its side's index.
    const turned = held + part > 0n !== size > 0n;
    const kept = turned ? there!.entry : entry;
    state = put(state, to, k, { instrument, size: held + part, entry: kept });
    state = put(state, from, i, { instrument, size: size - part, entry });
    const { delta } = interestOf(state, instrument);
    state = changeInterest(state, instrument, opened, delta, timestamp);
  }
  return state;
}

function longs(size: bigint): bigint {
  return max(0n, size);
}
