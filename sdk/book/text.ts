import { abs, mulDown, WAD } from "../math/WadMath.ts";
import { columns, grouped, percent, table, type TableRow, usd } from "../sim/report/table.ts";
import { ADD_ONS, type AddOn, type Binding, type BookMargin } from "./explain.ts";

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
  debt: "minimum on debt",
  initial: "initial / 1.2",
};

const RIGHT = "right" as const;
const MILLION = 1_000_000n * WAD;

/** Everything about one book. */
export function marginText(book: BookMargin): string {
  return [summary(book), breakdown(book), factors(book), positions(book)]
    .filter((part) => part !== "")
    .join("\n");
}

function summary(book: BookMargin): string {
  const [maintenance, initial] = book.required;
  const rows: TableRow[] = [
    { label: "Equity", value: usd(book.equity), note: "collateral at mark, less debt" },
    { label: "Maintenance margin", value: usd(maintenance), note: "below it, a margin call" },
    { label: "Initial margin", value: usd(initial), note: "for more risk, or to withdraw" },
    { label: "Health", value: grouped(book.health), note: healthNote(book) },
    { label: "To a margin call", value: usd(book.equity - maintenance), note: "of equity" },
    { label: "Free for more risk", value: usd(book.equity - initial), note: freeNote(book) },
  ];
  return table(rows, book.name);
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
  const saved = book.standalone.map((alone, i) => alone - book.required[i]!);
  return columns(
    ["Requirement", "Maintenance", "Initial"],
    [
      ["Risk of the whole book (RM)", ...dollars(book.risk)],
      ...charged.map((name) => [`+ ${NAMES[name]}`, ...dollars(book.addOns[name])]),
      ["Grace multiplier", multiplier, multiplier],
      ["Set by", ...book.binding.map((rule) => BINDINGS[rule])],
      ["Requirement", ...dollars(book.required)],
      ["Sum of positions stand-alone", ...dollars(book.standalone)],
      [savedLabel(book), ...dollars(saved)],
      ["  of the sum", ...saved.map((one, i) => ratio(one, book.standalone[i]!))],
    ],
    ["left", RIGHT, RIGHT],
  );
}

/** A debt makes the whole book pay for its grace, the sum only the debt. */
function savedLabel({ portfolio }: BookMargin): string {
  return `Netting benefit${portfolio.graceMultiplier > WAD ? ", less the price of grace" : ""}`;
}

function factors({ factors: held }: BookMargin): string {
  if (held.length === 0) return "";
  return columns(
    ["Factor", "Price", "Shock MM", "Shock IM", "Worst at MM", "Loss MM", "Loss IM"],
    held.map(({ name, price, shock, move, worst }) => [
      name,
      priced(price),
      ...shock.map((one) => percent(one)),
      priced(price + mulDown(price, move[0])),
      ...worst.map(short),
    ]),
    ["left", RIGHT, RIGHT, RIGHT, RIGHT, RIGHT, RIGHT],
  );
}

function positions({ alone }: BookMargin): string {
  if (alone.length === 0) return "";
  return columns(
    ["Position", "Amount", "Value", "MM alone", "IM alone", "Haircut MM", "Haircut IM"],
    alone.map(({ name, amount, value, required, haircut }) => [
      name,
      grouped(amount, places(amount, 4, 8)),
      short(value),
      ...required.map(short),
      ...haircut.map((cut) => (value > 0n ? percent(cut) : "-")),
    ]),
    ["left", RIGHT, RIGHT, RIGHT, RIGHT, RIGHT, RIGHT],
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
