import type { Factor, Snapshot } from "../../sdk/snapshot/Snapshot.ts";
import { priceAt } from "../../sdk/snapshot/price.ts";

/** Everything of a snapshot but where it was read; prices, and whose block it is, as of a time. */
export function stateOf(s: Snapshot, timestamp: number) {
  const { block: _, feeds, factors, ...rest } = s;
  const ids = Object.keys(feeds).map(Number);
  const now = Object.entries(factors).map(([id, factor]) => [id, asOf(factor, timestamp)] as const);
  const prices = ids.map((id) => priceAt(s, id, timestamp));
  return { ...rest, factors: Object.fromEntries(now), prices };
}

/** A change of open interest counts in its own block. */
function asOf(factor: Factor, timestamp: number) {
  const { market } = factor;
  return { ...factor, market: { ...market, changed: market.changed === timestamp } };
}
