// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {rootUp} from "./VolatilityMath.sol";
import {MAX_ELAPSED, MAX_PRICE, MAX_RATE, WAD, YEAR} from "./WadMath.sol";
import {bounded, min, mulUp} from "./WadMath.sol";

/// @notice price·σ·√(late/YEAR): how far a price may have wandered since its heartbeat; at most all.
function staleBand(int256 price, int256 volatility, int256 late) pure returns (int256) {
  bounded(price, 0, MAX_PRICE);
  bounded(volatility, 0, MAX_RATE);
  int256 span = (min(bounded(late, 0, MAX_ELAPSED * 100), MAX_ELAPSED) * WAD) / YEAR;
  return min(price, mulUp(price, mulUp(volatility, rootUp(span))));
}
