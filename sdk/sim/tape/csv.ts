import { MalformedTape } from "./errors.ts";

/** One line of a CSV file, cut into cells without their quotes. */
export interface Row {
  /** Counts from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** Bytes that no text file holds: controls, or what replaces broken UTF-8. */
const JUNK = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffd]/;

/**
 * The rows of a CSV text; blank lines are passed over. Cells hold no commas in the formats read
 * here, so a quote is only ever a wrapping of a whole cell. Trimming also takes a byte order mark.
 *
 * @throws MalformedTape binary junk, or nothing at all
 */
export function rowsOf(file: string, text: string): Row[] {
  const lines = text.split(/\r\n|\n|\r/);
  const rows: Row[] = [];
  lines.forEach((line, index) => {
    if (JUNK.test(line)) throw junkIn(file, index + 1, line);
    if (line.trim() !== "") rows.push({ line: index + 1, cells: line.split(",").map(unquote) });
  });
  if (rows.length > 0) return rows;
  throw new MalformedTape("empty file", { file, line: 1, column: 1, columnName: "", text: "" });
}

function junkIn(file: string, line: number, text: string): MalformedTape {
  const column = text.slice(0, text.search(JUNK)).split(",").length;
  return new MalformedTape("not a text file", { file, line, column, columnName: "", text });
}

function unquote(cell: string): string {
  const trimmed = cell.trim();
  return /^".*"$/.test(trimmed) ? trimmed.slice(1, -1) : trimmed;
}
