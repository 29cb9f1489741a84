import { EmptyTape, MalformedWindow, UnknownSymbol } from "./errors.ts";
import { DAY, isDate, parseTime } from "./time.ts";

/** The prices that were told at one time. */
export interface TapePoint {
  /** Unix seconds. */
  readonly time: number;
  /**
   * USD per unit, wad (1e18 = 1 USD); a cross rate such as `STETH-ETH` in its own quote.
   * A symbol that is absent has no new round at this time.
   */
  readonly prices: Readonly<Record<string, bigint>>;
}

/** A price history: points in rising time, each with one or more prices. */
export interface Tape {
  readonly name: string;
  /** Where the prices come from, in words. */
  readonly source: string;
  /** Base names such as `ETH`. The first is the one that others follow. */
  readonly symbols: readonly string[];
  readonly points: readonly TapePoint[];
}

/**
 * A stretch of time in ISO text, UTC, both ends included. A date without an hour is the whole day:
 * `from` its first second, `to` the midnight that ends it. `day` is short for both.
 */
export interface WindowOptions {
  readonly day?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** Unix seconds, both ends included; an open end is infinite. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * The points of a tape inside a window.
 *
 * @throws MalformedWindow a date that is none, or an end before its start
 * @throws EmptyTape no point is left
 */
export function window(tape: Tape, options: WindowOptions): Tape {
  const asked = spanOf(options);
  const points = tape.points.filter((point) => isInside(point.time, asked));
  if (points.length === 0) throw new EmptyTape(tape.name, asked, range(tape));
  return { ...tape, points };
}

/**
 * The tape of these symbols alone, in the order given; points without any of them are dropped.
 *
 * @throws UnknownSymbol
 */
export function select(tape: Tape, symbols: readonly string[]): Tape {
  for (const symbol of symbols) requireSymbol(tape, symbol);
  const points = tape.points.map(({ time, prices }) => ({ time, prices: keep(prices, symbols) }));
  const told = points.filter(({ prices }) => Object.keys(prices).length > 0);
  return { ...tape, symbols: [...symbols], points: told };
}

/**
 * The rounds of one symbol, oldest first.
 *
 * @throws UnknownSymbol
 */
export function roundsOf(tape: Tape, symbol: string): { time: number; price: bigint }[] {
  requireSymbol(tape, symbol);
  return tape.points.flatMap(({ time, prices }) => {
    const price = prices[symbol];
    return price === undefined ? [] : [{ time, price }];
  });
}

/** First and last time of a tape; NaN both if it has no point. */
export function range(tape: Tape): Span {
  return { from: tape.points[0]?.time ?? NaN, to: tape.points.at(-1)?.time ?? NaN };
}

/**
 * One point per time, oldest first, from the rounds of several symbols. Of two rounds of a symbol
 * at one time the one listed later stands.
 */
export function merge(
  rounds: Iterable<{ symbol: string; time: number; price: bigint }>,
): TapePoint[] {
  const byTime = new Map<number, Record<string, bigint>>();
  for (const { symbol, time, price } of rounds) {
    const prices = byTime.get(time) ?? {};
    byTime.set(time, Object.assign(prices, { [symbol]: price }));
  }
  const times = [...byTime.keys()].sort((a, b) => a - b);
  return times.map((time) => ({ time, prices: byTime.get(time)! }));
}

/**
 * The window in unix seconds.
 *
 * @throws MalformedWindow
 */
export function spanOf({ day, from, to }: WindowOptions): Span {
  if (day !== undefined) return spanOfDay(day, { from, to });
  const span = { from: startOf(from), to: endOf(to) };
  if (span.from <= span.to) return span;
  throw new MalformedWindow("to", to ?? "", `comes before from (${from})`);
}

/** Whether a time lies in a span. */
export function isInside(time: number, span: Span): boolean {
  return span.from <= time && time <= span.to;
}

function spanOfDay(day: string, { from, to }: WindowOptions): Span {
  if (from !== undefined || to !== undefined)
    throw new MalformedWindow("day", day, "stands for from and to; give one or the other");
  if (!isDate(day)) throw new MalformedWindow("day", day, "is not a date such as 2020-03-12");
  const start = timeOf("day", day);
  return { from: start, to: start + DAY };
}

function startOf(text: string | undefined): number {
  return text === undefined ? -Infinity : timeOf("from", text);
}

function endOf(text: string | undefined): number {
  if (text === undefined) return Infinity;
  return timeOf("to", text) + (isDate(text) ? DAY : 0);
}

function timeOf(option: "day" | "from" | "to", text: string): number {
  const time = parseTime(text);
  if (time !== null) return time;
  throw new MalformedWindow(option, text, "is not a date such as 2020-03-12 or 2020-03-12T10:40Z");
}

function requireSymbol(tape: Tape, symbol: string): void {
  if (!tape.symbols.includes(symbol)) throw new UnknownSymbol(tape.name, symbol, tape.symbols);
}

function keep(prices: TapePoint["prices"], symbols: readonly string[]): Record<string, bigint> {
  const kept = symbols.filter((symbol) => prices[symbol] !== undefined);
  return Object.fromEntries(kept.map((symbol) => [symbol, prices[symbol]!]));
}
