import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import type { Params } from "../../params/params.ts";
import { marketOf, type Market, type MarketOptions } from "../tape/market.ts";
import { EmptyTape } from "../tape/errors.ts";
import { load } from "../tape/load.ts";
import { range, window, type Tape, type WindowOptions } from "../tape/Tape.ts";
import { NoMarketData, SameEvent } from "./errors.ts";
import { knownText, movesText } from "./notes.ts";

/** A crash: its prices, and those before it, by which the pool knows how wild the market has been. */
export interface Event {
  readonly name: string;
  readonly source: string;
  readonly tape: Tape;
  readonly before?: Tape | undefined;
  /** What the prices do not say: what follows what, and what σ has learnt from. */
  readonly notes: readonly string[];
}

/** How to read events from files of the user's. */
export interface OwnOptions extends Pick<WindowOptions, "from" | "to">, MarketOptions {
  /** A file of the time before, which σ learns from; if left out, what comes before `from`. */
  readonly before?: string | undefined;
  readonly symbol?: readonly string[] | undefined;
}

/** Where a default event is. */
interface Source {
  readonly name: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
  readonly since: string; // the estimates begin
}

const FOLDER = fileURLToPath(new URL("../../../../shared/data/", import.meta.url));
const TEN_MINUTES = "eth_10m_stress_days_2020_2021.csv.gz";
const HOURLY = "perp_1h_2020-01_2022-09.csv.gz";
/** Some of what a pool lists; the first leads what the record lacks. */
const SYMBOLS = ["ETH", "BTC", "LINK", "SOL"];

const DEFAULTS: readonly Source[] = [
  day("march-2020", "2020-03-12", "2020-01-01"),
  day("may-2021", "2021-05-19", "2021-02-18"),
  { name: "luna-2022", file: HOURLY, from: "2022-05-07", to: "2022-05-13", since: "2022-02-05" },
  { name: "3ac-2022", file: HOURLY, from: "2022-06-10", to: "2022-06-18", since: "2022-03-10" },
];

function day(name: string, date: string, since: string): Source {
  return { name, file: TEN_MINUTES, from: date, to: date, since };
}

/** The four crashes of the record beside the clone. @throws NoMarketData, TapeError */
export function defaultEvents(params: Params, folder = FOLDER): Event[] {
  if (!existsSync(folder)) throw new NoMarketData(folder);
  const hourly = load(join(folder, HOURLY), { symbol: SYMBOLS });
  return DEFAULTS.map(({ name, file, from, to, since }) => {
    const span = { from, to };
    const tape = file === HOURLY ? window(hourly, span) : load(join(folder, file), span);
    const before = window(hourly, { from: since, to: `${from}T00:00` });
    const source = `${file}, ${from}${from === to ? "" : ` to ${to}`}`;
    return eventOf({ name, source, tape, before: { ...before, source: HOURLY } }, params, {});
  });
}

/**
 * Files of the user's, each an event: from `from` to `to`, or whole.
 *
 * @throws SameEvent, TapeError
 */
export function eventsOf(
  files: readonly string[],
  params: Params,
  options: OwnOptions = {},
): Event[] {
  const { symbol, from, to, before } = options;
  const tapes = files.map((file) => load(file, { symbol }));
  for (const [i, { name }] of tapes.entries()) {
    if (tapes.findIndex((one) => one.name === name) < i) throw new SameEvent(name);
  }
  const past = before === undefined ? undefined : load(before, { symbol });
  return tapes.map((all) => {
    const tape = window(all, { from, to });
    const { name, source } = tape;
    return eventOf({ name, source, tape, before: pastOf(tape, all, past) }, params, options);
  });
}

/** What was told before an event: by a file of its own, which must tell some of it, or by the event's. */
function pastOf(tape: Tape, all: Tape, own: Tape | undefined): Tape | undefined {
  const first = range(tape).from;
  const past = own ?? all;
  const points = past.points.filter(({ time }) => time < first);
  if (points.length > 0) return { ...past, points };
  if (own === undefined) return undefined;
  throw new EmptyTape(own.name, { from: -Infinity, to: first - 1 }, range(own));
}

/** An event whose tapes tell what their files do. */
type Told = Omit<Event, "notes">;

function eventOf({ name, source, tape, before }: Told, params: Params, how: MarketOptions): Event {
  const market = whole(tape, params, how);
  const past = before && { market: whole(before, params, how), source: before.source };
  const notes = [movesText(market), knownText(past, params)];
  return { name, source, tape: market.tape, before: past?.market.tape, notes };
}

/** Every listing at every point: what the record lacks follows its first symbol. */
function whole(tape: Tape, params: Params, { beta, leaders }: MarketOptions): Market {
  const symbols = SYMBOLS.filter((symbol) => tape.symbols.includes(symbol));
  const ordered = symbols.length > 0 ? [...new Set([...symbols, ...tape.symbols])] : tape.symbols;
  return marketOf({ ...tape, symbols: ordered }, params, { beta, leaders });
}
