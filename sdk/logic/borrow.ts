import { BorrowCapExceeded, NotEnoughIdle, PriceNotOk } from "../errors/pool.ts";
import type { Snapshot } from "../snapshot/Snapshot.ts";
import { type AccountId, CASH } from "../types/Ids.ts";
import { Status } from "../types/Price.ts";
import { owed, principalOf } from "./cash.ts";
import { accrue, change, lossShare, reprice, withCash } from "./ledger.ts";
import { requireOpenPool } from "./locks.ts";
import { priceAt } from "../snapshot/price.ts";

// Cash out of the vault: what is not the account's own is borrowed. Twin of a part of
// contracts/logic/Custody.sol.

/** Takes cash from an account, wads. @throws NotEnoughIdle, PriceNotOk, BorrowCapExceeded */
export function takeCash(
  s: Snapshot,
  account: AccountId,
  wads: bigint,
  timestamp: number,
): Snapshot {
  const accrued = accrue(s, timestamp);
  const { booked } = accrued.cash;
  if (wads > booked) throw new NotEnoughIdle(booked, 0n, wads);
  const { state, share } = lossShare(accrued, account, wads);
  const taken = withCash(change(state, account, -wads - share), { booked: booked - wads });
  return reprice(borrowed(taken, account, wads, timestamp));
}

/**
 * The state itself, if the account owes nothing or may owe what it does: borrowing needs an open pool, a
 * good price of cash, room under the cap, and leaves some cash idle. `wads` left the vault.
 *
 * @throws PriceNotOk, BorrowCapExceeded, NotEnoughIdle
 */
export function borrowed(
  s: Snapshot,
  account: AccountId,
  wads: bigint,
  timestamp: number,
): Snapshot {
  if (principalOf(s, account) >= 0n) return s;
  requireOpenPool(s, timestamp);
  requireGoodPrice(s, timestamp);
  const { borrowCap, minimumIdle } = s.cashParams;
  const all = owed(s.cash);
  if (all > borrowCap) throw new BorrowCapExceeded(borrowCap, all);
  const idle = s.cash.booked;
  if (wads === 0n || idle >= minimumIdle) return s;
  throw new NotEnoughIdle(idle + wads, minimumIdle, wads);
}

function requireGoodPrice(s: Snapshot, timestamp: number): void {
  const { price, updated, status } = priceAt(s, CASH, timestamp);
  if (status !== Status.Ok) throw new PriceNotOk(CASH, price, BigInt(updated), status);
}
