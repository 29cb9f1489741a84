import { isCurved } from "../../sdk/math/MarginMath.ts";
import { hasOptions, maintenanceMode } from "../../sdk/math/ScenarioMath.ts";
import { abs, mulDown, WAD } from "../../sdk/math/WadMath.ts";
import {
  columns,
  grouped,
  percent,
  table,
  type TableRow,
  usd,
} from "../../sdk/sim/report/table.ts";
import type { Exposure } from "../../sdk/types/Portfolio.ts";
import { ADD_ONS, type AddOn, type Binding, type BookMargin } from "../../sdk/book/explain.ts";
import type { Source } from "../../sdk/book/sets.ts";

// A book's margin as a trader reads it, within 100 columns.

const NAMES: Readonly<Record<AddOn, string>> = {
  perpBasis: "Perp basis",
  expiryBasis: "Expiry basis",
  lst: "Liquid staking",
  stable: "Stables",
  exit: "Exit haircut",
  shortOption: "Short options",
  calendarVega: "Calendar vega",
  liquidationCost: "Liquidation cost",
  oracleBand: "Oracle band",
  size: "Size",
};

const BINDINGS: Readonly<Record<Binding, string>> = {
  risk: "risk + add-ons",
  least: "minimum rate",
  limited: "the most options can lose",
  initial: "initial / 1.2",
};

const SOURCES: Readonly<Record<Source, string>> = {
  low: "low correlations",
  high: "high correlations",
  single: "one factor",
  floor: "a quarter of losses",
};

const RIGHT = "right" as const;
const MILLION = 1_000_000n * WAD;

/** Everything about one book. */
export function marginText(book: BookMargin): string {
  return [summary(book), breakdown(book), factors(book), greeks(book), positions(book), added(book)]
    .filter((part) => part !== "")
    .join("\n");
}

function summary(book: BookMargin): string {
  const [maintenance, initial] = book.required;
  const rows: TableRow[] = [
    { label: "Equity", value: usd(book.equity), note: "what is held at mark, less debt" },
    { label: "Maintenance margin", value: usd(maintenance), note: "below it, a margin call" },
    { label: "Initial margin", value: usd(initial), note: initialNote(book) },
    { label: "Health", value: grouped(book.health), note: healthNote(book) },
    { label: "To a margin call", value: usd(book.equity - maintenance), note: "of equity" },
    { label: "Free for more risk", value: usd(book.equity - initial), note: freeNote(book) },
  ];
  return table(rows, book.name);
}

function initialNote({ expiring }: BookMargin): string {
  const note = "for more risk, or to withdraw";
  return expiring ? `${note}; as if what expires within the hour were gone` : note;
}

function healthNote({ equity, required: [maintenance] }: BookMargin): string {
  if (maintenance === 0n) return equity < 0n ? "bankrupt" : "needs nothing: as healthy as can be";
  const note = "equity / maintenance margin";
  if (equity <= 0n) return `${note}: bankrupt`;
  return equity < maintenance ? `${note}: margin call` : note;
}

function freeNote({ equity, required: [, initial] }: BookMargin): string {
  return equity < initial ? "short of initial margin: no new risk" : "above initial margin";
}

/** From risk to requirement, and what the same positions would need one by one. */
function breakdown(book: BookMargin): string {
  const multiplier = `x ${grouped(book.portfolio.graceMultiplier)}`;
  const charged = ADD_ONS.filter((name) => book.addOns[name].some((charge) => charge > 0n));
  return columns(
    ["Requirement", "Maintenance", "Initial"],
    [
      ["Risk of the whole book (RM)", ...dollars(book.risk)],
      ...sourced(book),
      ...charged.map((name) => [`+ ${NAMES[name]}`, ...dollars(book.addOns[name])]),
      ["Grace multiplier", multiplier, multiplier],
      ["Set by", ...book.binding.map((rule) => BINDINGS[rule])],
      ["Requirement", ...dollars(book.required)],
      ["Sum of positions stand-alone", ...dollars(book.standalone)],
      [savedLabel(book), ...dollars(book.benefit)],
      ["  of the sum", ...book.benefit.map((one, i) => ratio(one, book.standalone[i]!))],
    ],
    ["left", RIGHT, RIGHT],
  );
}

/** Which correlations are the worse; where one factor loses there is nothing to say. */
function sourced({ sets }: BookMargin): string[][] {
  if (sets.every(({ source }) => source === "single")) return [];
  return [["  by", ...sets.map(({ source }) => SOURCES[source])]];
}

/** A debt makes the whole book pay for its grace, the sum only the debt. */
function savedLabel({ portfolio }: BookMargin): string {
  return `Netting benefit${portfolio.graceMultiplier > WAD ? ", less the price of grace" : ""}`;
}

function factors({ factors: held, portfolio }: BookMargin): string {
  if (held.length === 0) return "";
  const curved = isCurved(portfolio.exposures, maintenanceMode());
  return columns(
    ["Factor", "Price", "Shock MM", "Shock IM", "Worst at MM", "Loss MM", "Loss IM"].concat(
      curved ? "Volatility" : [],
    ),
    held.map(({ name, price, shock, move, worst, scenario: [scenario] }, i) => [
      name,
      priced(price),
      ...shock.map((one) => percent(one)),
      priced(price + mulDown(price, move[0])),
      ...worst.map(short),
      ...(curved ? [volatilityIn(portfolio.exposures[i]!, scenario)] : []),
    ]),
    ["left", RIGHT, RIGHT, RIGHT, RIGHT, RIGHT, RIGHT, RIGHT],
  );
}

/** What the worst scenario at MM does to volatility. */
function volatilityIn(exposure: Exposure, scenario: number | undefined): string {
  if (scenario === undefined || !hasOptions(exposure, maintenanceMode())) return "-";
  return scenario < 5 || scenario > 9 ? "up" : "down";
}

/** How a book with derivatives moves, factor by factor. */
function greeks({ factors: held, portfolio: { exposures } }: BookMargin): string {
  const traded = exposures.some(({ perps, expiries }) => perps !== 0n || expiries.length > 0);
  if (!traded) return "";
  return columns(
    ["Factor", "Delta", "Gamma, +1 %", "Vega, +1 point", "Theta, a day"],
    held.map(({ name, greeks: { delta, gamma, vega, theta } }) => [
      name,
      ...[delta, gamma, vega, theta].map(short),
    ]),
    ["left", RIGHT, RIGHT, RIGHT, RIGHT],
  );
}

function positions({ alone }: BookMargin): string {
  if (alone.length === 0) return "";
  return columns(
    ["Position", "Amount", "Value", "MM alone", "IM alone"],
    alone.map(({ name, amount, value, required }) => [
      name,
      grouped(amount, places(amount, 4, 8)),
      short(value),
      ...required.map(short),
    ]),
    ["left", RIGHT, RIGHT, RIGHT, RIGHT],
  );
}

/** What each position loses of its value alone, and adds to what the book needs. */
function added({ alone }: BookMargin): string {
  if (alone.length === 0) return "";
  return columns(
    ["Position", "Haircut MM", "Haircut IM", "Adds to MM", "Adds to IM"],
    alone.map(({ name, value, haircut, marginal }) => [
      name,
      ...haircut.map((cut) => (value > 0n ? percent(cut) : "-")),
      ...marginal.map(short),
    ]),
    ["left", RIGHT, RIGHT, RIGHT, RIGHT],
  );
}

function dollars(amounts: readonly bigint[]): string[] {
  return amounts.map((one) => usd(one));
}

/** Dollars where room is short: cents of millions interest no one. */
function short(value: bigint): string {
  return usd(value, places(value, 2, 2));
}

function priced(price: bigint): string {
  return usd(price, places(price, 2, 6));
}

function places(value: bigint, usual: number, small: number): number {
  const size = abs(value);
  if (size >= MILLION) return 0;
  return size < WAD && size > 0n ? small : usual;
}

function ratio(part: bigint, whole: bigint): string {
  return whole === 0n ? "-" : percent((part * WAD) / whole, 1);
}
