// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import * as PerpMath from "../../../contracts/math/PerpMath.sol";
import {MathHarness} from "../MathHarness.sol";

// Written by test/walls/harnesses.ts from contracts/math/PerpMath.sol. Free functions take memory.
// solhint-disable gas-calldata-parameters
contract PerpMathHarness is MathHarness {
  function premiumDecay(int256 elapsed) external pure returns (int256) {
    return PerpMath.premiumDecay(elapsed);
  }

  function premiumAfter(int256 premium, int256 elapsed) external pure returns (int256) {
    return PerpMath.premiumAfter(premium, elapsed);
  }

  function timeAtCap(int256 premium, int256 cap) external pure returns (int256) {
    return PerpMath.timeAtCap(premium, cap);
  }

  function fundingAfter(
    int256 funding,
    int256 premium,
    int256 price,
    int256 elapsed,
    int256 cap
  ) external pure returns (int256) {
    return PerpMath.fundingAfter(funding, premium, price, elapsed, cap);
  }

  function perpMark(int256 price, int256 premium) external pure returns (int256) {
    return PerpMath.perpMark(price, premium);
  }

  function premiumAfterFill(
    int256 premium,
    int256 fillPrice,
    int256 price,
    int256 reach,
    int256 limit
  ) external pure returns (int256) {
    return PerpMath.premiumAfterFill(premium, fillPrice, price, reach, limit);
  }

  function premiumReach(int256 fees, int256 depth) external pure returns (int256) {
    return PerpMath.premiumReach(fees, depth);
  }

  function accruedOf(int256 size, int256 index, int256 entry) external pure returns (int256) {
    return PerpMath.accruedOf(size, index, entry);
  }
}
