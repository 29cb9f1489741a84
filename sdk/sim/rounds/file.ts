import { rowsOf, type Row } from "../tape/csv.ts";
import { detectFormat, malformed, readPrice, type Format } from "../tape/format.ts";
import { textOf } from "../tape/load.ts";
import { baseName, chooseSeries } from "../tape/symbol.ts";
import { NotRounds, RoundsMissing, TooFewRounds } from "./errors.ts";
import { PHASE } from "./Feed.ts";

const MOST_MISSING = 1_000n;
const FEED_UNIT = 10n ** 10n; // of a feed of 8 decimals, as a wad

/** One oracle round. */
export interface FeedRound {
  readonly id: bigint; // phase * 2^64 + number
  readonly price: bigint; // wad
  readonly time: number; // Unix seconds
}

/** Every round of one feed, in the order they came. */
export interface Rounds {
  readonly symbol: string; // as the file says it
  readonly base: string; // `ETH`
  readonly decimals: number; // of the feed: 8, or 18 if a price has more than 8
  readonly rounds: readonly FeedRound[];
}

/**
 * Reads a feed's rounds from a file `timestamp_utc,symbol,round_id,price`, plain or gzipped. No round
 * is left out, those of one second neither.
 *
 * @throws UnreadableTape, MalformedTape with the line and column
 * @throws NotRounds, UnknownSymbol, AmbiguousSymbol, TooFewRounds, RoundsMissing
 */
export function readRounds(file: string, wanted: string): Rounds {
  const format = detectFormat(file, rowsOf(file, textOf(file)), "close");
  if (format.column.round === undefined) throw new NotRounds(file);
  const named = format.rows.map((row) => ({ row, series: seriesOf(format, row) }));
  const all = [...new Set(named.map(({ series }) => series))];
  const symbol = [...chooseSeries(file, all, [wanted]).keys()][0]!;
  const own = named.filter(({ series }) => series === symbol);
  const rounds = own.map(({ row }) => roundOf(format, row)).sort(byTime);
  if (rounds.length < 2) throw new TooFewRounds(file, symbol, rounds.length);
  requireWhole(file, rounds);
  const decimals = rounds.every(({ price }) => price % FEED_UNIT === 0n) ? 8 : 18;
  return { symbol, base: baseName(symbol), decimals, rounds };
}

function seriesOf(format: Format, row: Row): string {
  const width = format.columns.length;
  if (row.cells.length !== width) {
    const column = Math.min(row.cells.length, width);
    throw malformed(format, row, column, `${row.cells.length} columns, expected ${width}`);
  }
  return row.cells[format.column.symbol!]!;
}

function roundOf(format: Format, row: Row): FeedRound {
  const { time: timeColumn, round, price } = format.column;
  const time = format.readTime(row.cells[timeColumn]!);
  if (time === null) throw malformed(format, row, timeColumn, "not a date");
  const id = row.cells[round!]!;
  if (!/^\d{1,24}$/.test(id) || BigInt(id) >= 1n << 80n)
    throw malformed(format, row, round!, "not a round id");
  return { id: BigInt(id), price: readPrice(format, row, price), time };
}

function byTime(a: FeedRound, b: FeedRound): number {
  return a.time - b.time || (a.id < b.id ? -1 : 1);
}

/** A phase that comes later may begin anywhere near its first round. */
function requireWhole(file: string, rounds: readonly FeedRound[]): void {
  const last = new Map([[rounds[0]!.id / PHASE, rounds[0]!.id]]);
  for (const { id } of rounds) {
    const phase = id / PHASE;
    const before = last.get(phase) ?? phase * PHASE;
    if (id - before - 1n > MOST_MISSING) throw new RoundsMissing(file, before, id - before - 1n);
    last.set(phase, id);
  }
}
