import { CsvError, parse, type Info } from "csv-parse/sync";
import { FORMS, MalformedTape } from "./errors.ts";

/** One record of a CSV file, cut into cells without their quotes. */
export interface Row {
  /** Of its last line; counts from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** Bytes that no text file holds: controls, or what replaces broken UTF-8. */
const JUNK = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffd]/;
const LINE_ENDS = ["\r\n", "\n", "\r"];
const OTHER_SEPARATORS = { ";": "semicolons", "\t": "tabs", "|": "bars" } as const;
const LONGEST_ROW = 65_536; // characters

interface Told {
  readonly record: string[];
  readonly info: Info;
}

/**
 * The rows of a CSV text, cells parted by commas (RFC 4180); blank lines and a byte order mark are
 * passed over.
 *
 * @throws MalformedTape binary junk, an open quote, another separator, or nothing at all
 */
export function rowsOf(file: string, text: string): Row[] {
  requireText(file, text);
  const rows = told(file, text).map(({ record, info }) => ({ line: info.lines, cells: record }));
  if (rows.length === 0) throw whole(file, "empty file");
  requireCommas(file, rows[0]!);
  return rows;
}

function told(file: string, text: string): Told[] {
  try {
    return parse(text, {
      ...{ bom: true, trim: true, info: true, record_delimiter: LINE_ENDS },
      ...{ skip_empty_lines: true, relax_column_count: true, max_record_size: LONGEST_ROW },
    }) as unknown as Told[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw brokenCsv(file, error);
  }
}

function brokenCsv(file: string, { code, lines, column }: CsvError): MalformedTape {
  const at = typeof column === "number" ? column + 1 : 1;
  const place = { file, line: Number(lines ?? 1), column: at, columnName: "", text: "" };
  return new MalformedTape(`not CSV (${code})`, place, FORMS);
}

function requireText(file: string, text: string): void {
  const at = text.search(JUNK);
  if (at < 0) return;
  const lines = text.slice(0, at).split(/\r\n|\n|\r/);
  const [line, before] = [lines.length, lines.at(-1)!];
  const found = before + text.slice(at, at + 1_000).split(/\r\n|\n|\r/, 1)[0]!;
  const place = { file, line, column: before.split(",").length, columnName: "", text: found };
  throw new MalformedTape("not a text file", place, FORMS);
}

function requireCommas(file: string, { line, cells }: Row): void {
  if (cells.length > 2) return;
  const text = cells.join(",");
  for (const [separator, name] of Object.entries(OTHER_SEPARATORS)) {
    if (!text.includes(separator)) continue;
    const place = { file, line, column: 1, columnName: "", text };
    throw new MalformedTape(`its cells are parted by ${name}, not by commas`, place, FORMS);
  }
}

/** A flaw of a file as a whole. */
export function whole(file: string, reason: string): MalformedTape {
  return new MalformedTape(reason, { file, line: 1, column: 1, columnName: "", text: "" }, FORMS);
}
