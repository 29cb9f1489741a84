import type { PublicClient } from "viem";

import { lensAbi } from "../abi.ts";
import type { AccountId } from "../types/Ids.ts";
import type { Pool } from "../types/Pool.ts";
import { accountEntry } from "./account.ts";
import { BlockReplaced } from "./errors.ts";
import { freeze } from "./freeze.ts";
import type { AccountView, PoolView } from "./lensView.ts";
import { withAllPending } from "./pending.ts";
import { poolFrom } from "./pool.ts";
import type { BlockStamp, Snapshot } from "./Snapshot.ts";

// An eth_call may burn 16 777 216 gas where EIP-7825 holds. An account takes 44 000 of it, a pool of six
// assets 420 000 with every factor far behind.
const WITH_POOL = 150;
const ACCOUNTS = 250;

/** Which accounts, and when; the latest block if left out. */
export interface SnapshotOptions {
  readonly pool: Pool;
  readonly accounts: readonly AccountId[];
  readonly blockNumber?: bigint;
}

/** What a snapshot needs of a viem client. */
export type SnapshotClient = Pick<PublicClient, "getBlock" | "readContract">;

/** A pool and accounts at one block: what to read, and where. */
export interface Reading {
  readonly client: SnapshotClient;
  readonly pool: Pool;
  readonly blockNumber: bigint;
}

/**
 * A pool and some of its accounts at one block: one call of the Lens for up to 150 accounts, and one
 * more for each further 250. Reads the block first, and again at the end if there was a second call.
 *
 * @throws BlockReplaced if the block was reorganised away meanwhile
 */
export async function getSnapshot(
  client: SnapshotClient,
  { pool, accounts, blockNumber }: SnapshotOptions,
): Promise<Snapshot> {
  const block = await stampOf(client, blockNumber);
  const reading = { client, pool, blockNumber: block.number };
  const [view, first] = await readFirst(reading, accounts.slice(0, WITH_POOL));
  const rest = await readRest(reading, accounts.slice(WITH_POOL));
  const whole = await withAllPending(reading, view);
  const again = rest.length > 0 || whole !== view ? await stampOf(client, block.number) : block;
  if (Number(view.timestamp) !== block.timestamp || again.hash !== block.hash) {
    throw new BlockReplaced(block.number, block.hash);
  }
  return freeze({
    pool: pool.clearinghouse,
    block,
    ...poolFrom(whole),
    accounts: Object.fromEntries([...first, ...rest].map(accountEntry)),
  });
}

async function stampOf(client: SnapshotClient, blockNumber?: bigint): Promise<BlockStamp> {
  const { number, hash, timestamp } = await client.getBlock(
    blockNumber === undefined ? { blockTag: "latest" } : { blockNumber },
  );
  return { number: number!, hash: hash!, timestamp: Number(timestamp) };
}

async function readFirst(
  { client, pool, blockNumber }: Reading,
  ids: readonly AccountId[],
): Promise<readonly [PoolView, readonly AccountView[]]> {
  const answer = await client.readContract({
    ...{ address: pool.lens, abi: lensAbi, functionName: "snapshot", blockNumber },
    args: [pool.clearinghouse, ids],
  });
  return [answer.pool, answer.accounts];
}

async function readRest(reading: Reading, ids: readonly AccountId[]): Promise<AccountView[]> {
  const views: AccountView[] = [];
  for (let from = 0; from < ids.length; from += ACCOUNTS) {
    views.push(...(await readAccounts(reading, ids.slice(from, from + ACCOUNTS))));
  }
  return views;
}

async function readAccounts(
  { client, pool, blockNumber }: Reading,
  ids: readonly AccountId[],
): Promise<readonly AccountView[]> {
  return client.readContract({
    ...{ address: pool.lens, abi: lensAbi, functionName: "accountsOf", blockNumber },
    args: [pool.clearinghouse, ids],
  });
}
