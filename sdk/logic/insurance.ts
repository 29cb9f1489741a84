import { requiredOf } from "../math/LossMath.ts";
import { max, MAX_VALUE, min } from "../math/WadMath.ts";
import { type Snapshot } from "../snapshot/Snapshot.ts";
import { type AccountId, FUND } from "../types/Ids.ts";
import { EMPTY } from "./accounts.ts";
import { cashOf } from "./cash.ts";
import { bookDeficit, change } from "./ledger.ts";
import { earlierOf } from "./openInterest.ts";
import { spotOf } from "./positions.ts";
import { toCashUp } from "../snapshot/price.ts";

// The waterfall below an account's own equity: the insurance fund, who won what the account lost
// (payoutHaircuts.ts), the lenders. Twin of contracts/logic/Insurance.sol.

/** The insurance fund's cash. */
export function fundOf(s: Snapshot, timestamp: number): bigint {
  return max(0n, cashOf(s, FUND, timestamp));
}

/** What the fund should hold of cash: 1 % of what was open before this block, 5 % more of the thin. */
export function fundRequired(s: Snapshot, timestamp: number): bigint {
  const needs = Object.entries(s.factors).map(([id, factor]) => {
    const units = earlierOf(factor, timestamp);
    if (units === 0n) return 0n;
    return requiredOf(units, spotOf(s, Number(id), timestamp), factor.params.exit[0]);
  });
  const sum = needs.reduce((all, one) => all + one, 0n);
  return min(MAX_VALUE, toCashUp(s, sum, timestamp));
}

/** A sum the waterfall pays, and what of it winners bear, cash. */
export interface Payment {
  readonly amount: bigint;
  readonly socialized: bigint;
}

/** Pays cash out of the waterfall; the caller credits whom it is for. Accrue first. */
export function pay(s: Snapshot, { amount, socialized }: Payment, timestamp: number): Snapshot {
  const paid = min(amount - socialized, fundOf(s, timestamp));
  const drawn = paid > 0n ? change(s, FUND, -paid) : s;
  return bookDeficit(drawn, amount - socialized - paid, timestamp);
}

/** Adds to an account's cash; one that the snapshot does not have is not kept. */
export function credit(s: Snapshot, id: AccountId, amount: bigint): Snapshot {
  if (id === FUND || s.accounts[id] !== undefined) return change(s, id, amount);
  const { accounts } = s;
  return { ...change({ ...s, accounts: { ...accounts, [id]: EMPTY } }, id, amount), accounts };
}
