import { GRID } from "../math/OracleMath.ts";
import { MAX_PRICE } from "../math/WadMath.ts";
import type { Factor, Feed, Snapshot } from "../snapshot/Snapshot.ts";
import { type AssetId, factorOf, isStable, isUnderlying } from "../types/Ids.ts";
import { Status } from "../types/Price.ts";
import { observe } from "./estimates.ts";
import { DEAD, freshPrice } from "../snapshot/price.ts";

// Rounds that have not come yet.

/** Prices by asset, and when their rounds come. USD, or units of the underlying; wads. */
export interface NewRounds {
  readonly timestamp: number; // Unix seconds
  readonly rounds: Readonly<Record<AssetId, bigint>>;
}

/** Which factors to observe, how far, and when. */
export interface Observation {
  readonly timestamp: number; // Unix seconds
  readonly factors?: readonly number[]; // all if left out
  readonly maxRounds?: number; // of each factor; all if left out
}

/**
 * The snapshot as it will be once these rounds have come: prices good and new, and the rounds of
 * underlyings waiting to be observed. A price that is not positive, or past 10^10, is a dead feed's.
 */
export function withRounds(s: Snapshot, { timestamp, rounds }: NewRounds): Snapshot {
  return Object.entries(rounds).reduce(
    (state, [asset, price]) => withRound(state, Number(asset), price, timestamp),
    s,
  );
}

/** The snapshot once waiting rounds are observed, whoever is paid for it: who is, `observe` of the verbs says. */
export function observed(s: Snapshot, options: Observation): Snapshot {
  const { timestamp, factors = Object.keys(s.factors).map(Number), maxRounds = Infinity } = options;
  return factors.reduce((state, id) => observe(state, id, maxRounds, timestamp).state, s);
}

function withRound(s: Snapshot, asset: AssetId, price: bigint, timestamp: number): Snapshot {
  const sound = price > 0n && price <= MAX_PRICE ? price : 0n;
  const feed = s.feeds[asset] ?? { price: DEAD, ageing: null };
  const next = { ...s, feeds: { ...s.feeds, [asset]: withPrice(feed, sound, timestamp) } };
  const factor = s.factors[factorOf(asset)];
  if (isStable(asset) || !isUnderlying(asset) || factor === undefined) return next;
  const waiting = withPending(factor, sound, timestamp);
  return { ...next, factors: { ...s.factors, [factorOf(asset)]: waiting } };
}

function withPrice({ ageing }: Feed, price: bigint, updated: number): Feed {
  if (price === 0n) return { ageing, price: DEAD };
  if (ageing !== null) return { ageing, price: freshPrice(price, updated, ageing) };
  return { ageing, price: { price, band: 0n, deviation: 0n, updated, status: Status.Ok } };
}

/** Ids of one phase follow one another. */
function withPending(factor: Factor, price: bigint, updated: number): Factor {
  const last = factor.pending.at(-1)?.id ?? factor.estimate.round;
  const round = { id: last + 1n, price, updated, skipped: false };
  const told = factor.told && { price, updated, closed: slotAfter(updated) };
  return { ...factor, told, pending: [...factor.pending, round] };
}

/** The slot of the grid that is to be told next. */
function slotAfter(time: number): number {
  const grid = Number(GRID);
  return (Math.floor(time / grid) + 1) * grid;
}
