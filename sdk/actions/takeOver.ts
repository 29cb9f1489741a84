import type { AccountId } from "../types/Ids.ts";
import {
  send,
  type PoolAddress,
  type ContractCall,
  type Sent,
  type WriteClient,
} from "./contract.ts";

/** A book that no one bid for. */
export interface TakeOver {
  readonly pool: PoolAddress;
  readonly account: AccountId;
}

/** `takeOver` as an act, for `simulate` and `batch`. */
export function takeOverAct({ pool, account }: TakeOver): ContractCall<"takeOver"> {
  return { pool, verb: "takeOver", args: [account] };
}

/**
 * Moves a book to an account of the house once its backed auction has stood for half an hour without a
 * bid. Anyone may. Returns the heir that the simulation named.
 *
 * @throws NotInAuction, TakeOverTooEarly, NotBacked, ReservedAccount, OutOfBounds, Reentered
 */
export async function takeOver(
  client: WriteClient,
  args: TakeOver,
): Promise<Sent & { readonly backstopAccount: AccountId }> {
  const { hash, result } = await send(client, takeOverAct(args));
  return { hash, backstopAccount: result };
}
