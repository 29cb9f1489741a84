// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @notice The volatility smile of one expiry: σ(K) = atm·(1 + skew·x + curvature·x²). Wads.
struct Surface {
  int256 atm;
  int256 skew;
  int256 curvature;
}
