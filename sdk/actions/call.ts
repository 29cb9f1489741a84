import type { AccountId } from "../types/Ids.ts";
import {
  send,
  type PoolAddress,
  type ContractCall,
  type Sent,
  type WriteClient,
} from "./contract.ts";

/** A margin call. */
export interface Call {
  readonly pool: PoolAddress;
  readonly account: AccountId;
}

/** `call` as an act, for `simulate` and `batch`. */
export function callAct({ pool, account }: Call): ContractCall<"call"> {
  return { pool, verb: "call", args: [account] };
}

/**
 * Opens or continues a margin call: reads the account's health, burns or cools its fuse, opens or
 * cures. Anyone may.
 *
 * @throws AccountHealthy, ReservedAccount, OutOfBounds, Reentered
 */
export async function call(client: WriteClient, args: Call): Promise<Sent> {
  const { hash } = await send(client, callAct(args));
  return { hash };
}
