import type { PublicClient } from "viem";

import type { Pool } from "../types/Pool.ts";

/** What a snapshot needs of a viem client. */
export type SnapshotClient = Pick<PublicClient, "getBlock" | "readContract">;

/** A pool and accounts at one block: what to read, and where. */
export interface Reading {
  readonly client: SnapshotClient;
  readonly pool: Pool;
  readonly blockNumber: bigint;
}
