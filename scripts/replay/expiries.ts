import type { Params } from "../../sdk/params/params.ts";
import {
  type Factor,
  type Snapshot,
  Stage,
  type ExpiryState,
} from "../../sdk/snapshot/Snapshot.ts";
import { withFactor } from "../../sdk/logic/factors.ts";
import { verb, type LocalChain } from "./LocalChain.ts";
import type { Market } from "../../sdk/sim/tape/market.ts";

// The dates that futures and options of a replay end on, and what the house posts of them.

const HALF_HOUR = 1_800; // seconds: expiries are half-hours of the clock
const SHORT = 7_200; // seconds: no tape shorter than this holds an expiry
const WITHIN = 0.6; // of a tape until the near expiry
const NEAR = 7 * 86_400; // seconds until it, at most
const BEYOND = 14 * 86_400; // seconds from the last round to the far expiry
const FURTHEST = 390 * 86_400; // seconds from the first round, at most
const SKEW = -80_000_000; // 1e-9
const CURVATURE = 30_000_000; // 1e-9
const CALM = { volatility: 0.8, basis: 0.05 };
const BASIS_SLOPE = 0.1; // futures fall under spot as the market grows wild
const BASIS_REACH = 0.15;

/** Factors whose futures and options are listed. */
const DATED = ["BTC", "ETH"];

/** The symbols whose expiries a pool lists. */
export function datedOf(params: Params): string[] {
  return DATED.filter((symbol) => params.listings[symbol] && params.assets[symbol]?.index === 0);
}

/** One expiry inside the tape, if it is long enough, and one beyond it; Unix seconds. */
export function expiriesOf({ tape: { points } }: Market): number[] {
  const [first, last] = [points[0]!.time, points.at(-1)!.time];
  const length = last - first;
  const far = Math.ceil(Math.min(last + BEYOND, first + FURTHEST) / HALF_HOUR) * HALF_HOUR;
  if (length <= SHORT) return [far];
  const near = Math.floor((first + Math.min(WITHIN * length, NEAR)) / HALF_HOUR) * HALF_HOUR;
  return [near, far];
}

/** Lists every expiry of every dated factor, at the volatility of the market. */
export async function listExpiries(
  chain: LocalChain,
  { snapshot, expiries, time }: { snapshot: Snapshot; expiries: readonly number[]; time: number },
): Promise<void> {
  for (const symbol of datedOf(chain.params)) {
    const { id } = chain.params.factors[symbol]!;
    const atm = parts(volatilityOf(snapshot.factors[id]!));
    for (const expiry of expiries) {
      const args = [BigInt(id), BigInt(expiry), atm, SKEW, CURVATURE];
      await verb(chain, "listExpiry", args, chain.actors[0]!, time);
    }
  }
}

/**
 * Posts a surface and a basis for every expiry that has not settled, as far as a post may move them.
 * Returns the snapshot as it will be.
 */
export async function postSurfaces(
  chain: LocalChain,
  snapshot: Snapshot,
  time: number,
): Promise<Snapshot> {
  let state = snapshot;
  const { surfaceStep, surfaceWait } = snapshot.trade;
  for (const [id, factor] of Object.entries(snapshot.factors)) {
    for (const expiry of factor.expiries) {
      const term = factor.terms[expiry]!;
      if (term.stage === Stage.Settled || time < term.posted + surfaceWait) continue;
      const { atm, basis } = nextPost(factor, term, Number(surfaceStep) / 1e18);
      const args = [BigInt(id), BigInt(expiry), atm, SKEW, CURVATURE, wad(basis)];
      await verb(chain, "postSurface", args, chain.actors[0]!, time);
      const surface = { atm: wad(atm), skew: wad(SKEW), curvature: wad(CURVATURE) };
      const next = { ...term, surface, basis: wad(basis), posted: time };
      const { terms } = state.factors[Number(id)]!;
      state = withFactor(state, Number(id), { terms: { ...terms, [expiry]: next } });
    }
  }
  return state;
}

/** What the market says now, no further from the last post than one may go; 1e-9. */
function nextPost(factor: Factor, { surface, basis }: ExpiryState, step: number) {
  const volatility = volatilityOf(factor);
  const wild = CALM.basis - BASIS_SLOPE * (volatility - CALM.volatility);
  const atm = Number(surface.atm) / 1e18;
  const reach = atm * step * 0.999; // of what the chain rounds down
  return {
    atm: parts(within(volatility, atm, reach)),
    basis: parts(within(within(wild, 0, BASIS_REACH), Number(basis) / 1e18, step)),
  };
}

/** σ of the last day, between the floor of the factor and what margin uses. */
function volatilityOf({ estimate, params }: Factor): number {
  const day = Math.sqrt(Number(estimate.day) / 1e18);
  const [floor, used] = [params.volatilityFloor, estimate.used].map((wad) => Number(wad) / 1e18);
  return Math.min(Math.max(day, floor!), used!);
}

function within(value: number, middle: number, reach: number): number {
  return Math.min(Math.max(value, middle - reach), middle + reach);
}

function parts(fraction: number): number {
  return Math.round(fraction * 1e9);
}

function wad(billionths: number): bigint {
  return BigInt(billionths) * 10n ** 9n;
}
