import type { Hex } from "viem";

import { read, type PoolAddress, type ReadClient } from "./contract.ts";

/** Units of an order that are filled, by its hash, as of the latest block; all ones once cancelled. */
export async function getFilled(
  client: ReadClient,
  { pool, order }: { readonly pool: PoolAddress; readonly order: Hex },
): Promise<bigint> {
  return read(client, pool, "filledOf", [order]);
}
