import { BidTooSmall, HealthOutside, NotInAuction, PriceTooHigh, SelfBid } from "../errors/pool.ts";
import * as AuctionMath from "../math/AuctionMath.ts";
import { max, min, mulDown, WAD } from "../math/WadMath.ts";
import { Phase, type Snapshot } from "../snapshot/Snapshot.ts";
import { MILLIONTH } from "../snapshot/wads.ts";
import type { AccountId } from "../types/Ids.ts";
import type { Offer, Slice } from "../types/Offer.ts";
import type { AccountHealth } from "../types/Portfolio.ts";
import { accountOf, add, remove, withCall } from "./accounts.ts";
import { unitOf } from "./assets.ts";
import { type Seen, sliceOf } from "./auction.ts";
import type { Caller } from "./authority.ts";
import { cashOf, hasUnborne } from "./cash.ts";
import { chargeWithdrawerLoss } from "./custody.ts";
import { enter } from "./estimates.ts";
import { chargeWinners } from "./payoutHaircuts.ts";
import { pay } from "./insurance.ts";
import { accrue, change, reprice } from "./ledger.ts";
import { cleared, closeIfEmpty, poke, withLacks } from "./poke.ts";
import { movePositions, settleIfHeld } from "./positions.ts";
import { refuse, take } from "./throttle.ts";

// The sale of a slice. Twin of a part of contracts/logic/Liquidation.sol.

/** The state after a bid, and what it bought. */
export interface Sale {
  readonly state: Snapshot;
  readonly slice: Slice;
}

/** Is its sender called in the middle of the bid? */
export function callsBidder({ data }: Offer): boolean {
  return data !== "0x";
}

/**
 * Sells a slice of an account in auction. The receiver is for the verb to prove and to poke.
 *
 * @throws SelfBid, NotInAuction, HealthOutside, BidTooSmall, Throttled, PriceTooHigh, TooManyAssets,
 * TooManyFactors
 */
export function sell(s: Snapshot, offer: Offer, timestamp: number, caller?: Caller): Sale {
  if (offer.account === offer.receiver) throw new SelfBid(offer.account);
  const sold = enter(s, offer.account, timestamp);
  const entered = enter(sold, offer.receiver, timestamp);
  const { state, accountHealth } = poke(entered, offer.account, timestamp, caller);
  requireForSale(state, offer, accountHealth);
  const slice = sliceOf(state, offer.account, offer.fraction, { now: accountHealth, timestamp });
  requireLarge(state, offer, slice, { now: accountHealth, timestamp });
  requireCheap(offer, slice);
  const taken = take(state, accountHealth.deltas, slice.fraction, timestamp);
  const settled = settle(taken, offer, slice, timestamp);
  const noted = withCall(settled, offer.account, { sold: timestamp });
  const closed = closeIfEmpty(noted, offer.account, timestamp);
  return { state: endIfDone(closed, offer.account, slice, timestamp), slice };
}

function requireForSale(s: Snapshot, offer: Offer, { health }: AccountHealth): void {
  const { account, minHealth, maxHealth } = offer;
  const { phase } = accountOf(s, account);
  if (phase !== Phase.Auction) throw new NotInAuction(account, phase);
  if (health >= minHealth && health <= maxHealth) return;
  throw new HealthOutside(account, health, minHealth, maxHealth);
}

/** @throws BidTooSmall, Throttled */
export function requireLarge(
  s: Snapshot,
  offer: Offer,
  slice: Slice,
  { now, timestamp }: Seen,
): void {
  const wanted = min(offer.fraction, slice.largest);
  const least = max(offer.smallest, AuctionMath.smallestSlice(slice.largest));
  if (wanted <= 0n || wanted < least) throw new BidTooSmall(offer.account, wanted, least);
  if (slice.fraction < least)
    refuse(s, offer.account, { deltas: now.deltas, fraction: least }, timestamp);
}

function requireCheap({ account, maxPrice }: Offer, { price }: Slice): void {
  if (price > maxPrice) throw new PriceTooHigh(account, price, maxPrice);
}

function settle(s: Snapshot, offer: Offer, slice: Slice, timestamp: number): Snapshot {
  const { account, receiver } = offer;
  const { fraction, price, waterfall } = slice;
  const accrued = accrue(s, timestamp);
  const booked = waterfall > 0n ? book(accrued, account, waterfall, timestamp) : accrued;
  const charged = hasUnborne(booked.cash) ? chargeBidder(booked, offer, slice, timestamp) : booked;
  const moved = move(charged, { from: account, to: receiver }, fraction, timestamp);
  return reprice(change(change(moved, receiver, -price), account, price + waterfall));
}

/** A bidder who lent pays debt out of lent cash, too. What the slice lacked is no longer to come. */
function chargeBidder(
  s: Snapshot,
  { account, receiver }: Offer,
  { fraction, price }: Slice,
  timestamp: number,
): Snapshot {
  const unbookedLoss = accountOf(s, account).call.unbookedLoss / MILLIONTH;
  const left = withLacks(s, account, (unbookedLoss - mulDown(fraction, unbookedLoss)) * MILLIONTH);
  return chargeWithdrawerLoss(left, receiver, { debtor: account, paid: price, fraction }, timestamp)
    .state;
}

/**
 * Before the book moves: who takes over its debt may have lent, and bears a part of the loss like any
 * lender. The failed account bears one of what it truly has, once it has paid what its positions lost.
 */
function book(s: Snapshot, from: AccountId, waterfall: bigint, timestamp: number): Snapshot {
  const { state, socialized } = chargeWinners(s, from, waterfall, timestamp);
  return pay(settleIfHeld(state, from, timestamp), { amount: waterfall, socialized }, timestamp);
}

/**
 * A bid for all that was for sale ends the auction. A slice is the same part of all there is, so what it leaves
 * is known without another look. What a loss was booked for is looked at again: at once if all that was for
 * sale was sold, else by whoever pokes it next.
 */
function endIfDone(s: Snapshot, id: AccountId, slice: Slice, timestamp: number): Snapshot {
  if (accountOf(s, id).phase === Phase.Clear) return s;
  const done = slice.fraction === slice.largest;
  if (slice.waterfall === 0n) return done ? cleared(s, id, timestamp) : s;
  if (!done) return s;
  const { state, accountHealth } = poke(s, id, timestamp);
  const ended = accountHealth.health >= WAD && accountOf(state, id).phase !== Phase.Clear;
  return ended ? cleared(state, id, timestamp) : state;
}

/** Between which accounts a book moves. */
export interface Between {
  readonly from: AccountId;
  readonly to: AccountId;
}

/**
 * Moves a fraction of every position, of every asset in whole units of its token, and of the cash; what is rounded
 * stays with assets, goes with debt.
 */
export function move(
  s: Snapshot,
  { from, to }: Between,
  fraction: bigint,
  timestamp: number,
): Snapshot {
  const traded = accountOf(s, from).positions.length > 0;
  const settled = traded ? movePositions(s, { from, to }, fraction, timestamp) : s;
  const moved = accountOf(settled, from).holdings.reduceRight((state, { asset, amount }) => {
    const wads = mulDown(amount, fraction);
    const part = fraction < WAD ? wads - (wads % unitOf(s.assets[asset]!)) : wads;
    return add(remove(state, from, asset, part), to, asset, part);
  }, settled);
  const cash = mulDown(cashOf(moved, from, timestamp), fraction);
  return change(change(moved, from, -cash), to, cash);
}
