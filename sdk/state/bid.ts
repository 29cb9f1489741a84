import { BidTooSmall, HealthOutside, NotInAuction, PriceTooHigh, SelfBid } from "../errors/pool.ts";
import * as AuctionMath from "../math/AuctionMath.ts";
import { max, mulDown } from "../math/WadMath.ts";
import { Phase, type Snapshot } from "../snapshot/Snapshot.ts";
import { type AccountId, FUND } from "../types/Ids.ts";
import type { Offer, Slice } from "../types/Offer.ts";
import type { Standing } from "../types/Portfolio.ts";
import { accountOf, add, remove, withCall } from "./accounts.ts";
import { sliceOf } from "./auction.ts";
import { cashOf } from "./cash.ts";
import { chargeWinners } from "./haircuts.ts";
import { pay } from "./insurance.ts";
import { accrue, change, reprice } from "./ledger.ts";
import { cleared, isHouse, poke, pokeIfCalled } from "./poke.ts";
import { movePositions } from "./positions.ts";

// The sale of a slice. Twin of a part of contracts/logic/Liquidation.sol.

/** The state after a bid, and what it bought. */
export interface Sale {
  readonly state: Snapshot;
  readonly slice: Slice;
}

/**
 * Sells a slice of an account in auction. The receiver is for the verb to prove and to poke.
 *
 * @throws SelfBid, NotInAuction, HealthOutside, BidTooSmall, PriceTooHigh, TooManyAssets, TooManyFactors
 */
export function sell(s: Snapshot, offer: Offer, timestamp: number): Sale {
  if (offer.account === offer.receiver) throw new SelfBid(offer.account);
  const { state, standing } = poke(s, offer.account, timestamp);
  requireForSale(state, offer, standing);
  const slice = sliceOf(state, offer.account, offer.fraction, { now: standing, timestamp });
  requireAgreed(offer, slice);
  const settled = settle(state, offer, slice, timestamp);
  const sold = withCall(settled, offer.account, { sold: timestamp });
  const closed = closeIfEmpty(sold, offer.account, timestamp);
  return { state: pokeIfCalled(closed, offer.account, timestamp), slice };
}

function requireForSale(s: Snapshot, offer: Offer, { health }: Standing): void {
  const { account, minHealth, maxHealth } = offer;
  const { phase } = accountOf(s, account);
  if (phase !== Phase.Auction) throw new NotInAuction(account, phase);
  if (health >= minHealth && health <= maxHealth) return;
  throw new HealthOutside(account, health, minHealth, maxHealth);
}

function requireAgreed({ account, smallest, maxPrice }: Offer, slice: Slice): void {
  const least = max(smallest, AuctionMath.smallestSlice(slice.largest));
  if (slice.fraction <= 0n || slice.fraction < least) {
    throw new BidTooSmall(account, slice.fraction, least);
  }
  if (slice.price > maxPrice) throw new PriceTooHigh(account, slice.price, maxPrice);
}

function settle(
  s: Snapshot,
  { account, receiver }: Offer,
  { fraction, price, waterfall }: Slice,
  timestamp: number,
): Snapshot {
  const winners = chargeWinners(accrue(s, timestamp), account, waterfall, timestamp);
  const moved = move(winners.state, { from: account, to: receiver }, fraction, timestamp);
  const paid = change(change(moved, receiver, -price), account, price + waterfall);
  return reprice(pay(paid, { amount: waterfall, borne: winners.borne }, timestamp));
}

/** Between which accounts a book moves. */
export interface Between {
  readonly from: AccountId;
  readonly to: AccountId;
}

/** Moves a fraction of every position, every asset and of the cash; what is rounded stays with assets, goes with debt. */
export function move(
  s: Snapshot,
  { from, to }: Between,
  fraction: bigint,
  timestamp: number,
): Snapshot {
  const traded = accountOf(s, from).positions.length > 0;
  const settled = traded ? movePositions(s, { from, to }, fraction, timestamp) : s;
  const moved = accountOf(settled, from).holdings.reduceRight((state, { asset, amount }) => {
    const part = mulDown(amount, fraction);
    return add(remove(state, from, asset, part), to, asset, part);
  }, settled);
  const cash = mulDown(cashOf(moved, from, timestamp), fraction);
  return change(change(moved, from, -cash), to, cash);
}

/** An emptied account is done; what an emptied house account made goes to the fund. */
function closeIfEmpty(s: Snapshot, id: AccountId, timestamp: number): Snapshot {
  const { holdings, positions, principal } = accountOf(s, id);
  if (holdings.length > 0 || principal < 0n || positions.length > 0) return s;
  const closed = cleared(s, id);
  if (!isHouse(id)) return closed;
  const cash = cashOf(closed, id, timestamp);
  return reprice(change(change(closed, id, -cash), FUND, cash));
}
