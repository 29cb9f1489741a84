import { BallastError } from "../errors/BallastError.ts";
import * as Errors from "../errors/pool.ts";

/** What keeps an amount from being larger. */
export type Reason =
  | "held" // the account has no more of it
  | "margin" // its equity would not cover its IM
  | "idle" // the vault has no more cash to give, or must keep what it has
  | "borrowCap" // the pool lends no more
  | "lossShare" // what a loss leaves inside would have to be borrowed
  | "price" // cash has no good price: nothing may be borrowed
  | "lock" // the guardian lets no one borrow
  | "exit" // the guardian lets no more of the token leave within the hour
  | "sponsor" // whoever topped the account up is to be paid first
  | "estimate" // a factor must be observed first
  | "size"; // more than a holding, or the model, can say

/** The most that the chain accepts; one token unit more is refused. */
export interface Limit {
  readonly amount: bigint; // token units
  readonly reason: Reason;
  readonly refusal: BallastError; // of one unit more
}

const REASONS: readonly (readonly [new (...args: never[]) => BallastError, Reason])[] = [
  [Errors.MoreThanHeld, "held"],
  [Errors.MarginTooLow, "margin"],
  [Errors.NotEnoughIdle, "idle"],
  [Errors.BorrowCapExceeded, "borrowCap"],
  [Errors.PriceNotOk, "price"],
  [Errors.EstimateBehind, "estimate"],
  [Errors.SponsorUnpaid, "sponsor"],
  [Errors.PoolLocked, "lock"],
  [Errors.ExitLimited, "exit"],
];

/** Which limit a refusal names. */
export function reasonOf(refusal: BallastError): Reason {
  return REASONS.find(([of]) => refusal instanceof of)?.[1] ?? "size";
}
