import { REASONS } from "../../params/errors.ts";
import { isoTime } from "./time.ts";

/** What a tape can refuse; a program shows `message` and needs no stack. */
export class TapeError extends Error {
  override readonly name: string = "TapeError";
}

/** Where in a file something is wrong. Lines and columns count from 1, columns in CSV cells. */
export interface Place {
  file: string;
  line: number;
  column: number;
  /** The header's name of the column; empty where the file has none. */
  columnName: string;
  /** The offending text. */
  text: string;
}

/** A file that cannot be read as a price history. */
export class MalformedTape extends TapeError implements Place {
  override readonly name = "MalformedTape";
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly columnName: string;
  readonly text: string;

  constructor(
    readonly reason: string,
    place: Place,
  ) {
    super(`${where(place)}: ${reason}${place.text === "" ? "" : `: ${shown(place.text)}`}`);
    this.file = place.file;
    this.line = place.line;
    this.column = place.column;
    this.columnName = place.columnName;
    this.text = place.text;
  }
}

/** The file cannot be opened: it is missing, a folder, or closed to this user. */
export class UnreadableTape extends TapeError {
  override readonly name = "UnreadableTape";
  constructor(
    readonly file: string,
    readonly code: string,
  ) {
    super(`${file}: cannot be read (${REASONS[code] ?? code})`);
  }
}

/**
 * A window that leaves no point. Times are unix seconds; an open end of `asked` is infinite. A tape
 * without any point has no `range`: its `from` is not before its `to`.
 */
export class EmptyTape extends TapeError {
  override readonly name = "EmptyTape";
  constructor(
    readonly tape: string,
    readonly asked: { from: number; to: number },
    readonly range: { from: number; to: number },
  ) {
    const runs = range.from <= range.to ? `it runs ${span(range)}` : "it has none at all";
    super(`${tape}: no price ${span(asked)}; ${runs}`);
  }
}

/** A date that is none, or a window that ends before it starts. */
export class MalformedWindow extends TapeError {
  override readonly name = "MalformedWindow";
  constructor(
    readonly option: "day" | "from" | "to",
    readonly text: string,
    readonly reason: string,
  ) {
    super(`${option} ${shown(text)}: ${reason}`);
  }
}

/** A symbol that the tape or file does not hold. */
export class UnknownSymbol extends TapeError {
  override readonly name = "UnknownSymbol";
  constructor(
    readonly tape: string,
    readonly symbol: string,
    readonly known: readonly string[],
  ) {
    super(`${tape}: no ${shown(symbol)}; it has ${known.join(", ")}`);
  }
}

/** One base name is quoted by several series of a file, and nothing says which is meant. */
export class AmbiguousSymbol extends TapeError {
  override readonly name = "AmbiguousSymbol";
  constructor(
    readonly tape: string,
    readonly symbol: string,
    readonly candidates: readonly string[],
  ) {
    super(`${tape}: ${symbol} is quoted by ${candidates.join(" and ")}; name one with symbol`);
  }
}

/** A symbol that the tape already holds. */
export class SymbolTaken extends TapeError {
  override readonly name = "SymbolTaken";
  constructor(
    readonly tape: string,
    readonly symbol: string,
  ) {
    super(`${tape}: already holds ${symbol}`);
  }
}

/** A shipped tape of this name does not exist. */
export class UnknownTape extends TapeError {
  override readonly name = "UnknownTape";
  constructor(
    readonly tape: string,
    readonly known: readonly string[],
  ) {
    super(`no tape is called ${shown(tape)}; there are ${known.join(", ")}`);
  }
}

/** Key figures that cannot be joined by a bridge. */
export class MalformedFigures extends TapeError {
  override readonly name = "MalformedFigures";
  constructor(
    readonly tape: string,
    readonly symbol: string,
    readonly reason: string,
  ) {
    super(`${tape}: figures of ${symbol}: ${reason}`);
  }
}

function where({ file, line, column, columnName }: Place): string {
  return `${file}:${line}:${column}${columnName === "" ? "" : ` (${columnName})`}`;
}

function span({ from, to }: { from: number; to: number }): string {
  if (from === -Infinity && to === Infinity) return "at any time";
  if (from === -Infinity) return `up to ${isoTime(to)}`;
  if (to === Infinity) return `from ${isoTime(from)}`;
  return `from ${isoTime(from)} to ${isoTime(to)}`;
}

function shown(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}...` : text);
}
