import { REASONS } from "../../params/errors.ts";
import { decimalText } from "../../decimal.ts";
import { isoTime } from "./time.ts";

/** What a tape can refuse; a program shows `message` and needs no stack. */
export class TapeError extends Error {
  override readonly name: string = "TapeError";
}

/** Which files are read, for whoever has another. */
export const FORMS =
  "read are CSV files in UTF-8, plain or gzipped, cells parted by commas, with a header: bars " +
  "(open_time or timestamp_utc, symbol, open, high, low, close), oracle rounds (timestamp_utc, " +
  "symbol, round_id, price), or without one Binance's klines of twelve columns; times in ISO 8601 " +
  "or in Unix seconds, ms, µs or ns";

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
    /** What to do about it; empty where the reason says it. */
    readonly remedy = "",
  ) {
    const found = place.text === "" ? "" : `: ${shown(place.text)}`;
    super(`${where(place)}: ${reason}${found}${remedy === "" ? "" : `; ${remedy}`}`);
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
    remedy = "",
  ) {
    super(`${tape}: no ${shown(symbol)}; it has ${listed(known)}${remedy}`);
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

/** Bars without a symbol, in a file whose name says none either. */
export class UnnamedMarket extends TapeError {
  override readonly name = "UnnamedMarket";
  constructor(readonly file: string) {
    super(
      `${file}: it has no column symbol, and its name says no market; name it with ` +
        `--symbol ETH, or call the file after its market, such as ETHUSDT-1h.csv`,
    );
  }
}

/** The series that leads a tape is none that the pool lists: everything would follow it. */
export class UnlistedLeader extends TapeError {
  override readonly name = "UnlistedLeader";
  constructor(
    readonly tape: string,
    readonly symbol: string,
    readonly listed: readonly string[],
  ) {
    super(
      `${tape}: its first series, ${symbol}, is not listed by the pool, which has ` +
        `${listed.join(", ")} in dollars. Choose another with --symbol; or say which this is: ` +
        `--symbol ${listed[0]}=${symbol}; or let it lead all the same with --unlisted`,
    );
  }
}

/** A price that no feed of the pool can tell. Prices are USD, wad. */
export class PriceOutOfBounds extends TapeError {
  override readonly name = "PriceOutOfBounds";
  constructor(
    readonly tape: string,
    readonly symbol: string,
    readonly price: bigint,
    readonly bounds: { readonly least: bigint; readonly most: bigint },
  ) {
    const { least, most } = bounds;
    super(
      `${tape}: ${symbol} at ${decimalText(price)} is not within what a feed of the pool can ` +
        `tell, ${decimalText(least)} to ${decimalText(most)}`,
    );
  }
}

/** A series so far from the pool's own first price that it cannot be told in dollars a unit. */
export class NotInDollars extends TapeError {
  override readonly name = "NotInDollars";
  constructor(
    readonly tape: string,
    readonly symbol: string,
    readonly price: bigint,
    readonly usual: bigint,
  ) {
    super(
      `${tape}: ${symbol} begins at ${decimalText(price)}, where the pool's parameters have ` +
        `${decimalText(usual)}; are these raw answers of a feed (to be divided by 10^8), or ` +
        "another market?",
    );
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

const MOST_LISTED = 20;

function listed(names: readonly string[]): string {
  const rest = names.length - MOST_LISTED;
  const some = names.slice(0, MOST_LISTED).join(", ");
  return rest > 0 ? `${some} and ${rest} more` : some;
}

function shown(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}...` : text);
}
