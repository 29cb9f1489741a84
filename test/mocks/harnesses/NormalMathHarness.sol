// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import * as NormalMath from "../../../contracts/math/NormalMath.sol";
import {MathHarness} from "../MathHarness.sol";

// Written by test/walls/harnesses.ts from contracts/math/NormalMath.sol. Free functions take memory.
// solhint-disable gas-calldata-parameters
contract NormalMathHarness is MathHarness {
  function cdfNear(int256 x) external pure returns (int256) {
    return NormalMath.cdfNear(x);
  }

  function tailTo3(int256 z) external pure returns (int256) {
    return NormalMath.tailTo3(z);
  }

  function tailTo4(int256 z) external pure returns (int256) {
    return NormalMath.tailTo4(z);
  }

  function tailTo5(int256 z) external pure returns (int256) {
    return NormalMath.tailTo5(z);
  }

  function tailTo6(int256 z) external pure returns (int256) {
    return NormalMath.tailTo6(z);
  }

  function tailTo7(int256 z) external pure returns (int256) {
    return NormalMath.tailTo7(z);
  }

  function tailTo9(int256 z) external pure returns (int256) {
    return NormalMath.tailTo9(z);
  }

  function tailOf(int256 z) external pure returns (int256) {
    return NormalMath.tailOf(z);
  }

  function cdf(int256 x) external pure returns (int256) {
    return NormalMath.cdf(x);
  }

  function pdf(int256 x) external pure returns (int256) {
    return NormalMath.pdf(x);
  }
}
