import type { Hash } from "viem";

import { max } from "../math/WadMath.ts";
import type { AccountId } from "../types/Ids.ts";
import type { Order } from "../types/Order.ts";
import { CounterBelow, SeenBefore, Withdrawn } from "./errors.ts";
import { unitsOf } from "./matching.ts";

/** What a relay knows of orders that do not wait: filled, cancelled. It forgets nothing. */
export interface Memory {
  readonly fill: (hash: Hash, size: bigint) => void;
  readonly cancel: (hash: Hash) => void;
  readonly cancelBelow: (account: AccountId, counter: bigint) => void;
  readonly filled: (hash: Hash) => bigint;
  /** Why an order may not wait, if it may not. */
  readonly refusal: (hash: Hash, order: Order) => Error | undefined;
}

export function createMemory(): Memory {
  const fills = new Map<Hash, bigint>(); // units
  const cancelled = new Set<Hash>();
  const counters = new Map<AccountId, bigint>();
  const filled = (hash: Hash) => fills.get(hash) ?? 0n;
  const least = (account: AccountId) => counters.get(account) ?? 0n;

  return {
    fill: (hash, size) => void fills.set(hash, filled(hash) + size),
    cancel: (hash) => void cancelled.add(hash),
    cancelBelow: (account, counter) => void counters.set(account, max(least(account), counter)),
    filled,
    refusal: (hash, order) => {
      const { account, counter } = order;
      if (cancelled.has(hash)) return new Withdrawn(hash);
      if (counter < least(account)) return new CounterBelow(account, counter, least(account));
      if (filled(hash) >= unitsOf(order)) return new SeenBefore(hash, "filled");
      return undefined;
    },
  };
}
