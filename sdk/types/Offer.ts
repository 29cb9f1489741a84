import type { Hex } from "viem";

import type { AccountId } from "./Ids.ts";

/** A bid for a slice of an account in auction. Wads. */
export interface Offer {
  readonly account: AccountId; // sold
  readonly receiver: AccountId; // gets the slice and pays; may be empty
  readonly fraction: bigint; // wanted; the auction may allow less
  readonly smallest: bigint; // the least that still suits the bidder
  readonly maxPrice: bigint; // cash paid for the slice; negative to be paid
  readonly minHealth: bigint; // of the account, before
  readonly maxHealth: bigint;
  readonly data: Hex; // for the bidder, who is called with it once the slice is its; 0x: no call
}

/** What a bid did, or would do. USD unless said. */
export interface Slice {
  readonly fraction: bigint;
  readonly largest: bigint; // fraction on offer
  readonly price: bigint; // cash the receiver pays; negative when it is paid
  readonly equity: bigint; // of the whole account
  readonly discount: bigint; // D·V of the whole account
  readonly waterfall: bigint; // cash from the insurance fund and below for this slice
  readonly available: bigint; // fraction that the throttle lets through
}
