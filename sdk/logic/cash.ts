import * as CashMath from "../math/CashMath.ts";
import { mulDown, mulUp } from "../math/WadMath.ts";
import type { CashState, Snapshot } from "../snapshot/Snapshot.ts";
import { type AccountId, FUND } from "../types/Ids.ts";
import { accountOf } from "./accounts.ts";
import { elapsedSince } from "./time.ts";

// What the cash ledger says at a time. Twin of the views of contracts/logic/Cash.sol.

/** The supply index as of now, whether or not anyone has accrued. */
export function supplyIndexAt(c: CashState, timestamp: number): bigint {
  const elapsed = elapsedSince(c.accrued, timestamp);
  return CashMath.supplyIndexAfter(c.supplyIndex, c.supplyRate, elapsed);
}

/** The borrow index as of now, whether or not anyone has accrued. */
export function borrowIndexAt(c: CashState, timestamp: number): bigint {
  const elapsed = elapsedSince(c.accrued, timestamp);
  return CashMath.borrowIndexAfter(c.borrowIndex, c.borrowRate, elapsed);
}

/** Cash of a principal with interest. */
export function valueOf(c: CashState, principal: bigint, timestamp: number): bigint {
  if (principal === 0n) return 0n;
  if (principal < 0n) return CashMath.cashOf(principal, 0n, borrowIndexAt(c, timestamp));
  return CashMath.cashOf(principal, supplyIndexAt(c, timestamp), 0n);
}

/** The principal of an account; the fund's stands in the ledger. @throws AccountNotInSnapshot */
export function principalOf(s: Snapshot, account: AccountId): bigint {
  return account === FUND ? s.cash.fund : accountOf(s, account).principal;
}

/** An account's cash with interest; negative for debt. @throws AccountNotInSnapshot */
export function cashOf(s: Snapshot, account: AccountId, timestamp: number): bigint {
  return valueOf(s.cash, principalOf(s, account), timestamp);
}

/** What lenders own, at the index of the last accrual. */
export function lent(c: CashState): bigint {
  return mulDown(c.supplied, c.supplyIndex);
}

/** A loss, and the cash that will bear it. */
export interface Unborne {
  readonly loss: bigint;
  readonly bearing: bigint;
}

/**
 * Losses that lenders' cash does not show yet: what is booked, and what accounts were seen to lack beyond
 * the fund, which then bears all it has first.
 */
export function unsocialized(c: CashState): Unborne {
  const fund = mulDown(c.fund, c.supplyIndex);
  const all = lent(c);
  if (c.shortfall <= fund) return { loss: c.deficit, bearing: all };
  return { loss: c.deficit + c.shortfall - fund, bearing: all - fund };
}

/** Are there losses that lenders' cash does not show yet, or may be? */
export function hasUnborne({ deficit, shortfall }: CashState): boolean {
  return deficit > 0n || shortfall > 0n;
}

/** What borrowers owe, at the index of the last accrual. */
export function owed(c: CashState): bigint {
  return mulUp(c.borrowed, c.borrowIndex);
}
