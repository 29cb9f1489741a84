import type { AccountId } from "../types/Ids.ts";
import {
  send,
  type PoolAddress,
  type ContractCall,
  type Sent,
  type WriteClient,
} from "./contract.ts";

/** An account's orders with a counter below this. */
export interface CancelBelow {
  readonly pool: PoolAddress;
  readonly account: AccountId;
  readonly counter: bigint;
}

/** `cancelBelow` as an act, for `simulate` and `batch`. */
export function cancelBelowAct({
  pool,
  account,
  counter,
}: CancelBelow): ContractCall<"cancelBelow"> {
  return { pool, verb: "cancelBelow", args: [account, counter] };
}

/**
 * Makes every order of an account with a lower counter unfillable.
 *
 * @throws CounterTooLow, NotAuthorized, ReservedAccount, Reentered
 */
export async function cancelBelow(client: WriteClient, args: CancelBelow): Promise<Sent> {
  const { hash } = await send(client, cancelBelowAct(args));
  return { hash };
}
