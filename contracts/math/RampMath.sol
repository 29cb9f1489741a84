// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {MAX_ELAPSED, MAX_VALUE} from "./WadMath.sol";
import {bounded, min} from "./WadMath.sol";

// DESIGN §9. A number that somebody changed goes to where it was sent in a straight line, so that a change
// is nothing in its own block. What calls are opened by takes three days: at fixed prices a call that
// opened at h = 1 then keeps a grace of two hours whatever was changed (G = 0.64·τ·h² is 2 h 33 min at
// h = 1, and 2 h at h = 0.88). What IM alone counts rises within an hour: IM liquidates no one.

int256 constant SLOW_RAMP = 259_200; // seconds
int256 constant FAST_RAMP = 3_600; // seconds

/// @notice A linear ramp, rounded toward `first`.
function ramp(int256 first, int256 last, int256 elapsed, int256 duration) pure returns (int256) {
  int256 time = min(bounded(elapsed, 0, MAX_ELAPSED), duration);
  return first + ((last - first) * time) / duration;
}

/// @notice A number that maintenance counts, `elapsed` seconds after it was changed.
function maintenanceRamp(int256 first, int256 last, int256 elapsed) pure returns (int256) {
  bounded(first, 0, MAX_VALUE);
  return ramp(first, bounded(last, 0, MAX_VALUE), elapsed, SLOW_RAMP);
}

/// @notice A number that IM alone counts: up within the hour, down as slowly as maintenance.
function initialRamp(int256 first, int256 last, int256 elapsed) pure returns (int256) {
  bounded(first, 0, MAX_VALUE);
  bounded(last, 0, MAX_VALUE);
  return ramp(first, last, elapsed, last > first ? FAST_RAMP : SLOW_RAMP);
}
