import type { Hex } from "viem";

import type { Offer, Slice } from "../types/Offer.ts";
import {
  send,
  type PoolAddress,
  type ContractCall,
  type Sent,
  type WriteClient,
} from "./contract.ts";

/** An offer for a slice of an account in auction; `data` is for a sender that is a bidder's contract. */
export interface Bid extends Omit<Offer, "data"> {
  readonly pool: PoolAddress;
  readonly data?: Hex;
}

/** `bid` as an act, for `simulate` and `batch`. */
export function bidAct({ pool, data = "0x", ...offer }: Bid): ContractCall<"bid"> {
  return { pool, verb: "bid", args: [{ ...offer, data }] };
}

/**
 * Buys a slice of an account in auction; the receiver pays in cash, and has to cover its own initial
 * margin after. If the offer has
 * data, the sender is called with it before that (`IBidder`): no wallet's key can, a contract's owner asks
 * the contract. Returns the slice that the simulation bought.
 *
 * @throws NotInAuction, HealthOutside, BidTooSmall, Throttled, PriceTooHigh, SelfBid, MarginTooLow,
 * TooManyAssets, TooManyFactors, NotAuthorized, ReservedAccount, ClosedDuringBid, BatchMixed, SponsorUnpaid,
 * OutOfBounds, Reentered
 */
export async function bid(
  client: WriteClient,
  args: Bid,
): Promise<Sent & { readonly slice: Slice }> {
  const { hash, result } = await send(client, bidAct(args));
  return { hash, slice: result };
}
