import type { Lock } from "../snapshot/Snapshot.ts";
import { partsToWad } from "../snapshot/wads.ts";
import { read, type PoolAddress, type ReadClient } from "./contract.ts";

/** What a guardian has locked of a pool, and what waits to be unlocked. */
export async function getLock(
  client: ReadClient,
  { pool }: { readonly pool: PoolAddress },
): Promise<Lock> {
  const { exitShare, ...lock } = await read(client, pool, "lockOf", []);
  return { ...lock, exitShare: partsToWad(exitShare) };
}
