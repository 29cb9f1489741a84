import type { RestingOrder } from "./Relay.ts";

/** Whose order a failed fill takes out of the book. */
export type FailedSide = "maker" | "taker" | "both" | "neither";

/** The two orders of a fill. */
export interface Parties {
  readonly maker: RestingOrder;
  readonly taker: RestingOrder;
}

/**
 * Blames whom the error names: by account, order hash or signer, in any of its fields. `MarginTooLow`
 * of the maker's account is the maker's fault; a price too far from the mark is nobody's.
 */
export function attributeFailure(error: Error, { maker, taker }: Parties): FailedSide {
  const words = Object.values(error).filter((value) => typeof value === "string");
  const named = new Set(words.map((word) => word.toLowerCase()));
  const [made, took] = [names(named, maker), names(named, taker)];
  if (made && took) return "both";
  return made ? "maker" : took ? "taker" : "neither";
}

function names(named: ReadonlySet<string>, { hash, order }: RestingOrder): boolean {
  return [hash, order.account, order.signer].some((word) => named.has(word.toLowerCase()));
}
