import { ReservedAccount, NotAuthorized } from "../errors/pool.ts";
import type { Address } from "viem";
import { type AccountId, FUND, ownerOf } from "../types/Ids.ts";

// Who may act for an account. Twin of contracts/logic/Accounts.sol.

/** What an operator may do, as bits. */
export const Scope = { Owner: 0, Deposit: 1, Trade: 2, Withdraw: 4, Transfer: 8, Liquidate: 16 };

const ZERO: Address = `0x${"00".repeat(20)}`;

/**
 * Who sends a verb, and what the account acted for allows it: permissions are no part of a snapshot.
 * Scopes and expiry (Unix seconds) are of no weight to the owner.
 */
export interface Caller {
  readonly address: Address;
  readonly scopes?: number;
  readonly expiry?: number;
}

/** The owner, or an operator with the scope until its expiry. @throws ReservedAccount, NotAuthorized */
export function authorize(id: AccountId, caller: Caller, scope: number, timestamp: number): void {
  if (ownerOf(id) === ZERO) throw new ReservedAccount(id);
  if (isOwner(id, caller) || isGiven(caller, scope, timestamp)) return;
  throw new NotAuthorized(id, caller.address, scope, BigInt(caller.expiry ?? 0));
}

/** May the caller fill a slot of this account? */
export function isAuthorized(
  id: AccountId,
  caller: Caller,
  scope: number,
  timestamp: number,
): boolean {
  return isOwner(id, caller) ? id !== FUND : isGiven(caller, scope, timestamp);
}

/** The insurance fund owes nothing and cannot be called. @throws ReservedAccount */
export function requireOwned(id: AccountId): void {
  if (id === FUND) throw new ReservedAccount(id);
}

/** The owner of an account, as a caller. */
export function ownerAsCaller(id: AccountId): Caller {
  return { address: ownerOf(id) };
}

function isOwner(id: AccountId, { address }: Caller): boolean {
  return address.toLowerCase() === ownerOf(id);
}

function isGiven({ scopes = 0, expiry = 0 }: Caller, scope: number, timestamp: number): boolean {
  return (scopes & scope) !== 0 && timestamp < expiry;
}

/** Who sends, and when (Unix seconds). */
export interface Act {
  readonly caller: Caller;
  readonly timestamp: number;
}
