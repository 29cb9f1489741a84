// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {exp} from "./ExpMath.sol";
import {MAX_ELAPSED, MAX_PRICE, WAD, YEAR} from "./WadMath.sol";
import {bounded, clamp, divDown, max, min, mulDown} from "./WadMath.sol";

// DESIGN §6. Forwards, and the average at which futures and options settle.
//   forward = spot·e^(basis·T), |basis·T| within a limit
//   settling: forward = a·average so far + (1 − a)·forward, a = elapsed share of the window

int256 constant WINDOW = 1_800; // seconds of oracle rounds that make a settlement price
int256 constant MOST_SILENT = 600; // seconds of it that may lack a good price
int256 constant MAX_BASIS = 2e18; // annual
int256 constant MAX_SUM = 1e38; // price·seconds
int256 constant MAX_SILENCE = 1e12; // seconds

/// @notice The forward of an expiry.
function forwardOf(int256 price, int256 basis, int256 left, int256 limit) pure returns (int256) {
  bounded(price, 0, MAX_PRICE);
  if (basis == 0) return price;
  bounded(basis, -MAX_BASIS, MAX_BASIS);
  bounded(limit, 0, WAD);
  int256 growth = clamp((basis * bounded(left, 0, MAX_ELAPSED)) / YEAR, -limit, limit);
  return min(MAX_PRICE, mulDown(price, exp(growth)));
}

/// @notice Share of a settlement window that is over.
function settledShare(int256 elapsed) pure returns (int256) {
  return (clamp(elapsed, 0, WINDOW) * WAD) / WINDOW;
}

/// @notice The forward while it settles.
function settlingForward(int256 forward, int256 average, int256 share) pure returns (int256) {
  bounded(forward, 0, MAX_PRICE);
  bounded(average, 0, MAX_PRICE);
  bounded(share, 0, WAD);
  return mulDown(share, average) + mulDown(WAD - share, forward);
}

/// @notice What of a move of spot a settling forward still feels.
function exposedShare(int256 forward, int256 settling, int256 share) pure returns (int256) {
  if (bounded(settling, 0, MAX_PRICE) == 0) return 0;
  int256 open = mulDown(WAD - bounded(share, 0, WAD), bounded(forward, 0, MAX_PRICE));
  return min(WAD, divDown(open, settling));
}

/// @notice Σ price·seconds once the price has stood for `elapsed` more.
function sumAfter(int256 sum, int256 price, int256 elapsed) pure returns (int256) {
  bounded(price, 0, MAX_PRICE);
  return bounded(sum, 0, MAX_SUM) + price * bounded(elapsed, 0, MAX_ELAPSED);
}

/// @notice Seconds without a good price, once a price has stood for `elapsed` and was good for `life`.
function silenceAfter(int256 silence, int256 elapsed, int256 life) pure returns (int256) {
  bounded(elapsed, 0, MAX_SILENCE);
  bounded(life, 0, MAX_SILENCE);
  return bounded(silence, 0, MAX_SILENCE) + max(0, elapsed - life);
}

/// @notice The average between two sums; the price in force if no time lies between.
function averageOf(int256 sum, int256 start, int256 elapsed, int256 price) pure returns (int256) {
  if (elapsed <= 0) return bounded(price, 0, MAX_PRICE);
  bounded(sum, 0, 2 * MAX_SUM);
  bounded(start, 0, 2 * MAX_SUM);
  return clamp((sum - start) / bounded(elapsed, 1, MAX_ELAPSED), 0, MAX_PRICE);
}

/// @notice What a call is worth at its settlement price.
function callPayoff(int256 settlement, int256 strike) pure returns (int256) {
  return max(0, bounded(settlement, 0, MAX_PRICE) - bounded(strike, 0, MAX_PRICE));
}

/// @notice What a put is worth at its settlement price.
function putPayoff(int256 settlement, int256 strike) pure returns (int256) {
  return max(0, bounded(strike, 0, MAX_PRICE) - bounded(settlement, 0, MAX_PRICE));
}
