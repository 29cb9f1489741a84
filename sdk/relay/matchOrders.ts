import type { Hash } from "viem";

import { pastOf } from "../orders/buildOrder.ts";
import type { Fill } from "../types/Order.ts";
import { attributeFailure } from "./attributeFailure.ts";
import type { RelayEvents } from "./events.ts";
import type { Book } from "./book.ts";
import { FillsUnanswered } from "./errors.ts";
import { fillOf, match, type Entry, type Pair } from "./matching.ts";
import type { Memory } from "./memory.ts";
import type { FailedFill } from "./Relay.ts";

/** How one fill fared on chain. */
export type FillResult = { readonly ok: true } | { readonly ok: false; readonly error: Error };

/** Has fills settled, each by itself; answers for each, in order. */
export type SettleFills = (fills: readonly Fill[]) => Promise<readonly FillResult[]>;

/** What the meeting of orders needs. */
export interface MatchContext {
  readonly book: Book;
  readonly memory: Memory;
  readonly events: RelayEvents;
  readonly settle: SettleFills;
  readonly now: () => number;
  readonly attributeFailure: typeof attributeFailure;
}

/** Takes an order out of the book, and says why. Whether it was there. */
export function drop({ book, events }: MatchContext, entry: Entry, reason: Error): boolean {
  const { hash, order, left } = entry;
  if (!book.remove(entry)) return false;
  entry.dropped = reason;
  events.emit({ type: "dropped", hash, order, left, reason });
  return true;
}

/** Lets an order of the book meet those that wait, until no more will. Returns what failed. */
export async function matchOrder(context: MatchContext, entry: Entry): Promise<FailedFill[]> {
  const failed: FailedFill[] = [];
  const tried = new Set<Hash>(); // those that failed with it: no second try, or there is no end
  for (;;) {
    sweep(context, entry);
    if (context.book.find(entry.hash) !== entry) return failed;
    const waiting = context.book.facing(entry.order).filter(({ hash }) => !tried.has(hash));
    const pairs = match(entry, waiting);
    if (pairs.length === 0) return failed;
    const refused = await settleAll(context, pairs);
    refused.forEach(({ maker, taker }) => tried.add((maker === entry ? taker : maker).hash));
    failed.push(...refused.map((pair) => ({ fill: fillOf(pair), error: pair.error })));
  }
}

/** Drops what has ended of an order and of those it may meet. */
function sweep(context: MatchContext, entry: Entry): void {
  const now = context.now();
  for (const each of [entry, ...context.book.facing(entry.order)]) {
    const past = pastOf(each.order, now);
    if (past !== undefined) drop(context, each, past);
  }
}

type Refused = Pair & { readonly error: Error };

async function settleAll(context: MatchContext, pairs: readonly Pair[]): Promise<Refused[]> {
  pairs.forEach((pair) => move(pair, -pair.size));
  const answers = await answersOf(context, pairs);
  const refused = pairs.flatMap((pair, i) => {
    const answer = answers[i]!;
    return answer.ok ? [] : [{ ...pair, error: answer.error }];
  });
  refused.forEach((pair) => move(pair, pair.size)); // all, before anyone is told what is left
  pairs.filter((_, i) => answers[i]!.ok).forEach((pair) => filled(context, pair));
  refused.forEach((pair) => failed(context, pair));
  for (const entry of pairs.flatMap(({ maker, taker }) => [maker, taker])) {
    if (entry.left === 0n) context.book.remove(entry);
  }
  return refused;
}

/** No answer at all: what is left is as before, and the chain, which may know more, has the last word. */
async function answersOf(
  { settle }: MatchContext,
  pairs: readonly Pair[],
): Promise<readonly FillResult[]> {
  try {
    const answers = await settle(pairs.map(fillOf));
    if (answers.length === pairs.length) return answers;
    throw new FillsUnanswered(pairs.length, answers.length);
  } catch (error) {
    pairs.forEach((pair) => move(pair, pair.size));
    throw error;
  }
}

function filled({ memory, events }: MatchContext, pair: Pair): void {
  const { maker, taker, size } = pair;
  memory.fill(maker.hash, size);
  memory.fill(taker.hash, size);
  events.emit({ type: "filled", fill: fillOf(pair), maker: maker.hash, taker: taker.hash });
}

function failed(context: MatchContext, pair: Refused): void {
  const { maker, taker, error } = pair;
  const [fill, hashes] = [fillOf(pair), { maker: maker.hash, taker: taker.hash }];
  context.events.emit({ type: "failed", fill, ...hashes, error });
  const side = context.attributeFailure(error, pair);
  if (side === "maker" || side === "both") drop(context, maker, error);
  if (side === "taker" || side === "both") drop(context, taker, error);
}

function move({ maker, taker }: Pair, size: bigint): void {
  maker.left += size;
  taker.left += size;
}
