// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import * as AuctionMath from "../../../contracts/math/AuctionMath.sol";
import {MathHarness} from "../MathHarness.sol";

// Written by test/walls/harnesses.ts from contracts/math/AuctionMath.sol. Free functions take memory.
// solhint-disable gas-calldata-parameters
contract AuctionMathHarness is MathHarness {
  function discountOf(
    int256 equity,
    int256 gross,
    int256 elapsed,
    int256 duration
  ) external pure returns (int256) {
    return AuctionMath.discountOf(equity, gross, elapsed, duration);
  }

  function cureOf(int256 health) external pure returns (int256) {
    return AuctionMath.cureOf(health);
  }

  function largestSlice(
    int256 equity,
    int256 maintenance,
    int256 discount,
    int256 cure
  ) external pure returns (int256) {
    return AuctionMath.largestSlice(equity, maintenance, discount, cure);
  }

  function smallestSlice(int256 largest) external pure returns (int256) {
    return AuctionMath.smallestSlice(largest);
  }

  function slicePrice(
    int256 fraction,
    int256 equity,
    int256 discount
  ) external pure returns (int256) {
    return AuctionMath.slicePrice(fraction, equity, discount);
  }

  function isBacked(int256 equity, int256 gross, int256 maintenance) external pure returns (bool) {
    return AuctionMath.isBacked(equity, gross, maintenance);
  }

  function backingOf(
    int256 gross,
    int256 maintenance,
    int256 elapsed
  ) external pure returns (int256) {
    return AuctionMath.backingOf(gross, maintenance, elapsed);
  }

  function ownBacking(int256 equity, int256 backing) external pure returns (int256) {
    return AuctionMath.ownBacking(equity, backing);
  }

  function waterfallShare(
    int256 fraction,
    int256 equity,
    int256 backing
  ) external pure returns (int256) {
    return AuctionMath.waterfallShare(fraction, equity, backing);
  }
}
