import type { AccountId } from "../types/Ids.ts";
import { read, type PoolAddress, type ReadClient } from "./contract.ts";

/** An account's cash with interest as of the latest block, in wads; negative for debt. */
export async function getCash(
  client: ReadClient,
  { pool, account }: { readonly pool: PoolAddress; readonly account: AccountId },
): Promise<bigint> {
  return read(client, pool, "cashOf", [account]);
}
