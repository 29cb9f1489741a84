import { parseUnits } from "viem";

import type { Params } from "../../params/params.ts";
import { follow } from "../tape/follow.ts";
import { select, type Tape } from "../tape/Tape.ts";

const WAD = 10n ** 18n;

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
}

/**
 * Completes a tape for a pool. A factor it lacks follows its ρ, or `beta`, times the tape's first
 * symbol; a rate or a stable it lacks stands at the pool's first price.
 */
export function marketOf(tape: Tape, params: Params, beta?: number): Market {
  const told = tape.symbols.filter((symbol) => tape.points.some(({ prices }) => symbol in prices));
  const leader = told[0]!;
  const missing = Object.keys(params.listings).filter((symbol) => !told.includes(symbol));
  const following = missing.map((symbol) => ({ symbol, beta: betaOf(params, symbol, beta) }));
  const known: Tape = { ...tape, symbols: told };
  const whole = following.reduce((t, f) => add(t, f, params), known);
  return { leader, following, tape: hold(listedOnly(whole, leader, params)) };
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
