import { NotInAuction } from "../errors/pool.ts";
import * as AuctionMath from "../math/AuctionMath.ts";
import * as ThrottleMath from "../math/ThrottleMath.ts";
import { max, min, WAD } from "../math/WadMath.ts";
import { type CallState, Phase, type Snapshot } from "../snapshot/Snapshot.ts";
import type { AccountId } from "../types/Ids.ts";
import type { Slice } from "../types/Offer.ts";
import type { AccountHealth } from "../types/Portfolio.ts";
import { accountOf } from "./accounts.ts";
import { accountHealthOf } from "./margin.ts";
import { isHouse, isThin } from "./poke.ts";
import { toCash, toCashUp } from "../snapshot/price.ts";
import { passing, scarceOf } from "./throttle.ts";
import { elapsedSince } from "./time.ts";

// What is for sale, and for how much. Twin of a part of contracts/logic/Liquidation.sol.

/** What a bid for `fraction` would do now. @throws NotInAuction */
export function quote(s: Snapshot, id: AccountId, fraction: bigint, timestamp: number): Slice {
  const { phase } = accountOf(s, id);
  if (phase !== Phase.Auction) throw new NotInAuction(id, phase);
  return sliceOf(s, id, fraction, { now: accountHealthOf(s, id, timestamp), timestamp });
}

/** What was seen of the account, and when. */
export interface Seen {
  readonly now: AccountHealth;
  readonly timestamp: number;
}

/** A slice of an account in auction: how much, and at which price. */
export function sliceOf(s: Snapshot, id: AccountId, fraction: bigint, seen: Seen): Slice {
  const { now, timestamp } = seen;
  const { call } = accountOf(s, id);
  const backed = call.backed !== 0 && isThin(now);
  const backing = backed ? backingOf(call, seen) : 0n;
  const discount =
    backing > 0n ? AuctionMath.ownBacking(now.equity, backing) : discountOf(s, id, seen);
  const largest = largestOf(s, id, now, discount);
  const available = waits(call, id, timestamp) ? passing(s, now.deltas, timestamp) : WAD;
  const taken = min(min(fraction, largest), available);
  const share = backed ? AuctionMath.waterfallShare(taken, now.equity, backing) : 0n;
  const waterfall = toCash(s, share, timestamp);
  const paid = toCashUp(s, AuctionMath.slicePrice(taken, now.equity, discount), timestamp);
  return {
    fraction: taken,
    largest,
    price: paid - waterfall,
    equity: now.equity,
    discount,
    waterfall,
    available,
  };
}

/** For the throttle: at most its own Gmax, and not once it is too low to wait, nor when it is the house's. */
function waits({ low, opened, longest }: CallState, id: AccountId, timestamp: number): boolean {
  return low === 0 && !isHouse(id) && timestamp < opened + longest;
}

function backingOf({ backed }: CallState, { now, timestamp }: Seen): bigint {
  const elapsed = elapsedSince(backed, timestamp);
  return AuctionMath.backingOf(now.gross, now.maintenance, elapsed);
}

/** It waits while what its book weighs most in is scarce, but not once it is below the floor. */
function discountOf(s: Snapshot, id: AccountId, { now, timestamp }: Seen): bigint {
  const { opened, low } = accountOf(s, id).call;
  const elapsed = elapsedSince(opened, timestamp);
  const counted = low === 0 ? countedOf(s, id, elapsed, timestamp) : elapsed;
  const slow = discountAt(counted, AuctionMath.DISCOUNT_SECONDS, now);
  if (low === 0) return slow;
  return max(slow, discountAt(elapsedSince(low, timestamp), AuctionMath.URGENT_SECONDS, now));
}

function countedOf(s: Snapshot, id: AccountId, elapsed: bigint, timestamp: number): bigint {
  const { heaviest, scarce: before, call } = accountOf(s, id);
  const scarce = max(0n, scarceOf(s, heaviest, timestamp) - before);
  return ThrottleMath.countedOf(elapsed, scarce, BigInt(call.longest));
}

function discountAt(elapsed: bigint, duration: bigint, { equity, gross }: AccountHealth): bigint {
  return AuctionMath.discountOf(equity, gross, elapsed, duration);
}

/** f_max: the house's own books and dust go whole. */
function largestOf(s: Snapshot, id: AccountId, now: AccountHealth, discount: bigint): bigint {
  if (isHouse(id) || now.gross <= s.liquidation.dust) return WAD;
  const cure = AuctionMath.cureOf(now.health);
  return AuctionMath.largestSlice(now.equity, now.maintenance, discount, cure);
}
