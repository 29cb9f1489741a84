import type { Address } from "viem";

import type { AccountId } from "../types/Ids.ts";
import {
  send,
  type PoolAddress,
  type ContractCall,
  type Sent,
  type WriteClient,
} from "./contract.ts";

/** Tokens out of an account. */
export interface WithdrawParameters {
  readonly pool: PoolAddress;
  readonly account: AccountId;
  readonly token: Address;
  readonly amount: bigint; // token units
  readonly to: Address;
}

/** `withdraw` as an act, for `simulate` and `batch`. */
export function withdrawAct({
  pool,
  account,
  token,
  amount,
  to,
}: WithdrawParameters): ContractCall<"withdraw"> {
  return { pool, verb: "withdraw", args: [account, token, amount, to] };
}

/**
 * Takes `amount` of `token` out, to the sender unless `to` says otherwise; cash one does not have is
 * borrowed. What is left has to cover the account's initial margin.
 *
 * @throws MarginTooLow, MoreThanHeld, NotEnoughIdle, BorrowCapExceeded, PriceNotOk, EstimateBehind,
 * NotAuthorized, ReservedAccount, AmountZero, AmountTooLarge, UnknownAsset, OutOfBounds, Reentered
 */
export async function withdraw(
  client: WriteClient,
  {
    to = client.account.address,
    ...args
  }: Omit<WithdrawParameters, "to"> & { readonly to?: Address },
): Promise<Sent> {
  const { hash } = await send(client, withdrawAct({ ...args, to }));
  return { hash };
}
