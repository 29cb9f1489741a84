import type { BallastError } from "../errors/BallastError.ts";
import { NotInAuction, Throttled } from "../errors/pool.ts";
import * as AuctionMath from "../math/AuctionMath.ts";
import { WAD } from "../math/WadMath.ts";
import { Phase, type Snapshot } from "../snapshot/Snapshot.ts";
import { accountOf } from "../logic/accounts.ts";
import { attempt } from "../logic/attempt.ts";
import { sliceOf } from "../logic/auction.ts";
import { requireLarge } from "../logic/bid.ts";
import { poke } from "../logic/poke.ts";
import { type AccountId, FUND } from "../types/Ids.ts";

/** What keeps a slice from being larger. */
export type BidReason =
  | "cure" // f_max: more would sell more than cures
  | "throttle"; // of a factor, of which auctions sold enough for now

/** The largest slice on offer; a bid that wants one wei more at least is refused. */
export interface BidLimit {
  readonly fraction: bigint; // of the whole book, a wad; zero if the throttle lets nothing through
  readonly reason: BidReason;
  readonly refusal: BallastError; // of one wei more
}

/**
 * The largest fraction of an account in auction that a bid could take in a block of that time, to the wei.
 * What the bidder can carry is no part of the question.
 *
 * @throws NotInAuction, AccountNotInSnapshot, TimeReversed
 */
export function maxBid(
  snapshot: Snapshot,
  account: AccountId,
  { timestamp }: { readonly timestamp: number },
): BidLimit {
  const { state, accountHealth } = poke(snapshot, account, timestamp);
  const { phase } = accountOf(state, account);
  if (phase !== Phase.Auction) throw new NotInAuction(account, phase);
  const seen = { now: accountHealth, timestamp };
  const slice = sliceOf(state, account, WAD, seen);
  const passes = slice.fraction >= AuctionMath.smallestSlice(slice.largest);
  const fraction = passes ? slice.fraction : 0n;
  const more = { ...ANY, account, smallest: fraction + 1n };
  const refusal = attempt(() => requireLarge(state, more, slice, seen)) as unknown as BallastError;
  return { fraction, reason: refusal instanceof Throttled ? "throttle" : "cure", refusal };
}

const ANY = {
  ...{ receiver: FUND, fraction: WAD, maxPrice: 0n, minHealth: 0n, maxHealth: 0n },
  data: "0x",
} as const;
