import { termFrom } from "../snapshot/market.ts";
import type { ExpiryState } from "../snapshot/Snapshot.ts";
import { read, type PoolAddress, type ReadClient } from "./contract.ts";

/** One expiry of a factor. */
export interface GetTerm {
  readonly pool: PoolAddress;
  readonly factor: number;
  readonly expiry: number; // Unix seconds
}

/** Surface, stage and settlement price of an expiry, as stored in the latest block. */
export async function getExpiryState(
  client: ReadClient,
  { pool, factor, expiry }: GetTerm,
): Promise<ExpiryState> {
  return termFrom(await read(client, pool, "expiryStateOf", [BigInt(factor), BigInt(expiry)]));
}
