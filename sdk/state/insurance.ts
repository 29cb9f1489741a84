import { max, min } from "../math/WadMath.ts";
import type { Snapshot } from "../snapshot/Snapshot.ts";
import { FUND } from "../types/Ids.ts";
import { cashOf } from "./cash.ts";
import { bookDeficit, change } from "./ledger.ts";

// The waterfall below an account's own equity. Twin of contracts/logic/Insurance.sol.

/** The insurance fund's cash. */
export function fundOf(s: Snapshot, timestamp: number): bigint {
  return max(0n, cashOf(s, FUND, timestamp));
}

/** What the fund should hold: 1 % of open interest and 5 % of the thin. Spot has none. */
export function fundRequired(): bigint {
  return 0n;
}

/** Pays `amount` of cash out of the waterfall; the caller credits whom it is for. Accrue first. */
export function pay(s: Snapshot, amount: bigint, timestamp: number): Snapshot {
  const paid = min(amount, fundOf(s, timestamp));
  const drawn = paid > 0n ? change(s, FUND, -paid) : s;
  return bookDeficit(drawn, amount - paid, timestamp);
}
