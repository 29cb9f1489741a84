import type { Order } from "../types/Order.ts";
import {
  send,
  type PoolAddress,
  type ContractCall,
  type Sent,
  type WriteClient,
} from "./contract.ts";

/** Orders that are not to be filled any more. */
export interface Cancel {
  readonly pool: PoolAddress;
  readonly orders: readonly Order[];
}

/** `cancel` as an act, for `simulate` and `batch`. */
export function cancelAct({ pool, orders }: Cancel): ContractCall<"cancel"> {
  return { pool, verb: "cancel", args: [orders] };
}

/** Makes orders unfillable; the sender may trade for their accounts. @throws NotAuthorized, ReservedAccount */
export async function cancel(client: WriteClient, args: Cancel): Promise<Sent> {
  const { hash } = await send(client, cancelAct(args));
  return { hash };
}
