import { rowsOf, type Row } from "./csv.ts";
import { EmptyTape, UnnamedMarket } from "./errors.ts";
import { marketIn, stemOf } from "./fileName.ts";
import {
  detectFormat,
  malformed,
  readBar,
  readPrice,
  readTime,
  seriesOf,
  type BarPrice,
  type Format,
} from "./format.ts";
import { chooseSeries, halvesOf } from "./symbol.ts";
import { isInside, merge, spanOf, type Tape, type WindowOptions } from "./Tape.ts";

/** What to take from a file. */
export interface ParseOptions extends WindowOptions {
  /**
   * Series to take, by full name (`ETH-USD.BITSTAMP`) or base name (`ETH`), or `ETH=NAME` for a
   * series NAME that is to be ETH; all if left out.
   */
  readonly symbol?: string | readonly string[] | undefined;
  /** Which price of a bar to tell; `close` if left out. Rounds have one. */
  readonly price?: BarPrice | undefined;
}

interface Entry {
  readonly row: Row;
  readonly series: string;
  readonly time: number;
}

/**
 * Reads a price history from CSV text. Its first line names the columns, in any order:
 *
 * - bars: a time of opening (`timestamp_utc`, `open_time`, `timestamp`, …), `symbol`, `open`, `high`,
 *   `low`, `close`;
 * - oracle rounds: `timestamp_utc,symbol,round_id,price`;
 * - or it is the first of Binance's klines, twelve columns without a header.
 *
 * Times are ISO or epochs in s, ms, µs or ns. Bars without a symbol are what the file's name says
 * (`ETHUSDT-1h.csv`), or what the `symbol` option does.
 *
 * A bar's price is told when the bar ends: at its opening + the shortest spacing of its series (a
 * lone bar takes the file's shortest, or none). Of two oracle rounds in one second the one with
 * the higher id stands. Column counts and dates are checked on every row; prices and their order
 * on the rows asked for, so that a flaw outside the window does not spoil it: low ≤ open, close ≤
 * high, all within a pool's prices.
 *
 * @param file the name to show in errors
 * @throws MalformedTape with the line and column
 * @throws EmptyTape the window leaves nothing
 * @throws MalformedWindow, UnknownSymbol, AmbiguousSymbol the options do not fit
 * @throws UnnamedMarket nothing says which market it is
 */
export function parseTape(file: string, text: string, options: ParseOptions = {}): Tape {
  const span = spanOf(options);
  const wanted = [options.symbol ?? []].flat();
  const format = detectFormat(file, rowsOf(file, text), options.price ?? "close");
  const name = nameFor(format, wanted[0]);
  const entries = format.rows.map((row) => entryOf(format, row, name));
  const series = [...new Set(entries.map((entry) => entry.series))];
  const chosen = chooseSeries(file, series, wanted);
  const told = toldAt(format, entries).filter((entry) => chosen.has(entry.series));
  const kept = told.filter((entry) => isInside(entry.time, span));
  if (kept.length === 0) throw new EmptyTape(file, span, rangeOf(told));
  const accountHealth = inOrder(format, kept);
  const rounds = accountHealth.map((entry) => roundOf(format, entry, chosen.get(entry.series)!));
  const source = `${file}: ${[...chosen.keys()].join(", ")}`;
  return { name: stemOf(file), source, symbols: [...chosen.values()], points: merge(rounds) };
}

/** What to call the series of a file whose rows do not say it. */
function nameFor({ file, column }: Format, wanted: string | undefined): string {
  if (column.symbol !== undefined) return "";
  const name = marketIn(file) ?? (wanted === undefined ? null : halvesOf(wanted).name);
  if (name === null) throw new UnnamedMarket(file);
  return name;
}

function entryOf(format: Format, row: Row, unnamed: string): Entry {
  const { columns } = format;
  if (row.cells.length !== columns.length) throw badWidth(format, row);
  const time = readTime(format, row);
  return { row, series: seriesOf(format, row) ?? unnamed, time };
}

function badWidth(format: Format, row: Row) {
  const [width, expected] = [row.cells.length, format.columns.length];
  const reason = `${width} columns where the first line has ${expected}`;
  return malformed(format, row, Math.min(width, expected), reason);
}

function toldAt(format: Format, entries: readonly Entry[]): readonly Entry[] {
  if (format.bar === undefined) return entries;
  const lengths = barLengths(entries);
  return entries.map((entry) => ({ ...entry, time: entry.time + lengths.get(entry.series)! }));
}

function barLengths(entries: readonly Entry[]): Map<string, number> {
  const [last, shortest] = [new Map<string, number>(), new Map<string, number>()];
  for (const { series, time } of entries) {
    const gap = time - (last.get(series) ?? time);
    const known = shortest.get(series) ?? Infinity;
    shortest.set(series, gap > 0 ? Math.min(known, gap) : known);
    last.set(series, time);
  }
  const file = Math.min(...shortest.values());
  const lone = file === Infinity ? 0 : file;
  return new Map([...shortest].map(([series, gap]) => [series, gap === Infinity ? lone : gap]));
}

/** The entries without the rounds that another of the same second replaces. */
function inOrder(format: Format, entries: readonly Entry[]): Entry[] {
  const last = new Map<string, Entry>();
  return entries.filter((entry) => {
    const before = last.get(entry.series);
    const stands = before === undefined || follows(format, before, entry);
    if (stands) last.set(entry.series, entry);
    return stands;
  });
}

/** Whether a round replaces the one before it; only an earlier id of the same second does not. */
function follows(format: Format, before: Entry, entry: Entry): boolean {
  const { column } = format;
  const flaw = (reason: string) => malformed(format, entry.row, column.time, reason);
  if (entry.time > before.time) return true;
  if (entry.time < before.time) throw flaw(`time goes back, after line ${before.row.line}`);
  if (column.round === undefined) throw flaw(`same time as line ${before.row.line}`);
  const [earlier, later] = [roundId(format, before), roundId(format, entry)];
  if (earlier === later) throw flaw(`same round as line ${before.row.line}`);
  return later > earlier;
}

function roundId(format: Format, { row }: Entry): bigint {
  const column = format.column.round!;
  const text = row.cells[column]!;
  if (/^\d{1,40}$/.test(text)) return BigInt(text);
  throw malformed(format, row, column, "not a round id");
}

function roundOf(format: Format, { row, time }: Entry, symbol: string) {
  const price =
    format.bar === undefined ? readPrice(format, row, format.column.price) : readBar(format, row);
  return { symbol, time, price };
}

function rangeOf(entries: readonly Entry[]): { from: number; to: number } {
  const times = entries.map((entry) => entry.time);
  return times.reduce(
    ({ from, to }, time) => ({ from: Math.min(from, time), to: Math.max(to, time) }),
    { from: Infinity, to: -Infinity },
  );
}
