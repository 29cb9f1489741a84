import { rowsOf, type Row } from "../../sdk/sim/tape/csv.ts";
import {
  detectFormat,
  malformed,
  readPrice,
  readTime,
  seriesOf,
  type Format,
} from "../../sdk/sim/tape/format.ts";
import { textOf } from "../../sdk/sim/tape/load.ts";
import { chooseSeries } from "../../sdk/sim/tape/symbol.ts";
import { NotRounds, RoundsMissing, RoundTwice, TooFewRounds } from "./errors.ts";
import { type FeedRound, PHASE } from "./Feed.ts";

/** Ids that may be missing in a row. */
export const MOST_MISSING = 1_000n;
const FEED_UNIT = 10n ** 10n; // of a feed of 8 decimals, as a wad

type Told = Omit<FeedRound, "came">;

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
 * @throws NotRounds, UnknownSymbol, AmbiguousSymbol, TooFewRounds, RoundsMissing, RoundTwice
 */
export function readRounds(file: string, wanted: string): Rounds {
  const format = detectFormat(file, rowsOf(file, textOf(file)), "close");
  if (format.column.round === undefined) throw new NotRounds(file);
  const named = format.rows.map((row) => ({ row, series: nameOf(format, row) }));
  const all = [...new Set(named.map(({ series }) => series))];
  const [symbol, base] = [...chooseSeries(file, all, [wanted])][0]!;
  const own = named.filter(({ series }) => series === symbol);
  const rounds = arrived(own.map(({ row }) => roundOf(format, row)));
  if (rounds.length < 2) throw new TooFewRounds(file, symbol, rounds.length);
  requireWhole(file, rounds);
  const decimals = rounds.every(({ price }) => price % FEED_UNIT === 0n) ? 8 : 18;
  return { symbol, base, decimals, rounds };
}

function nameOf(format: Format, row: Row): string {
  const width = format.columns.length;
  if (row.cells.length !== width) {
    const column = Math.min(row.cells.length, width);
    throw malformed(format, row, column, `${row.cells.length} columns, expected ${width}`);
  }
  return seriesOf(format, row)!;
}

function roundOf(format: Format, row: Row): Told {
  const { round, price } = format.column;
  const time = readTime(format, row);
  const id = row.cells[round!]!;
  if (!/^\d{1,24}$/.test(id) || BigInt(id) >= 1n << 80n)
    throw malformed(format, row, round!, "not a round id");
  return { id: BigInt(id), price: readPrice(format, row, price), time };
}

/** In the order they came: by their ids within a phase, by time between phases. */
function arrived(rounds: readonly Told[]): FeedRound[] {
  const last = new Map<bigint, number>();
  const told = [...rounds].sort((a, b) => (a.id < b.id ? -1 : 1));
  const timed = told.map((round) => {
    const phase = round.id / PHASE;
    const came = Math.max(round.time, last.get(phase) ?? 0);
    last.set(phase, came);
    return { ...round, came };
  });
  return timed.sort((a, b) => a.came - b.came || (a.id < b.id ? -1 : 1));
}

/** A phase that comes later may begin anywhere near its first round. */
function requireWhole(file: string, rounds: readonly FeedRound[]): void {
  const [first, ...rest] = rounds;
  const last = new Map([[first!.id / PHASE, first!.id]]);
  for (const { id } of rest) {
    const phase = id / PHASE;
    if (id === last.get(phase)) throw new RoundTwice(file, id);
    const before = last.get(phase) ?? phase * PHASE;
    if (id - before - 1n > MOST_MISSING) throw new RoundsMissing(file, before, id - before - 1n);
    last.set(phase, id);
  }
}
