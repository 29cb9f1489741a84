import type { Snapshot } from "../../sdk/snapshot/Snapshot.ts";
import { priceAt } from "../../sdk/state/price.ts";

/** Everything of a snapshot but where it was read; prices as they are at a time. */
export function stateOf(s: Snapshot, timestamp: number) {
  const { block: _, feeds, ...rest } = s;
  const ids = Object.keys(feeds).map(Number);
  return { ...rest, prices: ids.map((id) => priceAt(s, id, timestamp)) };
}
