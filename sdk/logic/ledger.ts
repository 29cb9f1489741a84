import { NotEnoughIdle } from "../errors/pool.ts";
import * as CashMath from "../math/CashMath.ts";
import { ceilDiv, max, min } from "../math/WadMath.ts";
import type { CashState, Snapshot } from "../snapshot/Snapshot.ts";
import { type AccountId, FUND } from "../types/Ids.ts";
import { withAccount } from "./accounts.ts";
import {
  borrowIndexAt,
  cashOf,
  lent,
  owed,
  principalOf,
  supplyIndexAt,
  unsocialized,
} from "./cash.ts";
import { dayOf } from "./time.ts";

// What changes the cash ledger. Twin of the acts of contracts/logic/Cash.sol.

/** The snapshot with some members of the cash ledger replaced. */
export function withCash(s: Snapshot, change: Partial<CashState>): Snapshot {
  return { ...s, cash: { ...s.cash, ...change } };
}

/** Interest up to now. The house earns exactly what borrowers owe more than lenders gain. */
export function accrue(s: Snapshot, timestamp: number): Snapshot {
  if (timestamp === s.cash.accrued) return s;
  const grown: CashState = {
    ...s.cash,
    supplyIndex: supplyIndexAt(s.cash, timestamp),
    borrowIndex: borrowIndexAt(s.cash, timestamp),
    accrued: timestamp,
  };
  const spread = max(0n, owed(grown) - owed(s.cash) - (lent(grown) - lent(s.cash)));
  const earned = CashMath.principalOf(spread, grown.supplyIndex, 1n);
  const cash = { ...grown, fund: grown.fund + earned, supplied: grown.supplied + earned };
  const next = { ...s, cash };
  return cash.deficit > 0n ? chargeLenders(next, timestamp) : next;
}

/** Moves an account's cash by `delta`, present value. Accrue first, `reprice` after. */
export function change(s: Snapshot, account: AccountId, delta: bigint): Snapshot {
  const { supplyIndex, borrowIndex, supplied, borrowed } = s.cash;
  const principal = principalOf(s, account);
  const cash = CashMath.cashOf(principal, supplyIndex, borrowIndex) + delta;
  const next = CashMath.principalOf(cash, supplyIndex, borrowIndex);
  const moved = withCash(s, {
    supplied: supplied + max(0n, next) - max(0n, principal),
    borrowed: borrowed + max(0n, -next) - max(0n, -principal),
  });
  if (account === FUND) return withCash(moved, { fund: next });
  return withAccount(moved, account, { principal: next });
}

/** Sets the rates that hold until the next change, from utilisation as it stands now. */
export function reprice(s: Snapshot): Snapshot {
  const { kink, base, slopeLow, slopeHigh, spread } = s.cashParams;
  const all = lent(s.cash);
  const utilisation = CashMath.utilisationOf(s.cash.booked, all);
  const borrowRate = CashMath.borrowRateOf(utilisation, kink, base, slopeLow, slopeHigh);
  const earning = min(utilisation, CashMath.earningShare(owed(s.cash), all));
  return withCash(s, {
    borrowRate,
    supplyRate: CashMath.supplyRateOf(borrowRate, earning, spread),
  });
}

/** What a withdrawal leaves behind, and the state once it has. */
export interface LossShare {
  readonly state: Snapshot;
  readonly share: bigint; // cash
}

/**
 * What a withdrawal of `amount` leaves behind for losses lenders do not bear yet: of what is booked it pays
 * its share; for what is not, the fund gets it. Accrue first.
 *
 * @throws NotEnoughIdle if the loss is all that was lent
 */
export function lossShare(s: Snapshot, account: AccountId, amount: bigint): LossShare {
  const { deficit, accrued } = s.cash;
  const { loss, bearing } = unsocialized(s.cash);
  const cash = cashOf(s, account, accrued);
  if (loss === 0n || cash <= 0n || amount <= 0n) return { state: s, share: 0n };
  const rest = bearing - loss;
  if (rest <= 0n) throw new NotEnoughIdle(0n, 0n, amount);
  const held = min(amount, (cash * rest) / bearing); // the share is left of it, too; more is borrowed
  const share = min(loss, ceilDiv(held * loss, rest));
  const paid = (share * deficit) / loss;
  const left = withCash(s, { deficit: deficit - paid });
  return { state: share > paid ? change(left, FUND, share - paid) : left, share };
}

/** Books a loss and makes lenders bear of it what a day allows. */
export function bookDeficit(s: Snapshot, amount: bigint, timestamp: number): Snapshot {
  if (amount === 0n) return s;
  return chargeLenders(withCash(s, { deficit: s.cash.deficit + amount }), timestamp);
}

/** Lenders bear of the booked loss what is left of a day's 20 %. */
export function chargeLenders(s: Snapshot, timestamp: number): Snapshot {
  const today = dayOf(timestamp);
  const lossSoFar = s.cash.lossDay === today ? s.cash.lossToday : 0n;
  const all = lent(s.cash);
  const loss = CashMath.lossToday(s.cash.deficit, all, lossSoFar);
  const day = withCash(s, { lossDay: today, lossToday: lossSoFar + loss });
  if (loss === 0n) return day;
  return withCash(day, {
    supplyIndex: CashMath.indexAfterLoss(s.cash.supplyIndex, all, loss),
    deficit: s.cash.deficit - loss,
  });
}
