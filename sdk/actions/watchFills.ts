import type { ReadClient } from "./contract.ts";
import { watch, type Unwatch, type Watch } from "./watch.ts";

/** Tells of every fill from now on; returns what ends the watch. */
export function watchFills(client: ReadClient, args: Omit<Watch<"Filled">, "account">): Unwatch {
  return watch(client, "Filled", args);
}
