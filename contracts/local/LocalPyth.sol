// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {MockPyth} from "@pythnetwork/pyth-sdk-solidity/MockPyth.sol";
import {PythStructs} from "@pythnetwork/pyth-sdk-solidity/PythStructs.sol";

/// @notice Pyth's own mock with a publisher that anyone moves: for local chains, never deployed elsewhere.
contract LocalPyth is MockPyth(60, 0) {
  int32 private constant EXPONENT = -8;

  /// @notice Publishes a price of a feed as of now, in units of 1e-8.
  function publish(bytes32 id, int64 price) external {
    PythStructs.Price memory now_ = PythStructs.Price(price, 0, EXPONENT, block.timestamp);
    bytes[] memory updates = new bytes[](1);
    updates[0] = abi.encode(PythStructs.PriceFeed(id, now_, now_), uint64(block.timestamp - 1));
    this.updatePriceFeeds(updates);
  }

  /// @notice The latest price of a feed as an update, the first one since `before`: what a slot is told by.
  function updateOf(bytes32 id, uint64 before) external view returns (bytes memory) {
    return abi.encode(queryPriceFeed(id), before);
  }
}
