import type { Hash } from "viem";

import { pastOf, requireOrder } from "../orders/buildOrder.ts";
import { normalSignature } from "../orders/signature.ts";
import type { SignedOrder } from "../orders/signOrder.ts";
import { hashOrder, type OrderDomain } from "../orders/typedData.ts";
import { verifyOrder } from "../orders/verifyOrder.ts";
import { requireWord } from "../types/addresses.ts";
import type { AccountId } from "../types/Ids.ts";
import { createRelayEvents } from "./events.ts";
import { attributeFailure } from "./attributeFailure.ts";
import { createBook } from "./book.ts";
import { depthOf } from "./depth.ts";
import { NoMaker, NotSigned, SeenBefore } from "./errors.ts";
import { isMaker, unitsOf, type Entry } from "./matching.ts";
import { drop, matchOrder, type MatchContext, type SettleFills } from "./matchOrders.ts";
import { createMemory } from "./memory.ts";
import type { FailedFill, Placed, Relay, Remainder } from "./Relay.ts";

/** What a relay needs of the world. */
export interface RelayOptions {
  readonly domain: OrderDomain;
  readonly settle: SettleFills;
  readonly now: () => number; // Unix seconds
  /** `verifyOrder` without a client, unless said; ERC-1271 wallets need one. */
  readonly verify?: (signed: SignedOrder, domain: OrderDomain) => Promise<boolean>;
  readonly attributeFailure?: typeof attributeFailure;
}

/**
 * A relay in memory, for simulations and for dApps being built. It is small, deterministic, and made
 * to be replaced: it has no network, keeps nothing when the process ends, lets whoever holds it cancel
 * anything, and learns what happened on chain from `settle` alone.
 *
 * A maker waits. A taker meets the makers there are at once, best price first, then the oldest; what is
 * left of it goes, or waits for makers to come (`remainder: "rest"`). Submissions are worked one after
 * another, in the order of the calls; `settle` may therefore not wait for a `submit`. The fills
 * of one look at the book are settled together, and each stands or fails alone: one that fails gives
 * both orders their size back, `attributeFailure` drops one, both or neither, and what is left of who came looks
 * again, past those that failed with it. Reduce-only, margin, operators' scopes and fees are the chain's.
 *
 * ```ts
 * const relay = createRelay({ domain, settle, now: () => Math.floor(Date.now() / 1000) });
 * await relay.submit(await signOrder(bob, ask, domain)); // rests
 * const { filled } = await relay.submit(await signOrder(alice, bid, domain));
 * ```
 *
 * `submit` throws what `requireOrder` does, NotSigned, SeenBefore, Withdrawn, CounterBelow, and what
 * `settle` throws; in that last case nothing is taken for filled, and a taker is dropped.
 */
export function createRelay(options: RelayOptions): Relay {
  const { domain, verify = verifyOrder } = options;
  const [book, memory, events] = [createBook(), createMemory(), createRelayEvents()];
  const context: MatchContext = { attributeFailure, ...options, book, memory, events };
  const inTurn = createTurns();
  let sequence = 0;

  async function place(signed: SignedOrder, remainder: Remainder): Promise<Placed> {
    const entry = await entryOf(signed);
    const { hash, order } = entry;
    const before = memory.filled(hash);
    book.add(entry);
    events.emit({ type: "came", hash, order, left: entry.left });
    const failed = await met(entry);
    const unmet = book.find(hash) === entry && !isMaker(order) && remainder === "drop";
    if (unmet) drop(context, entry, new NoMaker(hash, entry.left));
    return placedOf(entry, memory.filled(hash) - before, failed);
  }

  async function met(entry: Entry): Promise<FailedFill[]> {
    try {
      return await matchOrder(context, entry);
    } catch (error) {
      if (!isMaker(entry.order)) drop(context, entry, error as Error);
      throw error;
    }
  }

  /** The order as the book holds it, if it may. */
  async function entryOf({ order: given, signature: sent }: SignedOrder): Promise<Entry> {
    requireOrder(given, context.now());
    const order = { ...given, account: lower(given.account), taker: lower(given.taker) };
    const hash = hashOrder(order, domain);
    if (book.find(hash) !== undefined) throw new SeenBefore(hash, "resting");
    const signature = await normalSignature(hash, order.signer, sent);
    const valid = await verify({ order, signature }, domain);
    if (!valid) throw new NotSigned(hash, order.signer);
    const refusal = memory.refusal(hash, order); // cancelled meanwhile, perhaps
    if (refusal !== undefined) throw refusal;
    const left = unitsOf(order) - memory.filled(hash);
    return { order, signature, hash, sequence: sequence++, left };
  }

  function withdraw(entry: Entry): boolean {
    return drop(context, entry, memory.refusal(entry.hash, entry.order)!);
  }

  const alive = ({ order, left }: Entry) => left > 0n && pastOf(order, context.now()) === undefined;

  return {
    submit: (signed, { remainder = "drop" } = {}) => inTurn(() => place(signed, remainder)),
    cancel: async (hash) => {
      requireWord("hash", hash);
      const known = lower(hash);
      memory.cancel(known);
      const entry = book.find(known);
      return entry !== undefined && withdraw(entry);
    },
    cancelBelow: async (account, counter) => {
      requireWord("account", account);
      memory.cancelBelow(lower(account), counter);
      const below = ofAccount(book.all(), account).filter(({ order }) => order.counter < counter);
      return below.filter(withdraw).length;
    },
    depth: async (instrument) => depthOf(book, instrument, alive),
    orders: async (account) => {
      requireWord("account", account);
      const waiting = ofAccount(book.all(), account).filter(alive);
      return waiting.map(({ hash, order, left }) => ({ hash, order, left }));
    },
    left: async (hash) => {
      requireWord("hash", hash);
      const entry = book.find(lower(hash));
      return entry !== undefined && alive(entry) ? entry.left : 0n;
    },
    watch: events.watch,
  };
}

/** One work after another, each begun when the one before has ended, well or not. */
function createTurns() {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work);
    last = next.catch(() => undefined);
    return next;
  };
}

function placedOf(entry: Entry, filled: bigint, failed: readonly FailedFill[]): Placed {
  const { hash, left, dropped } = entry;
  if (dropped === undefined) return { hash, filled, resting: left, failed };
  return { hash, filled, resting: 0n, failed, dropped };
}

function ofAccount(entries: readonly Entry[], account: AccountId): Entry[] {
  return entries.filter(({ order }) => order.account === lower(account));
}

function lower<H extends AccountId | Hash>(word: H): H {
  return word.toLowerCase() as H;
}
