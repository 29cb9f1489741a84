import type { Address } from "viem";

import type { AccountId } from "./Ids.ts";

/** What an owner lets another address do, signed (EIP-712). */
export interface Grant {
  readonly account: AccountId;
  readonly operator: Address;
  readonly scopes: number; // zero revokes
  readonly expiry: number; // Unix seconds: from then on it may no longer
  readonly lossLimit: bigint; // of what its trades lose against the mark in a day, cash millionths
  readonly nonce: bigint; // of the account: each change of an operator is the next
  readonly deadline: bigint; // Unix seconds, the last at which it may be sent
}
