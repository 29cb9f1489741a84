import type { View } from "./price.ts";

/** When to look, and how bands enter. */
export interface Look {
  readonly timestamp: number; // Unix seconds
  readonly view: View;
}

/** What a part of an account adds to the totals, USD. */
export interface Part {
  readonly equity: bigint;
  readonly initialEquity: bigint;
  readonly gross: bigint;
}

/** What a long value adds; IM leans on it only while its price is Ok. */
export function longPart(value: bigint, counted: boolean): Part {
  return { equity: value, initialEquity: counted ? value : 0n, gross: value };
}
