import type { AccountId } from "../types/Ids.ts";
import { read, type PoolAddress, type ReadClient } from "./contract.ts";

/** The nonce that the next signed grant of an account must have. */
export async function getNonce(
  client: ReadClient,
  args: { readonly pool: PoolAddress; readonly account: AccountId },
): Promise<bigint> {
  return read(client, args.pool, "nonceOf", [args.account]);
}
