import type { Address } from "viem";

import type { AccountId } from "../types/Ids.ts";
import { send, type Door, type Act, type Sent, type WriteClient } from "./door.ts";

/** What an owner lets another address do. */
export interface SetOperator {
  readonly pool: Door;
  readonly account: AccountId;
  readonly operator: Address;
  readonly scopes: number; // of `scopes`, joined with `|`; zero revokes
  readonly expiry: number; // seconds since 1970: from then on it may no longer
  readonly lossLimit?: bigint; // of a day's trades against the mark, cash millionths; zero if not given
}

/** `setOperator` as an act, for `simulate` and `batch`. */
export function setOperatorAct(args: SetOperator): Act<"setOperator"> {
  const { pool, account, operator, scopes, expiry, lossLimit = 0n } = args;
  return { pool, verb: "setOperator", args: [account, operator, scopes, expiry, lossLimit] };
}

/**
 * Lets `operator` act for an account within `scopes` until `expiry`. Only its owner may.
 *
 * @throws NotAuthorized, HouseAccount, Reentered
 */
export async function setOperator(client: WriteClient, args: SetOperator): Promise<Sent> {
  const { hash } = await send(client, setOperatorAct(args));
  return { hash };
}
