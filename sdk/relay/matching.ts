import type { Hash } from "viem";

import { abs, min } from "../math/WadMath.ts";
import { ANYONE } from "../orders/buildOrder.ts";
import type { SignedOrder } from "../orders/signOrder.ts";
import { MAKER, type Fill, type Order } from "../types/Order.ts";

// Who meets whom. Price first: the best of them for whoever comes; then time. The price of a fill is
// the maker's limit, whichever of the two came later.

/** An order in the book. */
export interface Entry extends SignedOrder {
  readonly hash: Hash;
  readonly sequence: number; // its place in time
  left: bigint; // units, those of fills under way taken off
  dropped?: Error; // why it left before it was filled
}

/** A maker and a taker, and how much of them meets. */
export interface Pair {
  readonly maker: Entry;
  readonly taker: Entry;
  readonly size: bigint; // units, above zero
}

export function isMaker(order: Order): boolean {
  return (order.flags & MAKER) !== 0;
}

export function buys(order: Order): boolean {
  return order.size > 0n;
}

/** Whether a chain would let the two meet, as far as it is written in them. */
export function meets(a: Order, b: Order): boolean {
  if (a.instrument !== b.instrument || isMaker(a) === isMaker(b) || buys(a) === buys(b))
    return false;
  if (a.account === b.account) return false;
  const [buyer, seller] = buys(a) ? [a, b] : [b, a];
  return buyer.limitPrice >= seller.limitPrice && accepts(a, b) && accepts(b, a);
}

/** Below zero if `a` is met before `b`, of one side and one instrument. */
export function byPriceAndTime(a: Entry, b: Entry): number {
  const [price, other] = [a.order.limitPrice, b.order.limitPrice];
  if (price === other) return a.sequence - b.sequence;
  return price < other === buys(a.order) ? 1 : -1;
}

/** The pairs that an order makes with those that wait, the first to be met first. */
export function match(incoming: Entry, waiting: readonly Entry[]): Pair[] {
  const pairs: Pair[] = [];
  let { left } = incoming;
  for (const other of waiting) {
    const size = min(left, other.left);
    if (size === 0n || !meets(incoming.order, other.order)) continue;
    pairs.push(pairOf(incoming, other, size));
    left -= size;
  }
  return pairs;
}

/** A pair as the chain settles it. */
export function fillOf({ maker, taker, size }: Pair): Fill {
  return {
    maker: maker.order,
    taker: taker.order,
    makerSignature: maker.signature,
    takerSignature: taker.signature,
    size,
  };
}

/** Units that an order asks for. */
export function unitsOf(order: Order): bigint {
  return abs(order.size);
}

function accepts(order: Order, other: Order): boolean {
  return order.taker === ANYONE || order.taker === other.account;
}

function pairOf(a: Entry, b: Entry, size: bigint): Pair {
  return isMaker(a.order) ? { maker: a, taker: b, size } : { maker: b, taker: a, size };
}
