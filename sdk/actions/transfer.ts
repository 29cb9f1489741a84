import type { Address } from "viem";

import type { AccountId } from "../types/Ids.ts";
import {
  send,
  type PoolAddress,
  type ContractCall,
  type Sent,
  type WriteClient,
} from "./contract.ts";

/** From one account of the pool to another. */
export interface Transfer {
  readonly pool: PoolAddress;
  readonly from: AccountId;
  readonly to: AccountId;
  readonly token: Address;
  readonly amount: bigint; // token units
}

/** `transfer` as an act, for `simulate` and `batch`. */
export function transferAct({ pool, from, to, token, amount }: Transfer): ContractCall<"transfer"> {
  return { pool, verb: "transfer", args: [from, to, token, amount] };
}

/**
 * Moves `amount` of `token` between accounts of the pool. What is left to the sender has to cover its
 * initial margin. No token moves, and no cap is met.
 *
 * @throws MarginTooLow, MoreThanHeld, TransferToSelf, NotHeld, TooManyAssets, TooManyFactors,
 * BorrowCapExceeded, NotEnoughIdle, PriceNotOk, EstimateBehind, NotAuthorized, ReservedAccount,
 * AmountZero, AmountTooLarge, UnknownAsset, OutOfBounds, Reentered
 */
export async function transfer(client: WriteClient, args: Transfer): Promise<Sent> {
  const { hash } = await send(client, transferAct(args));
  return { hash };
}
