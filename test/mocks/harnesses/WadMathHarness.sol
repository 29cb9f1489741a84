// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import * as WadMath from "../../../contracts/math/WadMath.sol";
import {MathHarness} from "../MathHarness.sol";

// Written by test/walls/harnesses.ts from contracts/math/WadMath.sol. Free functions take memory.
// solhint-disable gas-calldata-parameters
contract WadMathHarness is MathHarness {
  function bounded(int256 value, int256 low, int256 high) external pure returns (int256) {
    return WadMath.bounded(value, low, high);
  }

  function abs(int256 a) external pure returns (int256) {
    return WadMath.abs(a);
  }

  function max(int256 a, int256 b) external pure returns (int256) {
    return WadMath.max(a, b);
  }

  function min(int256 a, int256 b) external pure returns (int256) {
    return WadMath.min(a, b);
  }

  function clamp(int256 a, int256 low, int256 high) external pure returns (int256) {
    return WadMath.clamp(a, low, high);
  }

  function floorDiv(int256 a, int256 b) external pure returns (int256) {
    return WadMath.floorDiv(a, b);
  }

  function ceilDiv(int256 a, int256 b) external pure returns (int256) {
    return WadMath.ceilDiv(a, b);
  }

  function mulDown(int256 a, int256 b) external pure returns (int256) {
    return WadMath.mulDown(a, b);
  }

  function mulUp(int256 a, int256 b) external pure returns (int256) {
    return WadMath.mulUp(a, b);
  }

  function divDown(int256 a, int256 b) external pure returns (int256) {
    return WadMath.divDown(a, b);
  }

  function divUp(int256 a, int256 b) external pure returns (int256) {
    return WadMath.divUp(a, b);
  }
}
