import type { PendingRound } from "../../sdk/snapshot/Snapshot.ts";

/** Rounds of one phase: the phase stands above bit 64 of an id. */
export const PHASE = 1n << 64n;

/** One oracle round. */
export interface FeedRound {
  readonly id: bigint; // phase * 2^64 + number
  readonly price: bigint; // wad
  readonly time: number; // that it tells, Unix seconds
  readonly came: number; // when it came: then, or with one before it in its phase that tells a later time
}

/**
 * What a Chainlink proxy answers, and what ChainlinkOracle makes of it: the twin's side of a feed. An
 * old phase may go on beside the new one; the latest round is the newest phase's.
 */
export class Feed {
  latest = 0n;
  readonly #rounds = new Map<bigint, FeedRound>();

  /** A round comes. */
  publish(round: FeedRound): void {
    this.#rounds.set(round.id, round);
    if (round.id > this.latest) this.latest = round.id;
  }

  /** A round of the feed, if there is one. */
  at(id: bigint): FeedRound | undefined {
    return this.#rounds.get(id);
  }

  /** Up to `most` rounds after one, in the order of ChainlinkOracle.next. */
  after(id: bigint, most = Infinity): PendingRound[] {
    const found: PendingRound[] = [];
    for (let next = this.#next(id); next && found.length < most; next = this.#next(next.id)) {
      found.push(next);
    }
    return found;
  }

  #next(id: bigint): PendingRound | undefined {
    const own = this.#rounds.get(id + 1n);
    if (own) return told(own);
    const start = this.latest / PHASE > id / PHASE ? (id / PHASE + 1n) * PHASE : id;
    const round = this.#rounds.get(start + 1n);
    if (round) return told(round);
    return this.latest > start + 1n
      ? { id: start + 1n, price: 0n, updated: 0, skipped: false }
      : undefined;
  }
}

function told({ id, price, time }: FeedRound): PendingRound {
  return { id, price, updated: time, skipped: false };
}
