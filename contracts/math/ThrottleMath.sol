// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {FactorDelta, FactorRisk} from "../types/Portfolio.sol";
import {MAX_AMOUNT, MAX_ELAPSED, MAX_PRICE, MAX_VALUE, WAD} from "./WadMath.sol";
import {abs, bounded, clamp, divDown, divUp, max, min, mulDown, mulUp} from "./WadMath.sol";

// DESIGN §8. Auctions sell no more of a factor at once than its market takes. A bucket per factor holds a
// quarter of what moves the price by 1 %, and is refilled in ten minutes:
//   size = 0.25·depth;  used −= size·dt/10 min;  f ≤ (size − used)/|delta|;  used += f·|delta|
// What is sold rounds up; what may be sold, and what is refilled, down.
// While a bucket is under half full it is scarce. An auction's discount waits for as long as the bucket of
// its heaviest factor was, at most Gmax; its own wait in the throttle does not count: a book whose tenth is
// larger than a bucket would wait beside a full one.

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

/// @notice Of the `elapsed` seconds in which nothing was sold, those with the bucket under half full, a wad.
/// It is refilled in a straight line, so the sum over the parts of an interval is that of the interval.
function scarceFor(int256 used, int256 size, int256 elapsed) pure returns (int256) {
  bounded(used, 0, MAX_AMOUNT);
  if (bounded(size, 0, MAX_AMOUNT) == 0) return 0;
  int256 over = max(0, 2 * min(used, size) - size);
  return min((over * REFILL * WAD) / (2 * size), clamp(elapsed, 0, REFILL) * WAD);
}

/// @notice Seconds that count toward a discount, of `elapsed` since the auction opened: without its `scarce`
/// ones, a wad, of which at most `most` are left out.
function countedOf(int256 elapsed, int256 scarce, int256 most) pure returns (int256) {
  bounded(elapsed, 0, MAX_ELAPSED);
  int256 out = bounded(scarce, 0, MAX_ELAPSED * WAD) / WAD;
  return max(0, elapsed - min(out, bounded(most, 0, MAX_ELAPSED)));
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
