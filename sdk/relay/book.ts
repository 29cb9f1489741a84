import type { Hash } from "viem";

import type { InstrumentId } from "../types/Ids.ts";
import type { Order } from "../types/Order.ts";
import { buys, byPriceAndTime, isMaker, type Entry } from "./matching.ts";

/** The orders that wait, in queues by instrument, role and side. */
export interface Book {
  readonly add: (entry: Entry) => void;
  /** Whether it was there. */
  readonly remove: (entry: Entry) => boolean;
  readonly find: (hash: Hash) => Entry | undefined;
  /** All, the oldest first. */
  readonly all: () => readonly Entry[];
  /** Those of the other role and side, the first to be met first. */
  readonly facing: (order: Order) => readonly Entry[];
  readonly makers: (instrument: InstrumentId, side: "bid" | "ask") => readonly Entry[];
}

export function createBook(): Book {
  const byHash = new Map<Hash, Entry>(); // in order of arrival
  const queues = new Map<string, Entry[]>();
  const queue = (key: string) => queues.get(key) ?? [];

  return {
    add: (entry) => {
      byHash.set(entry.hash, entry);
      const key = keyOf(entry.order);
      queues.set(key, inserted(queue(key), entry));
    },
    remove: (entry) => {
      if (byHash.get(entry.hash) !== entry) return false;
      const key = keyOf(entry.order);
      queues.set(
        key,
        queue(key).filter((other) => other !== entry),
      );
      return byHash.delete(entry.hash);
    },
    find: (hash) => byHash.get(hash),
    all: () => [...byHash.values()],
    facing: (order) => queue(keyFor(order.instrument, !isMaker(order), !buys(order))),
    makers: (instrument, side) => queue(keyFor(instrument, true, side === "bid")),
  };
}

function keyOf(order: Order): string {
  return keyFor(order.instrument, isMaker(order), buys(order));
}

function keyFor(instrument: InstrumentId, maker: boolean, buyer: boolean): string {
  return `${instrument} ${maker ? "maker" : "taker"} ${buyer ? "bid" : "ask"}`;
}

function inserted(queue: readonly Entry[], entry: Entry): Entry[] {
  const found = queue.findIndex((other) => byPriceAndTime(entry, other) < 0);
  return queue.toSpliced(found < 0 ? queue.length : found, 0, entry);
}
