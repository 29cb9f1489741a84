import type { AccountId } from "../types/Ids.ts";
import {
  send,
  type PoolAddress,
  type ContractCall,
  type Sent,
  type WriteClient,
} from "./contract.ts";

/** An account whose positions are to be paid. */
export interface SettleExpired {
  readonly pool: PoolAddress;
  readonly account: AccountId;
}

/** `settleExpired` as an act, for `simulate` and `batch`. */
export function settleExpiredAct({ pool, account }: SettleExpired): ContractCall<"settleExpired"> {
  return { pool, verb: "settleExpired", args: [account] };
}

/**
 * Pays what an account's perps and futures have earned, and closes what has settled; anyone may.
 *
 * @throws OutOfBounds, Reentered
 */
export async function settleExpired(client: WriteClient, args: SettleExpired): Promise<Sent> {
  const { hash } = await send(client, settleExpiredAct(args));
  return { hash };
}
