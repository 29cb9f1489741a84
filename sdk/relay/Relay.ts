import type { Hash } from "viem";

import type { Unwatch } from "../actions/watch.ts";
import type { SignedOrder } from "../orders/signOrder.ts";
import type { AccountId, InstrumentId } from "../types/Ids.ts";
import type { Fill, Order } from "../types/Order.ts";

/** What becomes of a taker that no maker fills: it goes, or it waits for one. A maker always waits. */
export type Remainder = "drop" | "rest";

/** An order that waits in the book. */
export interface RestingOrder {
  readonly hash: Hash;
  readonly order: Order;
  readonly left: bigint; // units, above zero
}

/** A fill that the chain refused, and with what. */
export interface FailedFill {
  readonly fill: Fill;
  readonly error: Error;
}

/** What became of an order as it came. */
export interface Placed {
  readonly hash: Hash;
  readonly filled: bigint; // units, by this submission
  readonly resting: bigint; // units that wait now
  readonly failed: readonly FailedFill[];
  readonly dropped?: Error; // why what is left of it does not wait
}

/** Makers of one price that anyone may meet. */
export interface Level {
  readonly price: bigint; // cash per unit, a wad
  readonly size: bigint; // units
  readonly orders: number;
}

/** What makers offer, best first. */
export interface Depth {
  readonly bids: readonly Level[];
  readonly asks: readonly Level[];
}

/** What happened, told in order. `maker`, `taker` and `hash` are orders' hashes. */
export type RelayEvent =
  | { readonly type: "came"; readonly hash: Hash; readonly order: Order; readonly left: bigint }
  | { readonly type: "filled"; readonly fill: Fill; readonly maker: Hash; readonly taker: Hash }
  | {
      readonly type: "failed";
      readonly fill: Fill;
      readonly maker: Hash;
      readonly taker: Hash;
      readonly error: Error;
    }
  | {
      readonly type: "dropped";
      readonly hash: Hash;
      readonly order: Order;
      readonly left: bigint; // units that will not be filled
      readonly reason: Error;
    };

/**
 * A place where signed orders meet. Sizes are units of the underlying, prices cash per unit, both
 * wads. All but `watch` answer later, so that a relay may be another process.
 */
export interface Relay {
  /** Matches an order with those that wait, and has the fills settled. */
  readonly submit: (
    signed: SignedOrder,
    options?: { readonly remainder?: Remainder }, // of a taker; `drop`, unless said
  ) => Promise<Placed>;
  /** Takes an order out, and in no more. Whether it waited. The chain still knows it: `cancel` there. */
  readonly cancel: (hash: Hash) => Promise<boolean>;
  /** The same of every order of the account whose counter is lower; how many waited. */
  readonly cancelBelow: (account: AccountId, counter: bigint) => Promise<number>;
  /** Makers that anyone may meet, by price; those that name a taker are not shown. */
  readonly depth: (instrument: InstrumentId) => Promise<Depth>;
  /** What waits of an account, the oldest first. */
  readonly orders: (account: AccountId) => Promise<readonly RestingOrder[]>;
  /** Units of an order that wait; zero if it does not. */
  readonly left: (hash: Hash) => Promise<bigint>;
  /** Tells of all that happens from now on. */
  readonly watch: (onEvent: (event: RelayEvent) => void) => Unwatch;
}
