import type { View } from "../snapshot/price.ts";

/** When to look, how bands enter, and which modes options are priced for; both, if left out. */
export interface Look {
  readonly timestamp: number; // Unix seconds
  readonly view: View;
  readonly modes?: "both" | "initial";
}
