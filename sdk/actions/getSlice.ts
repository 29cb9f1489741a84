import type { AccountId } from "../types/Ids.ts";
import type { Slice } from "../types/Offer.ts";
import { read, type PoolAddress, type ReadClient } from "./contract.ts";

/** What to ask of an auction. */
export interface GetSlice {
  readonly pool: PoolAddress;
  readonly account: AccountId;
  readonly fraction: bigint; // of the whole book, wad; the auction may allow less
}

/**
 * What a bid for `fraction` of an account in auction would do, as of the latest block.
 *
 * @throws NotInAuction, OutOfBounds
 */
export async function getSlice(
  client: ReadClient,
  { pool, account, fraction }: GetSlice,
): Promise<Slice> {
  return read(client, pool, "quote", [account, fraction]);
}
