import type { AccountId } from "../types/Ids.ts";
import {
  send,
  type PoolAddress,
  type ContractCall,
  type Sent,
  type WriteClient,
} from "./contract.ts";

/** How much time a margin call leaves an account, bought with margin. */
export interface SetGrace {
  readonly pool: PoolAddress;
  readonly account: AccountId;
  readonly tier: number; // index of a grace tier; 0 is the shortest
}

/** `setGrace` as an act, for `simulate` and `batch`. */
export function setGraceAct({ pool, account, tier }: SetGrace): ContractCall<"setGrace"> {
  return { pool, verb: "setGrace", args: [account, tier] };
}

/**
 * Chooses an account's grace tier. Its equity has to cover initial margin under it. Closed during a
 * call.
 *
 * @throws UnknownTier, InCall, MarginTooLow, EstimateBehind, NotAuthorized, ReservedAccount, Reentered
 */
export async function setGrace(client: WriteClient, args: SetGrace): Promise<Sent> {
  const { hash } = await send(client, setGraceAct(args));
  return { hash };
}
