// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import * as ThrottleMath from "../../../contracts/math/ThrottleMath.sol";
import {FactorDelta, FactorRisk} from "../../../contracts/types/Portfolio.sol";
import {MathHarness} from "../MathHarness.sol";

// Written by test/walls/harnesses.ts from contracts/math/ThrottleMath.sol. Free functions take memory.
// solhint-disable gas-calldata-parameters
contract ThrottleMathHarness is MathHarness {
  function unitsOf(int256 net, int256 index) external pure returns (int256) {
    return ThrottleMath.unitsOf(net, index);
  }

  function deltasOf(FactorRisk[] memory factors) external pure returns (FactorDelta[] memory) {
    return ThrottleMath.deltasOf(factors);
  }

  function sizeOf(int256 depth) external pure returns (int256) {
    return ThrottleMath.sizeOf(depth);
  }

  function usedAfter(int256 used, int256 size, int256 elapsed) external pure returns (int256) {
    return ThrottleMath.usedAfter(used, size, elapsed);
  }

  function scarceFor(int256 used, int256 size, int256 elapsed) external pure returns (int256) {
    return ThrottleMath.scarceFor(used, size, elapsed);
  }

  function countedOf(int256 elapsed, int256 scarce, int256 most) external pure returns (int256) {
    return ThrottleMath.countedOf(elapsed, scarce, most);
  }

  function roomOf(int256 left, int256 units) external pure returns (int256) {
    return ThrottleMath.roomOf(left, units);
  }

  function soldOf(int256 fraction, int256 units) external pure returns (int256) {
    return ThrottleMath.soldOf(fraction, units);
  }
}
