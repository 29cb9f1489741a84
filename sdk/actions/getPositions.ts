import type { Gains, Position } from "../snapshot/Snapshot.ts";
import type { AccountId } from "../types/Ids.ts";
import { read, type PoolAddress, type ReadClient } from "./contract.ts";

/** The derivatives of an account. */
export interface Positions {
  readonly positions: readonly Position[]; // in slot order
  readonly gains: Gains; // of settlement, in this half-hour and the one before
}

/** The derivatives an account holds, as stored in the latest block. */
export async function getPositions(
  client: ReadClient,
  { pool, account }: { readonly pool: PoolAddress; readonly account: AccountId },
): Promise<Positions> {
  const [list, entries, gains] = await read(client, pool, "positionsOf", [account]);
  return { positions: list.map((held, i) => ({ ...held, entry: entries[i]! })), gains };
}
