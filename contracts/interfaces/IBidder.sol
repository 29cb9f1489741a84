// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Offer, Slice} from "../types/Offer.sol";

/// @notice Who sends bids and needs no capital for them.
interface IBidder {
  /// @notice Called by the door in the middle of a bid of one's own whose offer carries data. The slice is the
  /// receiver's, its price is debited, and its cash may be negative. Until this returns the door is open for
  /// `deposit`, `withdraw`, `repay` and `transfer` of the receiver, and for `settle` of its orders; who then must
  /// have margin: IM as bidders need it, or as fills or withdrawals do, if it traded or anything left.
  /// @param offer as it was sent, with its data
  /// @param slice what was bought, and its price: cash, wads
  function onBid(Offer calldata offer, Slice calldata slice) external;
}
