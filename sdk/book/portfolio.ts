import { highCorrelation, loadingOf, lowCorrelation } from "../math/MarginMath.ts";
import { debtQuote, longQuote } from "../math/PriceMath.ts";
import { crowdingOf } from "../math/ScenarioMath.ts";
import { mulDown, mulUp, WAD } from "../math/WadMath.ts";
import { wadOf } from "../params/decimal.ts";
import { Invalid } from "../params/errors.ts";
import type { MarginParams } from "../params/params.ts";
import { total } from "../total.ts";
import { CASH, isStable, isUnderlying } from "../types/Ids.ts";
import type { Exposure, Pair, Portfolio, Stable } from "../types/Portfolio.ts";
import { type Price, type Quote, Status } from "../types/Price.ts";
import type { Book, Market, Peg } from "./Book.ts";
import { derivativesOf, NO_DERIVATIVES, requirePremium } from "./derivatives.ts";
import { NotQuoted, TooMany, UnknownAsset } from "./errors.ts";
import { type Leg, legsOf } from "./legs.ts";
import {
  cashName,
  listed,
  type Listed,
  multiplierOf,
  own,
  pairOf,
  requireKnown,
} from "./listed.ts";

// From a book to the waist, as contracts/logic/Portfolios.sol builds it from State: same sums, same
// rounding, every price Ok. An account holds each asset and each instrument once, so positions in one
// of them are one. Where State has the time of an expiry, a book has the seconds until then.

const MAX_ASSETS = 16; // of an account: contracts/types/Params.sol
const MAX_FACTORS = 8;

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

/** What a book holds. */
interface Held {
  readonly holdings: readonly Holding[];
  readonly legs: readonly Leg[];
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
 * @throws UnknownAsset, UnknownFactor, UnknownGrace, NotQuoted, Contradiction, Invalid, TooMany
 */
export function portfolioOf(book: Book, params: MarginParams): Portfolio {
  requireKnown(book, params);
  const multiplier = multiplierOf(book, params);
  const held = { holdings: holdingsOf(book, params), legs: legsOf(book, params) };
  const names = factorsOf(book, held);
  const faces = held.holdings.filter(isFace).map((one) => facePart(book, one));
  const factors = names.map((name) => factorPart(book, params, held, name));
  const parts: readonly Part[] = [...faces, ...factors];
  const marks = total(factors.map((part) => part.marks));
  const equity = total(parts.map((part) => part.equity)) + markValue(book, params, marks);
  return {
    equity,
    initialEquity: equity,
    gross: total(parts.map((part) => part.gross)),
    debt: total(parts.map((part) => part.debt)),
    doubt: 0n,
    graceMultiplier: owes(held.holdings) || held.legs.length > 0 ? multiplier : WAD,
    stables: faces.map(({ stable }) => stable),
    exposures: factors.map(({ exposure }) => exposure),
  };
}

/** What a book holds, asset by asset, cash first; what nets to nothing is not held. @throws TooMany */
export function holdingsOf(book: Book, params: MarginParams): Holding[] {
  const held = new Map<number, Holding>();
  for (const [position, leg] of book.positions.entries()) {
    if (leg.kind !== "spot" && leg.kind !== "cash") continue;
    const asset = assetOf(book, params, leg.kind === "cash" ? undefined : leg.asset, position);
    const first = held.get(asset.id) ?? { ...asset, amount: 0n, position };
    held.set(asset.id, { ...first, amount: first.amount + leg.amount });
  }
  const holdings = [...held.values()].filter(({ amount }) => amount !== 0n);
  const collateral = holdings.filter((holding) => !isCash(holding));
  if (collateral.length > MAX_ASSETS)
    throw new TooMany(book.index, "assets", collateral.length, MAX_ASSETS);
  return [...holdings.filter(isCash), ...collateral];
}

/** The factors held, in the order of their first instrument, then of their first asset. */
function factorsOf(book: Book, { holdings, legs }: Held): string[] {
  const held = [...legs, ...holdings].flatMap(({ factor }) => factor ?? []);
  const names = [...new Set(held)];
  if (names.length > MAX_FACTORS)
    throw new TooMany(book.index, "factors", names.length, MAX_FACTORS);
  return names;
}

/** An account that owes nothing can lose no one's money: its patience is free. */
export function owes(holdings: readonly Holding[]): boolean {
  return holdings.some((holding) => isCash(holding) && holding.amount < 0n);
}

function isCash({ id }: Listed): boolean {
  return id === CASH;
}

function isFace({ id }: Listed): boolean {
  return isStable(id);
}

function assetOf(
  book: Book,
  params: MarginParams,
  named: string | undefined,
  position: number,
): Listed {
  const name = named ?? cashName(params);
  const asset = listed(params, name);
  if (asset) return asset;
  const known = [...new Set([params.assets, params.stables].flatMap((all) => Object.keys(all)))];
  throw new UnknownAsset(`books[${book.index}].positions[${position}].asset`, name, known);
}

/** A stable, or cash: which is no collateral, and may be owed. */
function facePart(book: Book, held: Holding): Part & { readonly stable: Stable } {
  const { amount } = held;
  const { price, band } = pegOf(book, held.name);
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

/** Options count beside cash, at its price. */
function markValue(book: Book, params: MarginParams, marks: bigint): bigint {
  const { price, band } = pegOf(book, cashName(params));
  const quote = marks > 0n ? longQuote(ok(price, band)) : debtQuote(ok(price, band));
  return mulDown(marks, quote.price);
}

function pegOf({ stables }: Book, name: string): Peg {
  return own(stables, name) ?? { price: WAD, band: 0n };
}

/** All a book holds of one factor. */
function factorPart(
  book: Book,
  params: MarginParams,
  held: Held,
  name: string,
): Part & { readonly exposure: Exposure; readonly marks: bigint } {
  const holdings = held.holdings.filter(({ factor }) => factor === name);
  const legs = held.legs.filter(({ factor }) => factor === name);
  const market = marketOf(book, params, holdings[0]?.position ?? 0, name);
  const quote = longQuote(ok(market.price, market.band));
  const valued = holdings.map((holding) => valuedAt(book, holding, quote));
  const spot = total(valued.map(({ value }) => value));
  const bare = {
    ...accountHealth(params, name, market),
    spot,
    price: quote.price,
    bandRate: quote.bandRate,
    rateBand: total(valued.map(({ rateBand }) => rateBand)),
    lst: [total(valued.map(({ lst }) => lst[0])), total(valued.map(({ lst }) => lst[1]))] as const,
  };
  const traded = derivativesOf(legs, bare, market, params.factors[name]!.market);
  return {
    equity: spot,
    gross: spot,
    debt: 0n,
    exposure: { ...bare, ...traded.derivatives },
    marks: traded.marks,
  };
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
function accountHealth(params: MarginParams, name: string, market: Market) {
  const factor = params.factors[name]!;
  const { low, high } = factor.openInterest;
  const crowding = crowdingOf(market.openInterest, wadOf(low), wadOf(high));
  return {
    ...NO_DERIVATIVES,
    factor: factor.id,
    index: market.price,
    used: market.sigma,
    volatilityRatio: WAD,
    shockFloor: wadOf(factor.shockFloor),
    dailyVolume: market.adv,
    volatility: [market.sigma, market.sigma] as const,
    crowding: [crowding, crowding] as const,
    exitRate: pairOf(factor.exit),
    low: loadingOf(lowCorrelation(wadOf(factor.correlation)), factor.alt),
    high: loadingOf(highCorrelation(wadOf(factor.correlation)), factor.alt),
    counted: true,
    doubtRate: 0n,
    behind: false,
    updated: 0,
  };
}

function marketOf(book: Book, params: MarginParams, position: number, name: string): Market {
  const market = own(book.factors, name);
  if (market === undefined) throw new NotQuoted(book.index, position, name);
  const path = `books[${book.index}].factors.${name}.perp.premium`;
  requirePremium(market, params.factors[name]!.market, path);
  return market;
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
