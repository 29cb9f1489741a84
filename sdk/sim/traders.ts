import { parseUnits } from "viem";

import type { InstrumentId } from "../types/Ids.ts";
import type { Params } from "../params/params.ts";
import type { Random } from "./random.ts";

/** What traders hold beside spot, or in place of it. */
export const STYLES = [
  "basis trade",
  "directional perp",
  "future against perp",
  "covered call",
  "collar",
  "short strangle",
  "long put",
] as const;
export type Style = (typeof STYLES)[number];

/** One leg of a book: units for each unit of the book. */
export interface Leg {
  readonly instrument: InstrumentId;
  readonly ratio: number;
}

/** The derivatives a trader wants. */
export interface Book {
  readonly style: Style;
  readonly symbol: string; // the underlying
  readonly legs: readonly Leg[]; // in the order they are opened
  readonly share: number; // of its spot, or of what IM lets its equity carry
}

/** One owner: what it posts, how far it borrows, and how it takes a falling market. */
export interface Trader {
  readonly size: number; // USD, about
  readonly holdings: readonly { readonly symbol: string; readonly amount: bigint }[]; // token units
  readonly cash: bigint; // lent, in units of cash
  readonly leverage: number; // share of what IM allows to borrow
  readonly tier: number; // of grace
  readonly attention: number; // chance to act on a bad step
  readonly reserve: number; // USD kept outside the pool for top-ups
  readonly book?: Book; // of derivatives
}

/** How likely each collateral is in a book; what the pool does not list is left out. */
const TASTE: readonly (readonly [string, number])[] = [
  ["BTC", 5],
  ["ETH", 5],
  ["wstETH", 3],
  ["SOL", 2],
  ["LINK", 2],
];
const MEDIAN_BOOK = 20_000; // USD
const BOOK_SPREAD = 1.1; // of its logarithm
const TIERS = [0, 0, 0, 0, 0, 0, 0, 1, 2, 3]; // most are hasty

/** Draws the owners of a pool: varied books, leverage and attention. Prices in USD. */
export function drawTraders(
  count: number,
  params: Params,
  prices: Readonly<Record<string, number>>,
  random: Random,
): Trader[] {
  return Array.from({ length: count }, () => drawTrader(params, prices, random));
}

function drawTrader(
  params: Params,
  prices: Readonly<Record<string, number>>,
  random: Random,
): Trader {
  const size = MEDIAN_BOOK * Math.exp(BOOK_SPREAD * random.normal());
  const symbols = drawSymbols(params, random);
  const holdings = symbols.map((symbol) => {
    const amount = (size / symbols.length) * (0.5 + random.uniform());
    return { symbol, amount: unitsOf(params, symbol, amount / usdPrice(params, prices, symbol)) };
  });
  return { size, holdings, ...drawAttention(size, params, random) };
}

function drawSymbols(params: Params, random: Random): string[] {
  const bag = TASTE.filter(([symbol]) => params.listings[symbol]).flatMap(([symbol, weight]) =>
    new Array<string>(weight).fill(symbol),
  );
  const count = 1 + random.integer(3);
  return [...new Set(random.shuffle(bag))].slice(0, count);
}

function drawAttention(size: number, params: Params, random: Random) {
  const cashSymbol = Object.keys(params.stables).find((s) => params.stables[s]!.cash)!;
  const style = random.uniform();
  const lends = style < 0.08;
  const idle = style < 0.15;
  return {
    cash: lends ? unitsOf(params, cashSymbol, size) : 0n,
    leverage: idle ? 0 : 0.35 + 0.64 * random.uniform(),
    tier: random.pick(TIERS),
    attention: random.pick([0, 0.1, 0.35, 0.8]),
    reserve: size * 0.4 * random.uniform(),
  };
}

/** USD of one unit; what follows an underlying at a rate counts at both. */
function usdPrice(
  params: Params,
  prices: Readonly<Record<string, number>>,
  symbol: string,
): number {
  const asset = params.assets[symbol];
  if (!asset || asset.index === 0) return prices[symbol]!;
  return prices[symbol]! * prices[asset.factor]!;
}

/** Token units of an amount. */
export function unitsOf(params: Params, symbol: string, amount: number): bigint {
  const { decimals } = params.listings[symbol]!;
  return parseUnits(amount.toFixed(Math.min(decimals, 8)), decimals);
}
