// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import * as SettlementMath from "../../../contracts/math/SettlementMath.sol";
import {MathHarness} from "../MathHarness.sol";

// Written by test/walls/harnesses.ts from contracts/math/SettlementMath.sol. Free functions take memory.
// solhint-disable gas-calldata-parameters
contract SettlementMathHarness is MathHarness {
  function forwardOf(
    int256 price,
    int256 basis,
    int256 left,
    int256 limit
  ) external pure returns (int256) {
    return SettlementMath.forwardOf(price, basis, left, limit);
  }

  function settledShare(int256 elapsed) external pure returns (int256) {
    return SettlementMath.settledShare(elapsed);
  }

  function settlingForward(
    int256 forward,
    int256 average,
    int256 share
  ) external pure returns (int256) {
    return SettlementMath.settlingForward(forward, average, share);
  }

  function exposedShare(
    int256 forward,
    int256 settling,
    int256 share
  ) external pure returns (int256) {
    return SettlementMath.exposedShare(forward, settling, share);
  }

  function sumAfter(int256 sum, int256 price, int256 elapsed) external pure returns (int256) {
    return SettlementMath.sumAfter(sum, price, elapsed);
  }

  function silenceAfter(
    int256 silence,
    int256 elapsed,
    int256 life
  ) external pure returns (int256) {
    return SettlementMath.silenceAfter(silence, elapsed, life);
  }

  function averageOf(
    int256 sum,
    int256 start,
    int256 elapsed,
    int256 price
  ) external pure returns (int256) {
    return SettlementMath.averageOf(sum, start, elapsed, price);
  }

  function callPayoff(int256 settlement, int256 strike) external pure returns (int256) {
    return SettlementMath.callPayoff(settlement, strike);
  }

  function putPayoff(int256 settlement, int256 strike) external pure returns (int256) {
    return SettlementMath.putPayoff(settlement, strike);
  }
}
