// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AccountId} from "./Ids.sol";

/// @notice A bid for a slice of an account in auction. Wads.
struct Offer {
  AccountId account; // sold
  AccountId receiver; // gets the slice and pays; may be empty
  int256 fraction; // wanted; the auction may allow less
  int256 smallest; // the least that still suits the bidder
  int256 maxPrice; // cash paid for the slice; negative to be paid
  int256 minHealth; // of the account, before
  int256 maxHealth;
  bytes data; // for the bidder, who is called with it once the slice is its; empty: no call
}

/// @notice What a bid did, or would do. USD unless said.
struct Slice {
  int256 fraction;
  int256 largest; // fraction on offer
  int256 price; // cash the receiver pays; negative when it is paid
  int256 equity; // of the whole account
  int256 discount; // D·V of the whole account
  int256 waterfall; // cash from the insurance fund and below for this slice
  int256 available; // fraction that the throttle lets through
}
