// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @notice What is remembered of a factor's price moves. Variances and volatilities are annual wads.
struct Volatility {
  int256 hour; // v1: variance, half-life 1 h
  int256 day; // vF: variance, half-life 24 h
  int256 month; // vS: variance, half-life 30 d
  int256 used; // σused
  int256 maintenance; // σMM
  int256 price; // P_last, USD
}

/// @notice What bounds a factor's volatility from below.
struct VolatilityBounds {
  int256 floor; // σfloor
  int256 stress; // σstress
}
