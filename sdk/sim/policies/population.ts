import { initialMargin } from "../../math/MarginMath.ts";
import { mulDown, WAD } from "../../math/WadMath.ts";
import type { Params } from "../../params/params.ts";
import { createRandom, seedFor, type Random } from "../random.ts";
import { drawTraders, type Trader } from "../traders.ts";
import { portfolioOf, usd, wad, type Book, type ConditionCheck } from "./Book.ts";
import { factorsOf } from "./Path.ts";

/** Who owns an account: what it begins with, and how it takes a fall. */
export interface Owner {
  readonly style: Style;
  readonly book: Book;
  readonly attention: number; // chance, in ten minutes, to look
  readonly reserve: number; // USD outside the pool
}

/** A loan; a perp on cash; a perp short against spot, and a loan; spot, and a perp long on top of it. */
export type Style = "loan" | "perp" | "carry" | "cross";

const STYLES: readonly (readonly [Style, number])[] = [
  ["loan", 0.45],
  ["perp", 0.75],
  ["carry", 0.9],
  ["cross", 1],
];
const LONGS = 0.7; // of the perps on cash
const MOST_GEARED = 20; // times equity, whatever IM allows
const ROUNDS = 3; // of the search for what IM allows

/** What is drawn of an owner, before margin says how far it may go. */
interface Draft {
  readonly trader: Trader;
  readonly style: Style;
  readonly factor: number; // of its perp
  readonly side: 1 | -1;
  readonly hedged: number; // share of spot that a carry sells
}

/**
 * The owners of a pool. Books, leverage and attention are those of `npm start`; equal seeds draw equal owners
 * whatever they pay for time: each goes as far as the same share of what its own IM allows.
 */
export function populate(
  count: number,
  params: Params,
  sight: ConditionCheck,
  seed: number,
  multiplier: bigint,
): Owner[] {
  return draft(count, params, sight, seed).map((one) => ownerOf(one, params, sight, multiplier));
}

function draft(count: number, params: Params, { prices }: ConditionCheck, seed: number): Draft[] {
  const random = createRandom(seedFor(seed, "owners"));
  const told = Object.fromEntries(factorsOf(params).map((factor, i) => [factor, usd(prices[i]!)]));
  for (const [symbol, { rate }] of Object.entries(params.assets)) told[symbol] ??= rate ?? 1;
  const traders = drawTraders(count, params, told, random);
  return traders.map((trader) => ({ trader, ...shapeOf(params, random) }));
}

function shapeOf(params: Params, random: Random): Omit<Draft, "trader"> {
  const drawn = random.uniform();
  const [style] = STYLES.find(([, upTo]) => drawn < upTo)!;
  const majors = factorsOf(params).flatMap((factor, i) =>
    params.factors[factor]!.class === "major" ? [i] : [],
  );
  const all = factorsOf(params).map((_, i) => i);
  const factor = random.pick([...majors, ...majors, ...all]);
  const side = random.uniform() < LONGS ? 1 : -1;
  return { style, factor, side, hedged: 0.4 + 0.55 * random.uniform() };
}

function ownerOf(one: Draft, params: Params, sight: ConditionCheck, multiplier: bigint): Owner {
  const { leverage, attention, reserve } = one.trader;
  const at = (size: number) => bookAt(one, params, sight, size);
  const most = largest((size) => roomOf(at(size), sight, multiplier), one.trader.size);
  return { style: one.style, book: at(leverage * most), attention, reserve };
}

/** Equity above IM, USD. */
function roomOf(book: Book, sight: ConditionCheck, multiplier: bigint): number {
  const portfolio = portfolioOf(book, sight, multiplier);
  return usd(portfolio.equity - initialMargin(portfolio));
}

/** How far equity covers IM: a secant from nothing to the first guess, and again. */
function largest(room: (size: number) => number, equity: number): number {
  const [start, most] = [room(0), MOST_GEARED * equity];
  if (start <= 0) return 0;
  let size = equity;
  for (let i = 0; i < ROUNDS; ++i) {
    const lost = start - room(size);
    if (lost <= 0) return most;
    size = Math.min(most, (size * start) / lost);
  }
  return room(size) >= 0 ? size : size * 0.98;
}

/** The book of a draft that goes as far as `size` USD: of a loan, or of a perp. */
function bookAt(one: Draft, params: Params, sight: ConditionCheck, size: number): Book {
  const held = holdingsOf(one, params);
  const owed = one.style === "loan" || one.style === "carry";
  if (owed) return { ...held, cash: held.cash - wad(size) + entered(held.perps, sight) };
  const units = (wad(size) * WAD) / sight.prices[one.factor]!;
  const side = one.style === "perp" ? one.side : 1;
  const perps = held.perps.map((before, i) => (i === one.factor ? BigInt(side) * units : before));
  return { ...held, perps, cash: held.cash + entered(perps, sight) };
}

/** What perps were entered at, taken off cash. */
function entered(perps: readonly bigint[], { prices }: ConditionCheck): bigint {
  return -perps.reduce((sum, units, i) => sum + mulDown(units, prices[i]!), 0n);
}

function holdingsOf({ trader, style, hedged }: Draft, params: Params): Book {
  const factors = factorsOf(params);
  const [spot, followers] = [factors.map(() => 0n), factors.map(() => 0n)];
  const none = factors.map(() => 0n);
  if (style === "perp") return { spot, followers, perps: none, cash: wad(trader.size) };
  for (const { symbol, amount } of trader.holdings) {
    const { factor, index, rate } = params.assets[symbol]!;
    const units = amount * 10n ** BigInt(18 - params.listings[symbol]!.decimals);
    if (index === 0) spot[factors.indexOf(factor)]! += units;
    else followers[factors.indexOf(factor)]! += mulDown(units, wad(rate ?? 1));
  }
  const part = style === "carry" ? wad(hedged) : 0n;
  const perps = spot.map((units, i) => -mulDown(units + followers[i]!, part));
  const cashDecimals = BigInt(18 - cashDecimalsOf(params));
  return { spot, followers, perps, cash: trader.cash * 10n ** cashDecimals };
}

function cashDecimalsOf({ stables, listings }: Params): number {
  const cash = Object.keys(stables).find((symbol) => stables[symbol]!.cash)!;
  return listings[cash]!.decimals;
}
