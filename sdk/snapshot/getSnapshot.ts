import type { Hex } from "viem";

import { lensAbi } from "../generated/lensAbi.ts";
import { requireAddress, requireWord } from "../types/addresses.ts";
import { type AccountId, FUND, type InstrumentId } from "../types/Ids.ts";
import type { Pool } from "../types/Pool.ts";
import { accountEntry } from "./account.ts";
import { BlockReplaced } from "./errors.ts";
import { freeze } from "./freeze.ts";
import type { AccountView, InstrumentView, PoolView } from "./lensView.ts";
import { withAllPending } from "./pending.ts";
import { poolFrom } from "./pool.ts";
import type { Reading, SnapshotClient } from "./reading.ts";
import type { BlockStamp, Snapshot } from "./Snapshot.ts";
export type { SnapshotClient } from "./reading.ts";
import { interestsFrom, ordersFrom, withTerms } from "./trading.ts";

// An eth_call may burn 16 777 216 gas where EIP-7825 holds. An account without positions takes 60 000 of
// it, a pool of six assets 500 000 with every factor far behind. The Lens answers for as many accounts
// as the gas suffices for; the rest is asked again.
const WITH_POOL = 140;
const ACCOUNTS = 160;

/** Which accounts, and when; the latest block if left out. */
export interface SnapshotOptions {
  readonly pool: Pool;
  readonly accounts: readonly AccountId[];
  readonly instruments?: readonly InstrumentId[]; // to be traded, beside what the accounts hold
  readonly orders?: readonly Hex[]; // hashes of orders that may be filled in part, or cancelled
  readonly blockNumber?: bigint;
}

/** What a snapshot is made of. */
interface Found {
  readonly block: BlockStamp;
  readonly pool: PoolView;
  readonly accounts: readonly AccountView[];
  readonly shared: readonly InstrumentView[];
  readonly filled: readonly bigint[];
  readonly calls: number;
}

/**
 * A pool and some of its accounts at one block: one call of the Lens for up to 140 accounts, and one
 * more for each further 160, or as many as a call's gas can read. Instruments and orders asked for take
 * a call more. Reads the block first, and again at the end if there was a second call. The account that
 * fees go to is in every snapshot.
 *
 * @throws BadAddress, BadWord; BlockReplaced if the block was reorganised away meanwhile
 */
export async function getSnapshot(
  client: SnapshotClient,
  options: SnapshotOptions,
): Promise<Snapshot> {
  requireNames(options);
  const block = await stampOf(client, options.blockNumber);
  const reading = { client, pool: options.pool, blockNumber: block.number };
  const found = await readAll(reading, options, block);
  const again = found.calls > 1 ? await stampOf(client, block.number) : block;
  if (Number(found.pool.timestamp) !== block.timestamp || again.hash !== block.hash) {
    throw new BlockReplaced(block.number, block.hash);
  }
  return freeze(snapshotFrom(found, options));
}

function requireNames({ pool, accounts, orders = [] }: SnapshotOptions): void {
  requireAddress("pool.clearinghouse", pool.clearinghouse);
  requireAddress("pool.lens", pool.lens);
  accounts.forEach((account, i) => requireWord(`accounts[${i}]`, account));
  orders.forEach((order, i) => requireWord(`orders[${i}]`, order));
}

function snapshotFrom({ block, pool, accounts, shared, filled }: Found, options: SnapshotOptions) {
  const state = poolFrom(pool);
  const fees = pool.fees.id === FUND ? [] : [pool.fees];
  const all = [...fees, ...accounts];
  const instruments = [
    ...all.flatMap(({ positions }) => positions.map((p) => p.shared)),
    ...shared,
  ];
  return {
    pool: options.pool.clearinghouse,
    vault: options.pool.vault,
    block,
    ...state,
    factors: withTerms(state.factors, instruments),
    interests: interestsFrom(instruments),
    orders: ordersFrom(options.orders ?? [], filled),
    accounts: Object.fromEntries(all.map(accountEntry)),
  };
}

async function readAll(
  reading: Reading,
  { accounts: ids, instruments = [], orders = [] }: SnapshotOptions,
  block: BlockStamp,
): Promise<Found> {
  const [view, first] = await readFirst(reading, ids.slice(0, WITH_POOL));
  const rest = await readRest(reading, ids.slice(first.length));
  const pool = await withAllPending(reading, view);
  const accounts = [...first, ...rest];
  const wished = [...instruments, ...lostBy(accounts)];
  const asked = wished.length + orders.length > 0;
  const [shared, filled] = asked ? await readTrading(reading, wished, orders) : [[], []];
  const calls = 1 + rest.length + Number(pool !== view) + Number(asked);
  return { block, pool, accounts, shared, filled, calls };
}

/** What a loss still falls on though the account that made it holds none of it any more. */
function lostBy(accounts: readonly AccountView[]): InstrumentId[] {
  return accounts.flatMap(({ parts, positions }) => {
    const held = positions.map(({ shared }) => shared.instrument);
    return parts.map(({ instrument }) => instrument).filter((id) => !held.includes(id));
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
  while (views.length < ids.length) {
    views.push(...(await readAccounts(reading, ids.slice(views.length, views.length + ACCOUNTS))));
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

async function readTrading(
  { client, pool, blockNumber }: Reading,
  instruments: readonly InstrumentId[],
  orders: readonly Hex[],
): Promise<readonly [readonly InstrumentView[], readonly bigint[]]> {
  return client.readContract({
    ...{ address: pool.lens, abi: lensAbi, functionName: "tradingOf", blockNumber },
    args: [pool.clearinghouse, instruments, orders],
  });
}
