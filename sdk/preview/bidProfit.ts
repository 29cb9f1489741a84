import { debtQuote } from "../math/PriceMath.ts";
import { mulDown, mulUp } from "../math/WadMath.ts";
import type { Snapshot } from "../snapshot/Snapshot.ts";
import { sell } from "../logic/bid.ts";
import { priceAt } from "../snapshot/price.ts";
import { type AssetId, CASH } from "../types/Ids.ts";
import type { Offer, Slice } from "../types/Offer.ts";

/** What a transaction costs its sender. */
export interface Gas {
  readonly used: bigint; // units
  readonly price: bigint; // of a unit, wei
  readonly coin: AssetId; // that gas is paid in, of 18 decimals; the pool has its price
}

/** When, and what sending costs; nothing, if left out. */
export interface Sending {
  readonly timestamp: number; // Unix seconds
  readonly gas?: Gas | undefined;
}

/** What a bid earns, USD wads. */
export interface BidProfit {
  readonly value: bigint; // of what is bought: its share of the account's equity, at mark
  readonly price: bigint; // paid for it; negative if the bidder is paid
  readonly gas: bigint;
  readonly profit: bigint;
}

/**
 * What a bid would earn at a time: the value bought less the price less the gas. Whether the receiver can
 * carry the slice is another question: `preview`.
 *
 * @throws NotInAuction, HealthOutside, BidTooSmall, PriceTooHigh, SelfBid, AccountNotInSnapshot
 */
export function bidProfit(snapshot: Snapshot, offer: Offer, sending: Sending): BidProfit {
  return earningsOf(snapshot, sell(snapshot, offer, sending.timestamp).slice, sending);
}

/** What a slice earns whoever buys it. Rounded against the bidder. */
export function earningsOf(
  s: Snapshot,
  { fraction, equity, price: paid }: Slice,
  { timestamp, gas: burnt }: Sending,
): BidProfit {
  const value = mulDown(fraction, equity);
  const price = mulUp(paid, debtQuote(priceAt(s, CASH, timestamp)).price);
  const gas = burnt === undefined ? 0n : gasOf(s, burnt, timestamp);
  return { value, price, gas, profit: value - price - gas };
}

/** A wei is a wad of the coin. */
function gasOf(s: Snapshot, { used, price, coin }: Gas, timestamp: number): bigint {
  return mulUp(used * price, priceAt(s, coin, timestamp).price);
}
