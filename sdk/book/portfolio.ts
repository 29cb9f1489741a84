import { debtQuote, longQuote } from "../math/PriceMath.ts";
import { highCorrelation, loadingOf, lowCorrelation } from "../math/MarginMath.ts";
import { crowdingOf } from "../math/ScenarioMath.ts";
import { mulDown, mulUp, WAD } from "../math/WadMath.ts";
import { wadOf } from "../params/decimal.ts";
import { Invalid } from "../params/errors.ts";
import type { MarginParams } from "../params/params.ts";
import { CASH, isStable, isUnderlying } from "../types/Ids.ts";
import type { Exposure, Pair, Portfolio, Stable } from "../types/Portfolio.ts";
import { type Price, type Quote, Status } from "../types/Price.ts";
import type { Book, Market, Position } from "./Book.ts";
import { NotQuoted, UnknownAsset } from "./errors.ts";
import {
  cashName,
  listed,
  type Listed,
  multiplierOf,
  own,
  pairOf,
  requireKnown,
} from "./listed.ts";

// From a book to the waist, as contracts/logic/Risk.sol builds it from State: same sums, same
// rounding, every price Ok. An account holds each asset once, so positions in one asset are one.

/** All that a book holds of one asset; cash may be owed. */
export interface Holding extends Listed {
  readonly amount: bigint;
  readonly position: number; // the first of it, for errors
}

/** What a part of a book adds to the totals, USD. */
interface Part {
  readonly equity: bigint;
  readonly gross: bigint;
  readonly debt: bigint;
}

/** One spot holding, valued. */
interface Valued {
  readonly value: bigint;
  readonly rateBand: bigint;
  readonly lst: Pair;
}

/**
 * The portfolio of a book: what the chain would judge, to the wei.
 *
 * @throws UnknownAsset, UnknownFactor, UnknownGrace, NotQuoted, Invalid
 */
export function portfolioOf(book: Book, params: MarginParams): Portfolio {
  requireKnown(book, params);
  const multiplier = multiplierOf(book, params);
  const holdings = holdingsOf(book, params);
  const faces = holdings.filter(({ id }) => isStable(id)).map((held) => facePart(book, held));
  const factors = factorsOf(holdings).map((name) => factorPart(book, params, holdings, name));
  const parts: readonly Part[] = [...faces, ...factors];
  const equity = total(parts.map((part) => part.equity));
  return {
    equity,
    initialEquity: equity,
    gross: total(parts.map((part) => part.gross)),
    debt: total(parts.map((part) => part.debt)),
    graceMultiplier: owes(holdings) ? multiplier : WAD,
    stables: faces.map(({ stable }) => stable),
    exposures: factors.map(({ exposure }) => exposure),
  };
}

/** What a book holds, asset by asset, cash first; what nets to nothing is not held. */
export function holdingsOf(book: Book, params: MarginParams): Holding[] {
  const held = new Map<number, Holding>();
  for (const [position, { amount, ...leg }] of book.positions.entries()) {
    const asset = assetOf(book, params, leg, position);
    const first = held.get(asset.id) ?? { ...asset, amount: 0n, position };
    held.set(asset.id, { ...first, amount: first.amount + amount });
  }
  const holdings = [...held.values()].filter(({ amount }) => amount !== 0n);
  return [...holdings.filter(isCash), ...holdings.filter((holding) => !isCash(holding))];
}

/** The factors held, in the order of their first asset. */
export function factorsOf(holdings: readonly Holding[]): string[] {
  return [...new Set(holdings.flatMap(({ factor }) => factor ?? []))];
}

/** An account that owes nothing can lose no one's money: its patience is free. */
export function owes(holdings: readonly Holding[]): boolean {
  return holdings.some((holding) => isCash(holding) && holding.amount < 0n);
}

function isCash({ id }: Listed): boolean {
  return id === CASH;
}

function assetOf(
  book: Book,
  params: MarginParams,
  leg: Omit<Position, "amount"> & { readonly asset?: string },
  position: number,
): Listed {
  const name = leg.asset ?? cashName(params);
  const asset = listed(params, name);
  if (asset) return asset;
  const known = [...new Set([params.assets, params.stables].flatMap((all) => Object.keys(all)))];
  throw new UnknownAsset(`books[${book.index}].positions[${position}].asset`, name, known);
}

/** A stable, or cash: which is no collateral, and may be owed. */
function facePart(book: Book, held: Holding): Part & { readonly stable: Stable } {
  const { amount } = held;
  const { price, band } = own(book.stables, held.name) ?? { price: WAD, band: 0n };
  const quote = amount < 0n ? debtQuote(ok(price, band)) : longQuote(ok(price, band));
  const debt = amount < 0n ? mulUp(-amount, quote.price) : 0n;
  const value = amount < 0n ? 0n : mulDown(amount, quote.price);
  return {
    equity: value - debt,
    gross: isCash(held) ? 0n : value,
    debt,
    stable: {
      face: amount,
      price: quote.price,
      bandRate: quote.bandRate,
      longRate: amount < 0n ? [0n, 0n] : held.charge, // a debt meets no long charge
    },
  };
}

/** All a book holds of one factor. */
function factorPart(
  book: Book,
  params: MarginParams,
  holdings: readonly Holding[],
  name: string,
): Part & { readonly exposure: Exposure } {
  const held = holdings.filter(({ factor }) => factor === name);
  const market = marketOf(book, held[0]!);
  const quote = longQuote(ok(market.price, market.band));
  const valued = held.map((holding) => valuedAt(book, holding, quote));
  const spot = total(valued.map(({ value }) => value));
  const exposure = {
    ...standing(params, name, market),
    spot,
    price: quote.price,
    bandRate: quote.bandRate,
    rateBand: total(valued.map(({ rateBand }) => rateBand)),
    lst: [total(valued.map(({ lst }) => lst[0])), total(valued.map(({ lst }) => lst[1]))] as const,
  };
  return { equity: spot, gross: spot, debt: 0n, exposure };
}

/** The underlying at its price, or what follows it at its rate. */
function valuedAt(book: Book, held: Holding, underlying: Quote): Valued {
  if (isUnderlying(held.id))
    return { value: mulDown(held.amount, underlying.price), rateBand: 0n, lst: [0n, 0n] };
  const quote = rateOf(book, held);
  const value = mulDown(mulDown(held.amount, quote.price), underlying.price);
  return {
    value,
    rateBand: mulUp(value, quote.bandRate),
    lst: [mulUp(value, held.charge[0]), mulUp(value, held.charge[1])],
  };
}

/** What an exposure is whatever is held of it. */
function standing(params: MarginParams, name: string, market: Market) {
  const factor = params.factors[name]!;
  const { low, high } = factor.openInterest;
  const crowding = crowdingOf(market.openInterest, wadOf(low), wadOf(high));
  return {
    factor: factor.id,
    used: market.sigma,
    wildness: WAD,
    shockFloor: wadOf(factor.shockFloor),
    dailyVolume: market.adv,
    volatility: [market.sigma, market.sigma] as const,
    crowding: [crowding, crowding] as const,
    exitRate: pairOf(factor.exit),
    low: loadingOf(lowCorrelation(wadOf(factor.correlation)), factor.alt),
    high: loadingOf(highCorrelation(wadOf(factor.correlation)), factor.alt),
    counted: true,
    fresh: true,
    behind: false,
    updated: 0,
  };
}

function marketOf(book: Book, { factor, position }: Holding): Market {
  const market = own(book.factors, factor!);
  if (market) return market;
  throw new NotQuoted(book.index, position, factor!);
}

function rateOf(book: Book, { name, rate }: Holding): Quote {
  const given = own(book.assets, name);
  const price = given?.rate ?? rate;
  if (price !== undefined) return longQuote(ok(price, given?.band ?? 0n));
  throw new Invalid(
    `books[${book.index}].assets.${name}.rate`,
    undefined,
    "units of the underlying, as the parameters have none",
  );
}

/** A price that is all a feed can wish for. */
function ok(price: bigint, band: bigint): Price {
  return { price, band, deviation: band, updated: 0, status: Status.Ok };
}

function total(values: readonly bigint[]): bigint {
  return values.reduce((sum, value) => sum + value, 0n);
}
