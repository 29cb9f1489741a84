import { termFrom } from "../snapshot/market.ts";
import type { Term } from "../snapshot/Snapshot.ts";
import { read, type PoolAddress, type ReadClient } from "./contract.ts";

/** One expiry of a factor. */
export interface GetTerm {
  readonly pool: PoolAddress;
  readonly factor: number;
  readonly expiry: number; // Unix seconds
}

/** Surface, stage and settlement price of an expiry, as stored in the latest block. */
export async function getTerm(
  client: ReadClient,
  { pool, factor, expiry }: GetTerm,
): Promise<Term> {
  return termFrom(await read(client, pool, "termOf", [BigInt(factor), BigInt(expiry)]));
}
