import type { AccountId } from "../types/Ids.ts";
import { send, type Door, type Act, type Sent, type WriteClient } from "./door.ts";

/** A margin call. */
export interface Call {
  readonly pool: Door;
  readonly account: AccountId;
}

/** `call` as an act, for `simulate` and `batch`. */
export function callAct({ pool, account }: Call): Act<"call"> {
  return { pool, verb: "call", args: [account] };
}

/**
 * Opens or continues a margin call: reads the account's health, burns or cools its fuse, opens or
 * cures. Anyone may.
 *
 * @throws AccountHealthy, HouseAccount, OutOfBounds, Reentered
 */
export async function call(client: WriteClient, args: Call): Promise<Sent> {
  const { hash } = await send(client, callAct(args));
  return { hash };
}
