import type { PublicClient } from "viem";

import { clearinghouseAbi } from "../generated/clearinghouseAbi.ts";
import type { PoolAddress } from "../actions/contract.ts";
import { type AccountId, FUND } from "../types/Ids.ts";

/** The accounts found so far, and the block to go on from. JSON, but for the bigint. */
export interface Checkpoint {
  readonly block: bigint;
  readonly accounts: readonly AccountId[];
}

/** What discovery needs of a viem client. */
export type DiscoveryClient = Pick<PublicClient, "getContractEvents" | "getBlockNumber">;

/** Where to look. */
export interface Discovery {
  readonly pool: PoolAddress;
  readonly since: Checkpoint; // for a first look: the block of the deployment, and no accounts
  readonly span?: number; // blocks asked for at once; 5 000 unless said
}

const SPAN = 5_000;
const SETTLED = 64n; // blocks that may still be replaced: they are read again next time

/**
 * Every account that may hold something, from the events of the pool. The checkpoint it returns stays
 * behind the chain's head, so that what a reorganisation brings is not missed; what it takes away
 * remains as an empty account.
 */
export async function discover(client: DiscoveryClient, search: Discovery): Promise<Checkpoint> {
  const head = await client.getBlockNumber({ cacheTime: 0 });
  const { since, span = SPAN } = search;
  const found = new Set<AccountId>(since.accounts);
  for (let from = since.block; from <= head; from += BigInt(span)) {
    const last = from + BigInt(span) - 1n;
    const range = { fromBlock: from, toBlock: last < head ? last : head };
    for (const account of await accountsIn(client, search.pool, range)) found.add(account);
  }
  found.delete(FUND);
  const settled = head - SETTLED;
  return { block: settled > since.block ? settled : since.block, accounts: [...found] };
}

interface Range {
  readonly fromBlock: bigint;
  readonly toBlock: bigint;
}

async function accountsIn(client: DiscoveryClient, { clearinghouse }: PoolAddress, range: Range) {
  const events = await client.getContractEvents({
    ...{ address: clearinghouse, abi: clearinghouseAbi, strict: true },
    ...range,
  });
  return events.flatMap((event): AccountId[] => {
    switch (event.eventName) {
      case "Deposit":
        return [event.args.account];
      case "Transfer":
        return [event.args.to];
      case "Bid":
        return [event.args.receiver];
      case "TakeOver":
        return [event.args.backstopAccount];
      default:
        return [];
    }
  });
}
