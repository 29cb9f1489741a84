// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {MockV3Aggregator} from "@chainlink/contracts/src/v0.8/shared/mocks/MockV3Aggregator.sol";

/// @notice An aggregator that tells nothing beyond its limits.
contract LimitedFeed is MockV3Aggregator {
  int192 public minAnswer;
  int192 public maxAnswer;

  constructor(int192 low, int192 high, int256 answer) MockV3Aggregator(8, answer) {
    (minAnswer, maxAnswer) = (low, high);
  }
}

/// @notice A proxy before one: it has no limits of its own.
contract LimitedProxy is MockV3Aggregator {
  address public aggregator;

  constructor(address aggregator_, int256 answer) MockV3Aggregator(8, answer) {
    aggregator = aggregator_;
  }
}
