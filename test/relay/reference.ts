import { ANYONE } from "../../sdk/orders/index.ts";
import type { Remainder } from "../../sdk/relay/index.ts";
import type { AccountId } from "../../sdk/types/Ids.ts";
import type { Order } from "../../sdk/types/Order.ts";

type Verdict = (pair: { maker: Order; taker: Order }) => "ok" | "maker" | "neither";
type Waiting = { order: Order; left: bigint };

const abs = (a: bigint) => (a < 0n ? -a : a);
const made = (order: Order) => order.flags % 2 === 1;

/**
 * A book as simple as one can be: a list, looked through from end to end for each single fill. Orders
 * are told apart by salt, and all are of one instrument.
 */
export function createReference(verdict: Verdict) {
  let waiting: Waiting[] = [];
  const counters: Record<string, bigint> = {};
  const cancelled = new Set<bigint>();
  const fills: { maker: Order; taker: Order; size: bigint }[] = [];

  const gone = ({ deadline }: Order, now: number) => deadline < BigInt(now);
  const remove = (salt: bigint) => {
    waiting = waiting.filter(({ order }) => order.salt !== salt);
  };

  /** What the buyer bids less what the seller asks; and no pair at all below zero. */
  function room(a: Order, b: Order): bigint {
    if (made(a) === made(b) || a.size > 0n === b.size > 0n) return -1n;
    if (a.account === b.account) return -1n;
    if (a.taker !== ANYONE && a.taker !== b.account) return -1n;
    if (b.taker !== ANYONE && b.taker !== a.account) return -1n;
    return a.size > 0n ? a.limitPrice - b.limitPrice : b.limitPrice - a.limitPrice;
  }

  /** The one with the most room; the first of those, the list being in order of arrival. */
  function best(order: Order, tried: Set<bigint>, now: number): Waiting | undefined {
    let found: Waiting | undefined;
    for (const one of waiting) {
      if (gone(one.order, now) || tried.has(one.order.salt) || room(order, one.order) < 0n)
        continue;
      if (!found || room(order, one.order) > room(order, found.order)) found = one;
    }
    return found;
  }

  function submit(order: Order, remainder: Remainder, now: number): boolean {
    const below = order.counter < (counters[order.account] ?? 0n);
    if (gone(order, now) || below || cancelled.has(order.salt)) return false;
    const mine = { order, left: abs(order.size) };
    const tried = new Set<bigint>();
    const keep = made(order) || remainder === "rest";
    while (mine.left > 0n) {
      const other = best(order, tried, now);
      if (!other) break;
      const [maker, taker] = made(order) ? [order, other.order] : [other.order, order];
      const said = verdict({ maker, taker });
      if (said === "ok") {
        const size = mine.left < other.left ? mine.left : other.left;
        fills.push({ maker, taker, size });
        mine.left -= size;
        other.left -= size;
        if (other.left === 0n) remove(other.order.salt);
        continue;
      }
      tried.add(other.order.salt);
      if (said === "maker") remove(maker.salt);
    }
    if (keep && mine.left > 0n) waiting.push(mine);
    return true;
  }

  return {
    fills,
    submit,
    cancel: ({ salt }: Order) => {
      cancelled.add(salt);
      remove(salt);
    },
    cancelBelow: (account: AccountId, counter: bigint) => {
      if (counter > (counters[account] ?? 0n)) counters[account] = counter;
      waiting = waiting.filter(
        ({ order }) => order.account !== account || order.counter >= counter,
      );
    },
    left: (order: Order, now: number) => {
      const found = waiting.find((one) => one.order.salt === order.salt);
      return found && !gone(order, now) ? found.left : 0n;
    },
  };
}
