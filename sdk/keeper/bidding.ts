import { MarginTooLow } from "../errors/pool.ts";
import * as AuctionMath from "../math/AuctionMath.ts";
import { mulUp, WAD } from "../math/WadMath.ts";
import { earningsOf } from "../preview/bidProfit.ts";
import type { Snapshot } from "../snapshot/Snapshot.ts";
import { bid, quote, accountHealthOf } from "../logic/index.ts";
import { type AccountId, ownerOf } from "../types/Ids.ts";
import type { Offer, Slice } from "../types/Offer.ts";
import type { Policy } from "./World.ts";

/** A bid worth making: the offer, what it buys, and the state after it. */
export interface GoodBid {
  readonly offer: Offer;
  readonly slice: Slice;
  readonly profit: bigint; // USD wad
  readonly state: Snapshot;
}

/** A good bid, or why there is none. */
export type Bidding = GoodBid | { readonly why: string };

/** An auction, looked at by one bidder at one time. */
interface Auction {
  readonly state: Snapshot;
  readonly account: AccountId;
  readonly bidder: Policy;
  readonly timestamp: number;
  readonly health: bigint;
}

const STEPS = 20; // halvings: a millionth of the slice
const LEAST = 900_000_000_000_000_000n; // of the slice wanted: less is another bargain
const WINDOW = 50_000_000_000_000_000n; // of health, either way
const ROOM = 10_000_000_000_000_000n; // of the price: interest and rounding until mined

/**
 * The largest slice of an account in auction that the bidder can carry: its receiver covers IM after,
 * and its price is within the capital. No bid if it earns less than the bidder's minimum.
 *
 * @throws what the twin of `bid` throws, but MarginTooLow
 */
export function bestBid(
  state: Snapshot,
  account: AccountId,
  bidder: Policy,
  timestamp: number,
): Bidding {
  if (account === bidder.receiver) return { why: "the keeper's own account" };
  const { health } = accountHealthOf(state, account, timestamp);
  const auction = { state, account, bidder, timestamp, health };
  const { largest } = quote(state, account, WAD, timestamp);
  const found = largestAffordable(auction, AuctionMath.smallestSlice(largest), largest);
  if (found === undefined) return { why: "more than the keeper can carry" };
  if (found.profit >= bidder.minProfit) return found;
  return { why: `a profit of ${usd(found.profit)}, below ${usd(bidder.minProfit)}` };
}

function largestAffordable(auction: Auction, least: bigint, largest: bigint): GoodBid | undefined {
  const whole = carried(auction, largest);
  if (whole !== undefined) return whole;
  let best = carried(auction, least);
  let [low, high] = [least, largest];
  for (let i = 0; i < STEPS && best !== undefined; i += 1) {
    const middle = (low + high) / 2n;
    const found = carried(auction, middle);
    best = found ?? best;
    if (found === undefined) high = middle;
    else low = middle;
  }
  return best;
}

/** The bid for a fraction, or nothing if the bidder cannot carry it. */
function carried(auction: Auction, fraction: bigint): GoodBid | undefined {
  const { state, account, bidder, timestamp } = auction;
  const quoted = quote(state, account, fraction, timestamp);
  if (fraction === 0n || quoted.price > bidder.capital) return undefined;
  const offer = offerFor(auction, quoted);
  try {
    const act = { caller: { address: ownerOf(bidder.receiver) }, timestamp };
    const sale = bid(state, offer, act);
    const { profit } = earningsOf(state, sale.slice, { timestamp, gas: bidder.gas });
    return { offer, slice: sale.slice, profit, state: sale.state };
  } catch (error) {
    if (error instanceof MarginTooLow) return undefined;
    throw error;
  }
}

function offerFor({ account, bidder, health }: Auction, { fraction, price }: Slice): Offer {
  return {
    ...{ account, receiver: bidder.receiver, fraction },
    smallest: mulUp(LEAST, fraction),
    maxPrice: price + mulUp(ROOM, price < 0n ? -price : price),
    minHealth: health - WINDOW,
    maxHealth: health + WINDOW,
    data: "0x",
  };
}

/** A wad of dollars for a reader. */
export function usd(wad: bigint): string {
  return `${Number(wad / 10n ** 14n) / 10_000} USD`;
}
