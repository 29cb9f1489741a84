// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import * as ExpMath from "../../../contracts/math/ExpMath.sol";
import {MathHarness} from "../MathHarness.sol";

// Written by test/walls/harnesses.ts from contracts/math/ExpMath.sol. Free functions take memory.
// solhint-disable gas-calldata-parameters
contract ExpMathHarness is MathHarness {
  function exp(int256 x) external pure returns (int256) {
    return ExpMath.exp(x);
  }

  function ln(int256 x) external pure returns (int256) {
    return ExpMath.ln(x);
  }

  function sqrtDown(int256 x) external pure returns (int256) {
    return ExpMath.sqrtDown(x);
  }

  function sqrtUp(int256 x) external pure returns (int256) {
    return ExpMath.sqrtUp(x);
  }
}
