import { feedWad, toNumber } from "../../decimal.ts";
import { SymbolTaken } from "./errors.ts";
import type { Tape, TapePoint } from "./Tape.ts";

/** An asset that the record lacks. */
export interface Follower {
  readonly symbol: string;
  /** Its price at the leader's first round, USD, wad. */
  readonly start: bigint;
  /** Its log return per log return of the leader; 1.3 falls further, 0 stands still. */
  readonly beta: number;
}

/** e^40 times a price is beyond any market, and keeps a wild beta finite. */
const MOST_LOG_RETURN = 40;

/**
 * Adds an asset that follows the tape's first symbol: start * exp(beta * ln(P(t) / P(0))), told
 * whenever the leader is, rounded to 8 decimals and never under 0.00000001.
 *
 * @throws SymbolTaken the tape holds the symbol already
 */
export function follow(tape: Tape, { symbol, start, beta }: Follower): Tape {
  if (tape.symbols.includes(symbol)) throw new SymbolTaken(tape.name, symbol);
  const leader = tape.symbols[0] ?? "";
  const first = tape.points.find(({ prices }) => prices[leader] !== undefined)?.prices[leader];
  const tell = ({ time, prices }: TapePoint): TapePoint => {
    const now = prices[leader];
    if (now === undefined || first === undefined) return { time, prices };
    return { time, prices: { ...prices, [symbol]: followed(start, beta, now, first) } };
  };
  const source = `${tape.source}; ${symbol} follows ${leader} with beta ${beta}`;
  return { ...tape, source, symbols: [...tape.symbols, symbol], points: tape.points.map(tell) };
}

function followed(start: bigint, beta: number, now: bigint, first: bigint): bigint {
  const log = beta * Math.log(toNumber(now) / toNumber(first));
  const bounded = Math.max(-MOST_LOG_RETURN, Math.min(MOST_LOG_RETURN, log));
  return feedWad(toNumber(start) * Math.exp(bounded));
}
