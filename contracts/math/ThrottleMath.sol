// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {FactorDelta, FactorRisk} from "../types/Portfolio.sol";
import {MAX_AMOUNT, MAX_PRICE, MAX_VALUE, WAD} from "./WadMath.sol";
import {abs, bounded, clamp, divDown, divUp, max, min, mulDown, mulUp} from "./WadMath.sol";

// DESIGN §8. Auctions sell no more of a factor at once than its market takes. A bucket per factor holds a
// quarter of what moves the price by 1 %, and is refilled in ten minutes:
//   size = 0.25·depth;  used −= size·dt/10 min;  f ≤ (size − used)/|delta|;  used += f·|delta|
// What is sold rounds up; what may be sold, and what is refilled, down.

int256 constant SHARE = 0.25e18; // of the 1 % depth
int256 constant REFILL = 600; // seconds from empty to full
int256 constant MAX_UNITS = 2e47; // of a factor in a book: MAX_VALUE twice, at the lowest price

/// @notice A delta in units of its factor; none where no price was ever seen.
function unitsOf(int256 net, int256 index) pure returns (int256) {
  bounded(net, -2 * MAX_VALUE, 2 * MAX_VALUE);
  return bounded(index, 0, MAX_PRICE) == 0 ? int256(0) : divUp(abs(net), index);
}

/// @notice What a book holds of each factor, all told, in units.
function deltasOf(FactorRisk[] memory factors) pure returns (FactorDelta[] memory) {
  FactorDelta[] memory deltas = new FactorDelta[](factors.length);
  for (uint256 i = 0; i < factors.length; ++i) {
    deltas[i] = FactorDelta({factor: factors[i].factor, units: factors[i].units});
  }
  return deltas;
}

/// @notice What a full bucket holds, units.
function sizeOf(int256 depth) pure returns (int256) {
  return mulDown(SHARE, bounded(depth, 0, MAX_AMOUNT));
}

/// @notice What is still used of a bucket `elapsed` seconds later, units.
function usedAfter(int256 used, int256 size, int256 elapsed) pure returns (int256) {
  int256 refilled = (bounded(size, 0, MAX_AMOUNT) * clamp(elapsed, 0, REFILL)) / REFILL;
  return max(0, min(bounded(used, 0, MAX_AMOUNT), size) - refilled);
}

/// @notice The largest fraction of `units` that what is left of a bucket lets through.
function roomOf(int256 left, int256 units) pure returns (int256) {
  if (bounded(units, 0, MAX_UNITS) == 0) return WAD;
  return min(WAD, divDown(bounded(left, 0, MAX_AMOUNT), units));
}

/// @notice What a fraction of `units` takes out of a bucket.
function soldOf(int256 fraction, int256 units) pure returns (int256) {
  return mulUp(bounded(fraction, 0, WAD), bounded(units, 0, MAX_UNITS));
}
