import { OutOfBounds } from "../errors/OutOfBounds.ts";
import { MAX_PRICE, min, WAD } from "../math/WadMath.ts";
import type { Snapshot } from "../snapshot/Snapshot.ts";
import { accountHealthOf } from "../logic/margin.ts";
import { factorPriceAt } from "../snapshot/price.ts";
import type { AccountId } from "../types/Ids.ts";
import { atPrice, heldStill } from "./reprice.ts";

// Where a margin call begins. The account is judged as calls judge it (bands as narrow as the feeds'
// thresholds), at a time, with every price but one as it is then, the factor's price as old as it is,
// and σ, σMM and v1 held as they are then: a move that brings its own volatility is not in it. A dead
// feed has no such price.

const STEPS = 32n; // looked at in each direction before halving
const REACH = 64n; // times the price: as far up as is looked

/** Prices of one factor, USD. Each has health ≥ 1; one wei further from the present price has not. */
export interface LiquidationPrices {
  readonly below: bigint | null; // the last healthy price on the way down; null if there is no fall that hurts
  readonly above: bigint | null; // the last healthy price on the way up
  readonly called: boolean; // health is below 1 already: then both are the first healthy prices
}

/**
 * The prices of a factor alone at which an account's health passes 1. Exact to the wei where they are;
 * of several crossings in one direction it is the nearest that 32 equal steps can tell apart (a book
 * that is only long has at most one, below).
 *
 * @throws UnknownFactor, AccountNotInSnapshot, TimeReversed
 */
export function liquidationPrice(
  snapshot: Snapshot,
  account: AccountId,
  factor: number,
  { timestamp }: { readonly timestamp: number },
): LiquidationPrices {
  const s = heldStill(snapshot, account, [factor], timestamp);
  const present = factorPriceAt(snapshot, factor, timestamp).price;
  const healthy = (price: bigint) => isHealthy(atPrice(s, factor, price), account, timestamp);
  const called = !healthy(present);
  if (present === 0n) return { below: null, above: null, called };
  return {
    below: crossing(present, 1n, healthy),
    above: crossing(present, min(MAX_PRICE, present * REACH), healthy),
    called,
  };
}

/** Null where the model is not stated for so large a book. */
function isHealthy(s: Snapshot, account: AccountId, timestamp: number): boolean | null {
  try {
    return accountHealthOf(s, account, timestamp).health >= WAD;
  } catch (error) {
    if (error instanceof OutOfBounds) return null;
    throw error;
  }
}

/** The healthy side of the first crossing between two prices. */
function crossing(
  from: bigint,
  to: bigint,
  healthy: (price: bigint) => boolean | null,
): bigint | null {
  const before = healthy(from);
  for (let step = 1n; step <= STEPS; ++step) {
    const far = from + ((to - from) * step) / STEPS;
    const after = healthy(far);
    if (after === null) return null;
    if (after === before) continue;
    const near = from + ((to - from) * (step - 1n)) / STEPS;
    return halve(before ? near : far, before ? far : near, healthy);
  }
  return null;
}

/** The last healthy price between a healthy one and one that is not. */
function halve(yes: bigint, no: bigint, healthy: (price: bigint) => boolean | null): bigint {
  let [good, bad] = [yes, no];
  while (good - bad > 1n || bad - good > 1n) {
    const middle = (good + bad) / 2n;
    if (healthy(middle)) good = middle;
    else bad = middle;
  }
  return good;
}
