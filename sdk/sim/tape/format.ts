import type { Row } from "./csv.ts";
import { parseWad } from "./decimal.ts";
import { MalformedTape } from "./errors.ts";
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
  readonly column: Readonly<{ time: number; symbol?: number; round?: number; price: number }>;
  /** Columns of the other prices, which must be sound too. */
  readonly prices: readonly number[];
  /** Bars tell their price when they end; rounds at once. */
  readonly kind: "bars" | "rounds";
  readonly readTime: (text: string) => number | null;
}

const KLINE = "open_time open high low close volume close_time quote_volume trades".split(" ");
const KLINE_COLUMNS = [...KLINE, "taker_base", "taker_quote", "ignore"];
const KLINE_LEAST = 6;
const BARS: readonly BarPrice[] = ["open", "high", "low", "close"];
/** Exchange klines are told in seconds, milliseconds or microseconds; the digits say which. */
const EPOCH = /^(\d{10})(?:\d{3}|\d{6})?$/;

/**
 * Tells the format of a file by its first line: bars, oracle rounds, or exchange klines.
 *
 * @throws MalformedTape the first line is of no known format, or nothing follows it
 */
export function detectFormat(file: string, rows: readonly Row[], price: BarPrice): Format {
  const head = rows[0]!;
  if (isBareKline(head)) return klines(file, bareHead(head), rows, price);
  const [columns, body] = [namesOf(head), rows.slice(1)];
  if (body.length === 0) throw malformed({ file, columns }, head, 0, "no rows after the header");
  if (columns.includes("open_time")) return klines(file, head, body, price);
  return columns.includes("price") ? rounds(file, head, body) : bars(file, head, body, price);
}

/** What is wrong with one cell, and where it is. */
export function malformed(
  { file, columns }: Pick<Format, "file" | "columns">,
  row: Row,
  column: number,
  reason: string,
): MalformedTape {
  const text = row.cells[column] ?? row.cells.join(",");
  const columnName = columns[column] ?? "";
  return new MalformedTape(reason, { file, line: row.line, column: column + 1, columnName, text });
}

/**
 * A price cell as a wad.
 *
 * @throws MalformedTape it is no number, zero, or negative
 */
export function readPrice(format: Format, row: Row, column: number): bigint {
  const price = parseWad(row.cells[column] ?? "");
  if (price === null) throw malformed(format, row, column, "not a number");
  if (price > 0n) return price;
  const reason = price === 0n ? "price is zero" : "price is negative";
  throw malformed(format, row, column, reason);
}

function bars(file: string, head: Row, rows: readonly Row[], price: BarPrice): Format {
  const columns = namesOf(head);
  const at = requireColumns(file, head, ["timestamp_utc", "symbol", ...BARS]);
  const column = { time: at("timestamp_utc"), symbol: at("symbol"), price: at(price) };
  const prices = BARS.map(at);
  return { file, columns, rows, column, prices, kind: "bars", readTime: parseTime };
}

function rounds(file: string, head: Row, rows: readonly Row[]): Format {
  const columns = namesOf(head);
  const at = requireColumns(file, head, ["timestamp_utc", "symbol", "round_id", "price"]);
  const column = {
    time: at("timestamp_utc"),
    symbol: at("symbol"),
    round: at("round_id"),
    price: at("price"),
  };
  const prices = [column.price];
  return { file, columns, rows, column, prices, kind: "rounds", readTime: parseTime };
}

function klines(file: string, head: Row, rows: readonly Row[], price: BarPrice): Format {
  const columns = namesOf(head);
  const at = requireColumns(file, head, ["open_time", ...BARS]);
  const column = { time: at("open_time"), price: at(price) };
  const prices = BARS.map(at);
  return { file, columns, rows, column, prices, kind: "bars", readTime: parseEpoch };
}

function namesOf(head: Row): string[] {
  return head.cells.map((cell) => cell.toLowerCase().replaceAll(" ", "_"));
}

function requireColumns(file: string, head: Row, names: readonly string[]) {
  const columns = namesOf(head);
  const missing = names.find((name) => !columns.includes(name));
  if (missing === undefined) return (name: string) => columns.indexOf(name);
  const text = head.cells.join(",");
  const place = { file, line: head.line, column: columns.length + 1, columnName: missing, text };
  throw new MalformedTape(`column ${missing} is missing`, place);
}

function isBareKline({ cells }: Row): boolean {
  return cells.length >= KLINE_LEAST && /^\d+$/.test(cells[0]!);
}

function bareHead({ line, cells }: Row): Row {
  return { line, cells: KLINE_COLUMNS.slice(0, cells.length) };
}

function parseEpoch(text: string): number | null {
  const match = EPOCH.exec(text);
  return match === null ? parseTime(text) : Number(match[1]);
}
