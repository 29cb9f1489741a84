import type { Address } from "viem";

import type { Caller } from "../logic/authority.ts";
import type { Trust } from "../logic/orders.ts";
import type { AccountId, AssetId } from "../types/Ids.ts";
import type { Offer } from "../types/Offer.ts";
import type { Fill, Order } from "../types/Order.ts";

// What may be previewed: the verbs, by their names. Amounts are in token units, as at the clearinghouse.

/** Who sends it; whoever owns the account that acts, if left out. */
interface Sent {
  readonly by?: Caller;
}

export interface Deposit extends Sent {
  readonly verb: "deposit";
  readonly account: AccountId;
  readonly token: Address;
  readonly amount: bigint;
}

export interface WithdrawChange extends Sent {
  readonly verb: "withdraw";
  readonly account: AccountId;
  readonly token: Address;
  readonly amount: bigint;
}

/** A withdrawal of cash, whether one has it or not. */
export interface Borrow extends Sent {
  readonly verb: "borrow";
  readonly account: AccountId;
  readonly amount: bigint;
}

export interface Transfer extends Sent {
  readonly verb: "transfer";
  readonly from: AccountId;
  readonly to: AccountId;
  readonly token: Address;
  readonly amount: bigint;
}

export interface Repay extends Sent {
  readonly verb: "repay";
  readonly account: AccountId;
  readonly amount: bigint;
}

export interface SetGrace extends Sent {
  readonly verb: "setGrace";
  readonly account: AccountId;
  readonly tier: number;
}

/** Names who may top an account up for a fee; zero for no one. */
export interface SetSponsor extends Sent {
  readonly verb: "setSponsor";
  readonly account: AccountId;
  readonly sponsor: Address;
  readonly fee: number; // share of a top-up, 1e-9
}

export interface Call extends Sent {
  readonly verb: "call";
  readonly account: AccountId;
}

/** What may be done in the middle of a bid. */
export type Inside = Deposit | WithdrawChange | Borrow | Transfer | Repay | Settle;

/** If the offer carries data, its sender is called, and does `then`: by itself, unless said otherwise. */
export interface Bid extends Sent {
  readonly verb: "bid";
  readonly offer: Offer;
  readonly then?: readonly Inside[];
}

/** The house takes a book over; `heir` is the account (zero, n) it will be given. */
export interface TakeOver extends Sent {
  readonly verb: "takeOver";
  readonly account: AccountId;
  readonly backstopAccount: AccountId;
}

/** Pays its sender; without `by`, the insurance fund itself. */
export interface Observe extends Sent {
  readonly verb: "observe";
  readonly factor: number;
  readonly maxRounds: number;
}

/** Notes what the feed of a follower or stable says. */
export interface ObserveRate extends Sent {
  readonly verb: "observeRate";
  readonly asset: AssetId;
}

export interface Accrue extends Sent {
  readonly verb: "accrue";
}

/**
 * Fills pairs of signed orders. Signatures count as good, and signers as operators who may trade, unless
 * `trust` says otherwise; an order that the snapshot was not asked for counts as new.
 */
export interface Settle extends Sent {
  readonly verb: "settle";
  readonly fills: readonly Fill[];
  readonly atomic: boolean; // all or none; otherwise what may not be is left out
  readonly trust?: Trust;
}

export interface Cancel extends Sent {
  readonly verb: "cancel";
  readonly orders: readonly Order[];
}

export interface CancelBelow extends Sent {
  readonly verb: "cancelBelow";
  readonly account: AccountId;
  readonly counter: bigint;
}

/** Fixes the settlement price of what has expired of a factor. */
export interface SettleExpiries extends Sent {
  readonly verb: "settleExpiries";
  readonly factor: number;
}

/** Pays what positions have earned, and closes those that have settled. */
export interface SettleExpired extends Sent {
  readonly verb: "settleExpired";
  readonly account: AccountId;
}

export type Change =
  | Deposit
  | WithdrawChange
  | Borrow
  | Transfer
  | Repay
  | SetGrace
  | SetSponsor
  | Call
  | Bid
  | TakeOver
  | Settle
  | Cancel
  | CancelBelow
  | SettleExpiries
  | SettleExpired
  | Observe
  | ObserveRate
  | Accrue;

/** The accounts a change touches, the acting one first. */
export function accountsOf(change: Change): readonly AccountId[] {
  switch (change.verb) {
    case "transfer":
      return [change.from, change.to];
    case "bid":
      return [
        ...new Set([
          ...[change.offer.receiver, change.offer.account],
          ...(change.then ?? []).flatMap(accountsOf),
        ]),
      ];
    case "takeOver":
      return [change.account, change.backstopAccount];
    case "settle":
      return [
        ...new Set(change.fills.flatMap(({ maker, taker }) => [maker.account, taker.account])),
      ];
    case "cancel":
      return [...new Set(change.orders.map(({ account }) => account))];
    case "observe":
    case "observeRate":
    case "settleExpiries":
    case "accrue":
      return [];
    default:
      return [change.account];
  }
}
