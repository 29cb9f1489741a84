import type { ReadClient } from "./contract.ts";
import { watch, type Unwatch, type Watch } from "./watch.ts";

/** Tells of every margin call that opens from now on; returns what ends the watch. */
export function watchCalls(client: ReadClient, args: Watch<"Call">): Unwatch {
  return watch(client, "Call", args);
}
