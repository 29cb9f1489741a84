// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IClearinghouse} from "../../contracts/interfaces/IClearinghouse.sol";

/// @notice What was seen, and how often.
abstract contract Coverage {
  string[] private _seen;
  mapping(string => uint256) private _counts;

  /// @notice Names of what was seen, the first time first.
  function seen() external view returns (string[] memory) {
    return _seen;
  }

  /// @notice How often.
  function countOf(string calldata name) external view returns (uint256) {
    return _counts[name];
  }

  function _count(string memory name) internal {
    if (++_counts[name] == 1) _seen.push(name);
  }

  function _countEvent(bytes32 topic) internal {
    if (topic == IClearinghouse.Call.selector) _count("calls opened");
    if (topic == IClearinghouse.Cured.selector) _count("calls cured");
    if (topic == IClearinghouse.AuctionOpened.selector) _count("auctions opened");
    if (topic == IClearinghouse.AuctionBacked.selector) _count("auctions backed");
    if (topic == IClearinghouse.Bid.selector) _count("slices sold");
    if (topic == IClearinghouse.TakeOver.selector) _count("books taken over");
    if (topic == IClearinghouse.InsurancePaid.selector) _count("insurance paid");
    if (topic == IClearinghouse.PayoutCut.selector) _count("payouts cut");
    if (topic == IClearinghouse.PayoutWithheld.selector) _count("payouts withheld");
    if (topic == IClearinghouse.LossSeen.selector) _count("losses seen");
    if (topic == IClearinghouse.LossLeft.selector) _count("losses left inside");
    if (topic == IClearinghouse.DeficitBooked.selector) _count("deficits booked");
    if (topic == IClearinghouse.LendersCharged.selector) _count("lenders charged");
    if (topic == IClearinghouse.SponsorOwed.selector) _count("fees earned or lost by sponsors");
    if (topic == IClearinghouse.SponsorPaid.selector) _count("sponsors paid");
    if (topic == IClearinghouse.Settled.selector) _count("positions touched");
    if (topic == IClearinghouse.ExpirySettled.selector) _count("expiries settled");
  }
}
