import {
  send,
  type PoolAddress,
  type ContractCall,
  type Sent,
  type WriteClient,
} from "./contract.ts";

/** A factor whose futures and options have expired. */
export interface SettleExpiries {
  readonly pool: PoolAddress;
  readonly factor: number;
}

/** `settleExpiries` as an act, for `simulate` and `batch`. */
export function settleExpiriesAct({
  pool,
  factor,
}: SettleExpiries): ContractCall<"settleExpiries"> {
  return { pool, verb: "settleExpiries", args: [BigInt(factor)] };
}

/**
 * Fixes the price at which what has expired of a factor settles; anyone may, however late.
 *
 * @throws EstimateBehind, UnknownFactor, Reentered
 */
export async function settleExpiries(client: WriteClient, args: SettleExpiries): Promise<Sent> {
  const { hash } = await send(client, settleExpiriesAct(args));
  return { hash };
}
