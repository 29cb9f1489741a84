import * as PerpMath from "../math/PerpMath.ts";
import type { Factor, Snapshot } from "../snapshot/Snapshot.ts";
import { withMarket } from "./factors.ts";
import { marketParamsAt } from "./effectiveParams.ts";
import { elapsedSince } from "./time.ts";

// A future that never expires. Twin of contracts/logic/instruments/Perp.sol.

/** The mark of a unit, and what a long of it is worth less what it has paid. */
export interface PerpQuote {
  readonly mark: bigint;
  readonly index: bigint;
}

/** A perp at spot `price`. */
export function quotePerp(factor: Factor, price: bigint, timestamp: number): PerpQuote {
  const { premium, time } = factor.market;
  const now = PerpMath.premiumAfter(premium, elapsedSince(time, timestamp));
  const mark = PerpMath.perpMark(price, now);
  return { mark, index: mark - fundingAt(factor, price, timestamp) };
}

/** Brings premium and funding up to now. */
export function accruePerp(s: Snapshot, id: number, price: bigint, timestamp: number): Snapshot {
  const factor = s.factors[id]!;
  const { premium, time } = factor.market;
  if (time === timestamp) return s;
  return withMarket(s, id, {
    premium: PerpMath.premiumAfter(premium, elapsedSince(time, timestamp)),
    funding: fundingAt(factor, price, timestamp),
    time: timestamp,
  });
}

function fundingAt(factor: Factor, price: bigint, timestamp: number): bigint {
  const { premium, funding, time } = factor.market;
  if (premium === 0n) return funding;
  const elapsed = elapsedSince(time, timestamp);
  const { fundingCap } = marketParamsAt(factor, timestamp);
  return PerpMath.fundingAfter(funding, premium, price, elapsed, fundingCap);
}
