import { wadOf } from "../../../sdk/params/decimal.ts";
import { readParams } from "../../../sdk/files/params.ts";
import { Account } from "../../../sdk/sim/policies/Account.ts";
import type { Book, ConditionCheck } from "../../../sdk/sim/policies/Book.ts";
import { Estimates } from "../../../sdk/sim/policies/Estimates.ts";
import type { Rule } from "../../../sdk/sim/policies/Policy.ts";
import { factorsOf } from "../../../sdk/sim/policies/Path.ts";
import { Pool } from "../../../sdk/sim/policies/Pool.ts";
import { createRandom } from "../../../sdk/sim/random.ts";

// A world that a hand can check: ETH begins at 2 000, nothing else moves, σ stands still, and markets are
// so deep that a sale costs its spread, a tenth of a per cent, and nothing more.

export const params = readParams("deployments/local/params.json");
const factors = factorsOf(params);
const ETH = factors.indexOf("ETH");
const DEEP = 1e17; // USD a day
export const STEP = 600;
export const START = 1_600_000_000;

const estimates = Estimates.at(params, pricesAt(2_000), START);

function pricesAt(eth: number): bigint[] {
  return factors.map((_, i) => wadOf(i === ETH ? eth : 100));
}

/** The market at a price of ETH. */
export function sightAt(eth: number, time = START): ConditionCheck {
  const sight = estimates.sight(pricesAt(eth));
  return {
    ...sight,
    time,
    exposures: sight.exposures.map((one) => ({ ...one, updated: time })),
  };
}

/** So many ETH of perps, entered at 2 000, so many held, and cash. */
export function bookOf({ cash = 0, perps = 0, spot = 0 }): Book {
  const only = (units: number) => factors.map((_, i) => wadOf(i === ETH ? units : 0));
  const none = only(0);
  const entered = wadOf(perps * 2_000);
  return { spot: only(spot), followers: none, perps: only(perps), cash: wadOf(cash) - entered };
}

/** An account whose owner always looks, or never. */
export function accountOf(
  held: Parameters<typeof bookOf>[0],
  reserve = 0,
  multiplier = 1,
): Account {
  const attention = reserve > 0 ? 1 : 0;
  const owner = { style: "perp", book: bookOf(held), attention, reserve } as const;
  return new Account(owner, wadOf(multiplier), createRandom(1));
}

/** How a market differs from a deep one that is looked at every ten minutes. */
interface Market {
  readonly volume?: number; // USD a day
  readonly step?: number; // seconds
}

/** A pool under a rule, told prices one after the other. */
export function tell(
  rule: Rule,
  accounts: readonly Account[],
  prices: readonly number[],
  { volume = DEEP, step = STEP }: Market = {},
) {
  const pool = new Pool({
    ...{ accounts, step, openInterest: 1_000_000, fundRequired: 10_000, dust: 100 },
    policy: { name: "", multiplier: 1, rule },
    volumes: factors.map(() => volume),
  });
  for (const [i, price] of prices.entries()) {
    const sight = sightAt(price, START + i * step);
    const still = factors.map(() => 0.05);
    pool.impact.step(step, still);
    pool.step({ sight, free: sight, daily: still, hourly: factors.map(() => 1) });
  }
  return pool;
}

/** ETH that are left, spot and perps. */
export function ethOf({ book }: Account): number {
  return Number(book.spot[ETH]! + book.perps[ETH]!) / 1e18;
}
