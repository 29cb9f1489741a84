import { MAX_PRICE, WAD } from "../../math/WadMath.ts";
import type { Row } from "./csv.ts";
import { parseWad } from "../../decimal.ts";
import { FORMS, MalformedTape } from "./errors.ts";
import { pairOf } from "./symbol.ts";
import { parseTime } from "./time.ts";

/** Which of a bar's prices the tape tells. */
export type BarPrice = "open" | "high" | "low" | "close";

/** How to read the cells of one kind of file. */
export interface Format {
  readonly file: string;
  /** Column names in the file's order. */
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
  /** Columns by what they tell; a column that the file lacks is absent. */
  readonly column: Readonly<{
    time: number;
    symbol?: number;
    quote?: number;
    round?: number;
    price: number;
  }>;
  /** Columns of a bar's prices, which must be sound and in order; absent for rounds. */
  readonly bar?: Readonly<Record<BarPrice, number>>;
}

/** What the columns are called, by our own files and by exchanges'; of two the earlier counts. */
const NAMES = {
  time: "timestamp_utc open_time opentime unix timestamp time mts ts datetime date".split(" "),
  symbol: (
    "symbol ticker pair market instrument instrument_name instrument_id inst_id instid product_id " +
    "product contract base base_asset base_currency asset coin"
  ).split(" "),
  quote: "quote quote_asset quote_currency currency".split(" "),
  round: ["round_id", "roundid"],
};
/** What a feed's contract answers: integers, with decimals that the file does not tell. */
const RAW_ANSWERS = ["answer", "current", "latestanswer", "latest_answer"];
const BARS: readonly BarPrice[] = ["open", "high", "low", "close"];
const BINANCE =
  "open_time open high low close volume close_time quote_volume trades taker_base taker_quote ignore".split(
    " ",
  );
/** Seconds, milliseconds, microseconds or nanoseconds; the digits say which. */
const EPOCH = /^(\d{10})(?:\d{3}|\d{6}|\d{9})?$/;
const ROUNDED_EPOCH = /^\d(?:[.,]\d+)?e\+?\d+$/i;
const NUMBER = /^[-+]?\d+(?:\.\d*)?$/;
/** Nothing is worth so many dollars; a feed's answer of 8 decimals mostly says more. */
const RAW_FROM = 10_000_000n * WAD;

/**
 * Tells the format of a file by its first line: bars, oracle rounds, or Binance's klines without a
 * header.
 *
 * @throws MalformedTape the first line is of no known format, or nothing follows it
 */
export function detectFormat(file: string, rows: readonly Row[], price: BarPrice): Format {
  const head = rows[0]!;
  if (isBinance(head)) return barsOf(file, { line: head.line, cells: BINANCE }, rows, price);
  if (isHeadless(head)) throw headless(file, head);
  const [columns, body] = [namesOf(head), rows.slice(1)];
  if (body.length === 0) throw malformed({ file, columns }, head, 0, "no rows after the header");
  requireDistinct(file, head);
  const isRounds = [...NAMES.round, ...RAW_ANSWERS, "price"].some((name) => columns.includes(name));
  return isRounds ? roundsOf(file, head, body) : barsOf(file, head, body, price);
}

/** What is wrong with one cell, and where it is. */
export function malformed(
  { file, columns }: Pick<Format, "file" | "columns">,
  row: Row,
  column: number,
  reason: string,
  remedy?: string,
): MalformedTape {
  const text = row.cells[column] ?? row.cells.join(",");
  const columnName = columns[column] ?? "";
  const place = { file, line: row.line, column: column + 1, columnName, text };
  return new MalformedTape(reason, place, remedy);
}

/**
 * A time cell in unix seconds.
 *
 * @throws MalformedTape it is no date and no epoch
 */
export function readTime(format: Format, row: Row): number {
  const column = format.column.time;
  const text = row.cells[column] ?? "";
  const epoch = EPOCH.exec(text);
  const time = epoch === null ? parseTime(text) : Number(epoch[1]);
  if (time !== null) return time;
  if (!ROUNDED_EPOCH.test(text)) throw malformed(format, row, column, "not a date");
  const remedy = `take the exchange's own file, or set the column to whole numbers; ${FORMS}`;
  throw malformed(format, row, column, "not a date: a spreadsheet has rounded it", remedy);
}

/**
 * A price cell as a wad.
 *
 * @throws MalformedTape it is no number, zero, negative, or no price in dollars
 */
export function readPrice(format: Format, row: Row, column: number): bigint {
  const price = parseWad(row.cells[column] ?? "");
  if (price === null) throw malformed(format, row, column, "not a number");
  const flaw = flawOf(price);
  if (flaw !== null) throw malformed(format, row, column, flaw);
  return price;
}

/**
 * The price of a bar that is asked for, as a wad.
 *
 * @throws MalformedTape one of its four is no price, or they are not low ≤ open, close ≤ high
 */
export function readBar(format: Format, row: Row): bigint {
  const bar = format.bar!;
  const prices = BARS.map((name) => readPrice(format, row, bar[name]));
  const [, high, low] = prices as [bigint, bigint, bigint];
  const order = "are the columns called what they are?";
  if (prices.some((one) => one < low))
    throw malformed(format, row, bar.low, "low is not the lowest", order);
  if (prices.some((one) => one > high))
    throw malformed(format, row, bar.high, "high is not the highest", order);
  return prices[BARS.findIndex((name) => bar[name] === format.column.price)]!;
}

function flawOf(price: bigint): string | null {
  if (price === 0n) return "price is zero";
  if (price < 0n) return "price is negative";
  if (price >= RAW_FROM && price % WAD === 0n)
    return "no price in dollars, but a feed's raw answer: divide by 10^decimals, mostly 10^8";
  return price > MAX_PRICE ? `past the pool's largest price, ${MAX_PRICE / WAD} USD` : null;
}

function barsOf(file: string, head: Row, rows: readonly Row[], price: BarPrice): Format {
  const at = columnFinder(file, head);
  const [time, bar] = [
    at("timestamp_utc", NAMES.time),
    { open: at("open"), high: at("high"), low: at("low"), close: at("close") },
  ];
  const column = { time, price: bar[price], ...seriesColumns(head) };
  return { file, columns: namesOf(head), rows, column, bar };
}

/** A symbol, or a coin and beside it what it is quoted in. */
function seriesColumns(head: Row): { symbol?: number; quote?: number } {
  const [symbol, quote] = [find(head, NAMES.symbol), find(head, NAMES.quote)];
  return { ...(symbol < 0 ? {} : { symbol }), ...(quote < 0 ? {} : { quote }) };
}

/**
 * What a row's series is called; undefined where it does not say.
 *
 * @throws MalformedTape an empty symbol
 */
export function seriesOf(format: Format, row: Row): string | undefined {
  const { symbol, quote } = format.column;
  if (symbol === undefined) return undefined;
  const name = row.cells[symbol]!;
  if (name === "") throw malformed(format, row, symbol, "no symbol");
  const money = quote === undefined ? "" : row.cells[quote]!;
  return money === "" || pairOf(name).quote !== undefined ? name : `${name}-${money}`;
}

function roundsOf(file: string, head: Row, rows: readonly Row[]): Format {
  requireDollars(file, head);
  const at = columnFinder(file, head);
  const column = {
    time: at("timestamp_utc", [...NAMES.time, "updated_at", "updatedat"]),
    symbol: at("symbol", NAMES.symbol),
    ...seriesColumns(head),
    round: at("round_id", NAMES.round),
    price: at("price"),
  };
  return { file, columns: namesOf(head), rows, column };
}

function requireDollars(file: string, head: Row): void {
  const columns = namesOf(head);
  const raw = find(head, RAW_ANSWERS);
  if (raw < 0 || columns.includes("price")) return;
  const remedy = `divide by 10^decimals (mostly 10^8) and call the column price; ${FORMS}`;
  throw malformed({ file, columns }, head, raw, "a feed's raw answers are no dollars", remedy);
}

function namesOf(head: Row): string[] {
  return head.cells.map((cell) => cell.trim().toLowerCase().replaceAll(" ", "_"));
}

function find(head: Row, names: readonly string[]): number {
  const columns = namesOf(head);
  const found = names.find((name) => columns.includes(name));
  return found === undefined ? -1 : columns.indexOf(found);
}

function columnFinder(file: string, head: Row) {
  return (name: string, names: readonly string[] = [name]): number => {
    const column = find(head, names);
    if (column >= 0) return column;
    const [text, last] = [head.cells.join(","), head.cells.length + 1];
    const place = { file, line: head.line, column: last, columnName: name, text };
    throw new MalformedTape(`column ${name} is missing`, place, FORMS);
  };
}

function requireDistinct(file: string, head: Row): void {
  const columns = namesOf(head);
  const twice = columns.findIndex((name, i) => name !== "" && columns.indexOf(name) < i);
  if (twice >= 0) throw malformed({ file, columns }, head, twice, "a column is there twice");
}

function isBinance({ cells }: Row): boolean {
  return cells.length === BINANCE.length && cells.every((cell) => NUMBER.test(cell));
}

/** Whether the first line is data: it begins with a time, or has nothing but numbers. */
function isHeadless({ cells }: Row): boolean {
  const first = cells[0]!;
  return NUMBER.test(first) || ROUNDED_EPOCH.test(first) || parseTime(first) !== null;
}

function headless(file: string, head: Row): MalformedTape {
  const columnsOfLine = "its columns have no names, and exchanges order them differently";
  const remedy = `name them on a line above, such as open_time,open,high,low,close,volume; ${FORMS}`;
  return malformed({ file, columns: [] }, head, 0, columnsOfLine, remedy);
}
