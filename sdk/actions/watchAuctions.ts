import type { ReadClient } from "./contract.ts";
import { watch, type Unwatch, type Watch } from "./watch.ts";

/** Tells of every auction that opens from now on; returns what ends the watch. */
export function watchAuctions(client: ReadClient, args: Watch<"AuctionOpened">): Unwatch {
  return watch(client, "AuctionOpened", args);
}
