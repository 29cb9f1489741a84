import { load } from "./load.ts";
import { shipped, shippedTape } from "./shipped.ts";
import { select, window, type Tape, type WindowOptions } from "./Tape.ts";

/** Which tape, and which part of it. */
export interface OpenOptions extends WindowOptions {
  /** A shipped name, or a file in one of the formats of `parseTape`. */
  readonly tape: string;
  readonly symbol?: readonly string[] | undefined;
  /** Of a shipped tape's bridge. */
  readonly seed: number;
}

/**
 * A shipped tape by its name, or a file.
 *
 * @throws UnreadableTape, MalformedTape, EmptyTape, MalformedWindow, UnknownSymbol, AmbiguousSymbol
 */
export function openTape({ tape, symbol, seed, ...span }: OpenOptions): Tape {
  if (!shipped.some(({ name }) => name === tape)) return load(tape, { ...span, symbol });
  const whole = shippedTape(tape, { seed });
  return window(symbol === undefined ? whole : select(whole, symbol), span);
}
