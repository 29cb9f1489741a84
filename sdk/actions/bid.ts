import type { Offer, Slice } from "../types/Offer.ts";
import { send, type Door, type Act, type Sent, type WriteClient } from "./door.ts";

/** An offer for a slice of an account in auction. */
export interface Bid extends Offer {
  readonly pool: Door;
}

/** `bid` as an act, for `simulate` and `batch`. */
export function bidAct({ pool, ...offer }: Bid): Act<"bid"> {
  return { pool, verb: "bid", args: [offer] };
}

/**
 * Buys a slice of an account in auction; the receiver pays in cash, and has to cover its own initial
 * margin after. Returns the slice that the simulation bought.
 *
 * @throws NotInAuction, HealthOutside, BidTooSmall, Throttled, PriceTooHigh, SelfBid, MarginTooLow,
 * TooManyAssets, TooManyFactors, NotAuthorized, HouseAccount, OutOfBounds, Reentered
 */
export async function bid(
  client: WriteClient,
  args: Bid,
): Promise<Sent & { readonly slice: Slice }> {
  const { hash, result } = await send(client, bidAct(args));
  return { hash, slice: result };
}
