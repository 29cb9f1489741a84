import { parseUnits } from "viem";

import { MAX_PRICE, WAD } from "../../math/WadMath.ts";
import { aggregatedOf, marketOf as marketFeedOf } from "../../params/feeds.ts";
import type { Params } from "../../params/params.ts";
import { NotInDollars, PriceOutOfBounds, UnlistedLeader } from "./errors.ts";
import { follow } from "./follow.ts";
import { select, type Tape } from "./Tape.ts";

/** A first price so many times above or below the pool's own is of another unit. */
const ANOTHER_UNIT = 10_000n;

/** An asset that the tape lacks, and how it moves instead. */
export interface Following {
  readonly symbol: string;
  /** Log return per log return of the tape's first symbol; null for one that stands still. */
  readonly beta: number | null;
}

/** A tape that prices every listing of a pool at every point. */
export interface Market {
  readonly tape: Tape;
  readonly leader: string;
  readonly following: readonly Following[];
  /** Series of the tape that the pool does not list. */
  readonly unlisted: readonly string[];
}

/** How to complete a tape. */
export interface MarketOptions {
  /** Instead of each factor's ρ. */
  readonly beta?: number | undefined;
  /** Whether a series that the pool does not list may lead; it may not if left out. */
  readonly leaders?: "listed" | "any" | undefined;
}

/**
 * Completes a tape for a pool. A factor it lacks follows its ρ, or `beta`, times the tape's first
 * symbol; a rate or a stable it lacks stands at the pool's first price.
 *
 * @throws UnlistedLeader, NotInDollars, PriceOutOfBounds
 */
export function marketOf(
  tape: Tape,
  params: Params,
  { beta, leaders = "listed" }: MarketOptions = {},
): Market {
  const told = tape.symbols.filter((symbol) => tape.points.some(({ prices }) => symbol in prices));
  const leader = told[0]!;
  if (leaders === "listed") requireListed(tape, leader, params);
  const missing = Object.keys(params.listings).filter((symbol) => !told.includes(symbol));
  const following = missing.map((symbol) => ({ symbol, beta: betaOf(params, symbol, beta) }));
  const known: Tape = { ...tape, symbols: told };
  const whole = following.reduce((t, f) => add(t, f, params), known);
  const market = hold(listedOnly(whole, leader, params));
  requireDollars(market, params);
  requireTellable(market, params);
  const unlisted = told.filter((symbol) => !market.symbols.includes(symbol));
  return { leader, following, unlisted, tape: market };
}

function requireListed(tape: Tape, leader: string, { listings }: Params): void {
  const listed = Object.keys(listings);
  if (!listed.includes(leader)) throw new UnlistedLeader(tape.name, leader, listed);
}

/** Where the pool's parameters say a first price, the tape's is of the same unit. */
function requireDollars({ name, points }: Tape, params: Params): void {
  for (const [symbol, { feed }] of Object.entries(params.listings)) {
    const [price, usual] = [points[0]!.prices[symbol]!, firstPrice(params, symbol)];
    if (feed.price === undefined) continue;
    if (price > usual * ANOTHER_UNIT || price * ANOTHER_UNIT < usual)
      throw new NotInDollars(name, symbol, price, usual);
  }
}

function requireTellable({ name, points }: Tape, params: Params): void {
  for (const symbol of Object.keys(params.listings)) {
    const bounds = { least: feedUnit(params, symbol), most: MAX_PRICE };
    const isOutside = (price: bigint) => price < bounds.least || price > bounds.most;
    const outside = points.map(({ prices }) => prices[symbol]!).find(isOutside);
    if (outside !== undefined) throw new PriceOutOfBounds(name, symbol, outside, bounds);
  }
}

function feedUnit({ listings }: Params, symbol: string): bigint {
  const market = marketFeedOf(listings[symbol]!.feed);
  return 10n ** BigInt(18 - ((market && aggregatedOf(market)?.decimals) ?? 8));
}

function betaOf(params: Params, symbol: string, beta?: number): number | null {
  if (params.assets[symbol]?.index !== 0) return null;
  return beta ?? params.factors[symbol]!.correlation;
}

function add(tape: Tape, { symbol, beta }: Following, params: Params): Tape {
  return follow(tape, { symbol, beta: beta ?? 0, start: firstPrice(params, symbol) });
}

function firstPrice(params: Params, symbol: string): bigint {
  return parseUnits(String(params.listings[symbol]!.feed.price ?? 1), 18);
}

function listedOnly(tape: Tape, leader: string, params: Params): Tape {
  return select(tape, [...new Set([leader, ...Object.keys(params.listings)])]);
}

/** Every symbol at every point: one that has no new round is told again, from the first on. */
function hold(tape: Tape): Tape {
  const last: Record<string, bigint> = {};
  for (const { prices } of tape.points) for (const s in prices) last[s] ??= prices[s]!;
  const points = tape.points.map(({ time, prices }) => {
    Object.assign(last, prices);
    return { time, prices: { ...last } };
  });
  return { ...tape, points };
}

/** The pool's parameters with the market's first prices in its feeds. */
export function paramsAt(params: Params, market: Market): Params {
  const first = market.tape.points[0]!.prices;
  const chosen = structuredClone(params);
  for (const [symbol, listing] of Object.entries(chosen.listings)) {
    listing.feed.price = Number(first[symbol]!) / Number(WAD);
  }
  return chosen;
}
