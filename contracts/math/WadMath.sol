// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

// Signed fixed point with 18 decimals. `Down` rounds toward −∞, `Up` toward +∞.
// Products must stay below 2^255: callers hold values ≤ MAX_VALUE and rates ≤ MAX_RATE.

int256 constant WAD = 1e18;
int256 constant YEAR = 31_536_000;
int256 constant HOUR = 3_600;
int256 constant MAX_VALUE = 1e29; // 10^11 USD, the largest book
int256 constant MAX_AMOUNT = 1e34; // 10^16 units
int256 constant MAX_PRICE = 1e28; // 10^10 USD
int256 constant MAX_RATE = 1e20; // 100
int256 constant MAX_ELAPSED = 315_360_000; // 10 years in seconds

/// @notice A number lies outside what the formula is stated for.
error OutOfBounds(int256 value, int256 low, int256 high);

function bounded(int256 value, int256 low, int256 high) pure returns (int256) {
  if (value < low || value > high) revert OutOfBounds(value, low, high);
  return value;
}

function abs(int256 a) pure returns (int256) {
  return a < 0 ? -a : a;
}

function max(int256 a, int256 b) pure returns (int256) {
  return a > b ? a : b;
}

function min(int256 a, int256 b) pure returns (int256) {
  return a < b ? a : b;
}

function clamp(int256 a, int256 low, int256 high) pure returns (int256) {
  return max(low, min(a, high));
}

/// @notice ⌊a / b⌋, b > 0.
function floorDiv(int256 a, int256 b) pure returns (int256) {
  unchecked {
    return a % b < 0 ? a / b - 1 : a / b;
  }
}

/// @notice ⌈a / b⌉, b > 0.
function ceilDiv(int256 a, int256 b) pure returns (int256) {
  unchecked {
    return a % b > 0 ? a / b + 1 : a / b;
  }
}

function mulDown(int256 a, int256 b) pure returns (int256) {
  unchecked {
    return floorDiv(a * b, WAD);
  }
}

function mulUp(int256 a, int256 b) pure returns (int256) {
  unchecked {
    return ceilDiv(a * b, WAD);
  }
}

/// @notice ⌊a / b⌋ in wads, b > 0.
function divDown(int256 a, int256 b) pure returns (int256) {
  unchecked {
    return floorDiv(a * WAD, b);
  }
}

/// @notice ⌈a / b⌉ in wads, b > 0.
function divUp(int256 a, int256 b) pure returns (int256) {
  unchecked {
    return ceilDiv(a * WAD, b);
  }
}
