import { bridge, type Figures } from "./bridge.ts";
import { parseWad } from "../../decimal.ts";
import { MalformedFigures, UnknownTape } from "./errors.ts";
import ftx2022 from "./figures/ftx-2022.json" with { type: "json" };
import luna2022 from "./figures/luna-2022.json" with { type: "json" };
import march2020 from "./figures/march-2020.json" with { type: "json" };
import may2021 from "./figures/may-2021.json" with { type: "json" };
import usdc2023 from "./figures/usdc-depeg-2023.json" with { type: "json" };
import type { Tape } from "./Tape.ts";
import { parseTime } from "./time.ts";

/** A crash's key figures, written by hand from public record. */
export interface FigureFile {
  readonly name: string;
  readonly title: string;
  /** How times were set where a source names none. */
  readonly note: string;
  /** Seconds from one round to the next. */
  readonly step: number;
  /** Publication or exchange, date, and what it said. */
  readonly sources: readonly { readonly key: string; readonly text: string }[];
  readonly symbols: Readonly<Record<string, FigureSymbol>>;
}

/** One symbol of a figure file. */
export interface FigureSymbol {
  /** Of the bridge's noise, per year. */
  readonly volatility: number;
  /** Of the bridge's noise with the tape's common one. */
  readonly correlation: number;
  /** ISO time, price in USD, and the key of its source. */
  readonly figures: readonly (readonly string[])[];
}

/** How to draw a shipped tape. */
export interface ShippedOptions {
  /** Any safe integer; 1 if left out. */
  readonly seed?: number | undefined;
  /** Seconds from one round to the next; the file's own if left out. */
  readonly step?: number | undefined;
}

const FILES: readonly FigureFile[] = [march2020, may2021, luna2022, ftx2022, usdc2023];

/** What crashes are shipped, oldest first: the name to ask for, and a title to show. */
export const shipped: readonly { readonly name: string; readonly title: string }[] = FILES.map(
  ({ name, title }) => ({ name, title }),
);

/**
 * A crash of the record: its key figures, joined by a seeded bridge.
 *
 * @param name one of `shipped`, such as `march-2020`
 * @throws UnknownTape
 */
export function shippedTape(name: string, options: ShippedOptions = {}): Tape {
  return tapeOf(figuresOf(name), options);
}

/**
 * The figures behind a shipped tape, with the source of each.
 *
 * @throws UnknownTape
 */
export function figuresOf(name: string): FigureFile {
  const file = FILES.find((one) => one.name === name);
  if (file !== undefined) return file;
  throw new UnknownTape(
    name,
    FILES.map((one) => one.name),
  );
}

/**
 * The tape of a figure file.
 *
 * @throws MalformedFigures a figure is no time, price or source, or does not fit its neighbours
 */
export function tapeOf(
  file: FigureFile,
  { seed = 1, step = file.step }: ShippedOptions = {},
): Tape {
  const { name, title } = file;
  const all = Object.entries(file.symbols).map(([symbol, one]) => read(file, symbol, one));
  const points = bridge(all, { name, step, seed });
  const source = `${title}: key figures of public record, joined by a bridge with seed ${seed}`;
  return { name, source, symbols: Object.keys(file.symbols), points };
}

function read(file: FigureFile, symbol: string, one: FigureSymbol): Figures {
  const { volatility, correlation } = one;
  const figures = one.figures.map((cells) => readFigure(file, symbol, cells));
  return { symbol, volatility, correlation, figures };
}

function readFigure(
  file: FigureFile,
  symbol: string,
  [when = "", amount = "", key]: readonly string[],
) {
  const flaw = (reason: string) => new MalformedFigures(file.name, symbol, reason);
  const [time, price] = [parseTime(when), parseWad(amount)];
  if (time === null) throw flaw(`${when} is not a date`);
  if (price === null) throw flaw(`${amount} is not a number`);
  if (file.sources.some((source) => source.key === key)) return { time, price };
  throw flaw(`${when} ${amount} names no source`);
}
