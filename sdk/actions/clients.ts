import type { Account, Address, Chain, Client, Transport } from "viem";

/** What an action has to know of a pool: its clearinghouse. A `Pool` record is one. */
export interface PoolAddress {
  readonly clearinghouse: Address;
}

/** Any viem client. */
export type ReadClient = Client<Transport, Chain | undefined, Account | undefined>;

/** A viem client that signs for an account. */
export type WriteClient = Client<Transport, Chain | undefined, Account>;
