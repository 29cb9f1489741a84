import type { ReadClient } from "./contract.ts";
import { watch, type Unwatch, type Watch } from "./watch.ts";

/** Tells of every bid from now on; returns what ends the watch. */
export function watchBids(client: ReadClient, args: Watch<"Bid">): Unwatch {
  return watch(client, "Bid", args);
}
