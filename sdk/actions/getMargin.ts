import type { AccountId } from "../types/Ids.ts";
import type { Margin } from "../types/Portfolio.ts";
import { read, type PoolAddress, type ReadClient } from "./contract.ts";

/**
 * Equity and both requirements of an account, USD, as of the latest block. An account that owes nothing
 * has a requirement too, but nothing is asked of it.
 *
 * @throws UnknownFactor, OutOfBounds
 */
export async function getMargin(
  client: ReadClient,
  { pool, account }: { readonly pool: PoolAddress; readonly account: AccountId },
): Promise<Margin> {
  return read(client, pool, "margin", [account]);
}
