import { type Greeks, greeksOf } from "../logic/greeks.ts";
import type { Snapshot } from "../snapshot/Snapshot.ts";
import { portfolioOf } from "../logic/portfolio.ts";
import type { AccountId } from "../types/Ids.ts";

/** By factor. USD: see `Greeks`. */
export type FactorGreeks = Readonly<Record<number, Greeks>>;

/**
 * How an account's book moves with each factor it holds: delta, gamma, vega and theta, collateral
 * included, by the same formulas that margin uses.
 *
 * @throws AccountNotInSnapshot, UnknownFactor, OutOfBounds, TimeReversed
 */
export function greeks(
  snapshot: Snapshot,
  account: AccountId,
  { timestamp }: { readonly timestamp: number },
): FactorGreeks {
  const look = { timestamp, view: "plain", modes: "initial" } as const;
  const { exposures } = portfolioOf(snapshot, account, look);
  return Object.fromEntries(exposures.map((exposure) => [exposure.factor, greeksOf(exposure)]));
}
