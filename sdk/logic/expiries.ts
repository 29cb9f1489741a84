import { expiryRate } from "../math/MarginMath.ts";
import { rootTimeOf } from "../math/OptionMath.ts";
import * as SettlementMath from "../math/SettlementMath.ts";
import { max, WAD } from "../math/WadMath.ts";
import { type Factor, type Snapshot, Stage, type ExpiryState } from "../snapshot/Snapshot.ts";
import type { Expiry } from "../types/Portfolio.ts";
import { withFactor } from "./factors.ts";
import { marketParamsAt } from "./effectiveParams.ts";

// Forward, surface and settlement price of an expiry. Twin of contracts/logic/instruments/Expiries.sol.

export const WINDOW = Number(SettlementMath.WINDOW);

/** The prices of a factor as its rounds are walked. */
export interface Tally {
  readonly price: bigint;
  readonly seen: number;
  readonly silence: bigint;
  readonly sum: bigint;
  readonly life: number; // seconds a price is good
}

/** One expiry at spot `price`, with nothing held of it yet. */
export function expiryAt(
  factor: Factor,
  term: ExpiryState,
  time: number,
  price: bigint,
  timestamp: number,
): Expiry {
  const left = max(0n, BigInt(time) - BigInt(timestamp));
  const root = rootTimeOf(left);
  const limit = expiryRate(marketParamsAt(factor, timestamp).basis, left) / 2n;
  const forward = SettlementMath.forwardOf(price, term.basis, left, limit);
  const whole = { forward, exposed: WAD, unsettled: WAD, ahead: WAD };
  const made = isInWindow(term, timestamp)
    ? settlingAt(factor, term, { open: forward, price }, timestamp)
    : undefined;
  const empty = { futures: 0n, strikes: [], vega: 0n, largestLoss: 0n };
  return { time, left, root, ...(made ?? whole), ...empty, curves: [[], [], [], []] };
}

/** Is the price of an expiry being made? */
export function isInWindow({ stage, windowStart }: ExpiryState, timestamp: number): boolean {
  const open = stage === Stage.Trading || stage === Stage.Settling;
  return open && timestamp > windowStart;
}

/** Does a round wait that may count in the window of an expiry? */
export function waits({ pending }: Factor, term: ExpiryState, timestamp: number): boolean {
  return isInWindow(term, timestamp) && pending.length > 0;
}

/** Until when all rounds of a factor are told. */
export function closedAt({ told }: Factor, timestamp: number): number {
  return told === null ? timestamp : Math.min(timestamp, told.closed);
}

/**
 * Inside the window what is known moves no more; the rest, what the clock has reached of it too, counts at
 * `price`. Of a window that will move on nothing is known.
 */
function settlingAt(
  factor: Factor,
  term: ExpiryState,
  { open, price }: { readonly open: bigint; readonly price: bigint },
  timestamp: number,
) {
  const tally = tallyOf(factor);
  const start = term.windowStart;
  const known = knownUntil(factor, start, timestamp);
  const { sum, silence } = atStart(term, tally);
  if (silenceAt(tally, known) - silence > SettlementMath.MOST_SILENT) return undefined;
  const elapsed = BigInt(known - start);
  const share = SettlementMath.settledShare(elapsed);
  const average = SettlementMath.averageOf(sumAt(tally, known), sum, elapsed, price);
  const forward = SettlementMath.settlingForward(open, average, share);
  const exposed = SettlementMath.exposedShare(open, forward, share);
  const ahead = WAD - SettlementMath.settledShare(BigInt(timestamp - start));
  return { forward, exposed, unsettled: WAD - share, ahead };
}

/** Until when the prices of a window are known: as far as rounds are told, once they are walked. */
function knownUntil(factor: Factor, start: number, timestamp: number): number {
  const { seen } = factor.market;
  const known = factor.pending.length > 0 ? seen : Math.max(seen, closedAt(factor, timestamp));
  return Math.min(Math.max(known, start), start + WINDOW);
}

/** Sum and silence when a window began: of one that no round has opened yet, at the price in force. */
function atStart(term: ExpiryState, tally: Tally) {
  if (term.stage === Stage.Settling) return { sum: term.startSum, silence: term.startSilence };
  return { sum: sumAt(tally, term.windowStart), silence: silenceAt(tally, term.windowStart) };
}

/** The tally of a factor as stored. */
export function tallyOf({ market, life }: Factor): Tally {
  const { price, seen, silence, sum } = market;
  return { price, seen, silence, sum, life };
}

/** The price in force until `time` has stood; then `price` takes over. */
export function advance(tally: Tally, price: bigint, time: number): Tally {
  const [sum, silence] = [sumAt(tally, time), silenceAt(tally, time)];
  return { ...tally, price, seen: time, silence, sum };
}

function sumAt({ sum, price, seen }: Tally, time: number): bigint {
  return SettlementMath.sumAfter(sum, price, BigInt(time - seen));
}

function silenceAt({ silence, seen, life }: Tally, time: number): bigint {
  return SettlementMath.silenceAfter(silence, BigInt(time - seen), BigInt(life));
}

/** Opens and closes every window whose edge lies at or before `time`, at the price in force. */
export function cross(s: Snapshot, id: number, tally: Tally, time: number): Snapshot {
  const factor = s.factors[id]!;
  const list = [...factor.expiries];
  const terms = { ...factor.terms };
  let boundary = 0;
  for (let i = list.length - 1; i >= 0; --i) {
    const { term, edge } = pass(terms[list[i]!]!, tally, time);
    terms[list[i]!] = term;
    if (edge === 0) {
      list[i] = list.at(-1)!;
      list.pop();
    } else if (boundary === 0 || edge < boundary) boundary = edge;
  }
  const market = { ...factor.market, boundary };
  return withFactor(s, id, { expiries: list, terms, market });
}

/** A term past its edges, and the next one; zero once it is settled. */
interface Passed {
  readonly term: ExpiryState;
  readonly edge: number;
}

function pass(stored: ExpiryState, tally: Tally, time: number): Passed {
  let term = stored;
  for (;;) {
    if (term.stage === Stage.Trading) {
      if (time < term.windowStart) return { term, edge: term.windowStart };
      term = opened(term, tally, term.windowStart);
    }
    const end = term.windowStart + WINDOW;
    if (time < end) return { term, edge: end };
    if (silenceAt(tally, end) - term.startSilence <= SettlementMath.MOST_SILENT) {
      return { term: settled(term, tally, end), edge: 0 };
    }
    term = opened(term, tally, nextWindow(tally, end, time));
  }
}

/** A window too silent moves on by its length; through a silence that outlasts it, at once. */
function nextWindow(tally: Tally, end: number, time: number): number {
  if (end < tally.seen + tally.life) return end;
  return end + Math.floor((time - end) / WINDOW) * WINDOW;
}

function opened(term: ExpiryState, tally: Tally, start: number): ExpiryState {
  return {
    ...term,
    stage: Stage.Settling,
    windowStart: start,
    startSum: sumAt(tally, start),
    startSilence: silenceAt(tally, start),
  };
}

function settled(term: ExpiryState, tally: Tally, end: number): ExpiryState {
  const sum = sumAt(tally, end);
  const settlement = SettlementMath.averageOf(
    sum,
    term.startSum,
    SettlementMath.WINDOW,
    tally.price,
  );
  return { ...term, stage: Stage.Settled, settlement };
}
