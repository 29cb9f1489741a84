import type { Address } from "viem";

import type { AccountId } from "../types/Ids.ts";
import {
  send,
  type PoolAddress,
  type ContractCall,
  type Sent,
  type WriteClient,
} from "./contract.ts";

/** Tokens into an account. */
export interface Deposit {
  readonly pool: PoolAddress;
  readonly account: AccountId;
  readonly token: Address;
  readonly amount: bigint; // token units
}

/** `deposit` as an act, for `simulate` and `batch`. */
export function depositAct({ pool, account, token, amount }: Deposit): ContractCall<"deposit"> {
  return { pool, verb: "deposit", args: [account, token, amount] };
}

/**
 * Puts `amount` of `token` into an account; cash repays debt first. Approve the vault before. A
 * stranger may deposit cash, or what the account already holds.
 *
 * @throws AssetFrozen, AmountZero, AmountTooLarge, CapExceeded, NotHeld, TooManyAssets, TooManyFactors,
 * UnknownAsset, Reentered, or the token's own error
 */
export async function deposit(client: WriteClient, args: Deposit): Promise<Sent> {
  const { hash } = await send(client, depositAct(args));
  return { hash };
}
