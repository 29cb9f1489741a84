// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import * as RampMath from "../../../contracts/math/RampMath.sol";
import {MathHarness} from "../MathHarness.sol";

// Written by test/walls/harnesses.ts from contracts/math/RampMath.sol. Free functions take memory.
// solhint-disable gas-calldata-parameters
contract RampMathHarness is MathHarness {
  function ramp(
    int256 first,
    int256 last,
    int256 elapsed,
    int256 duration
  ) external pure returns (int256) {
    return RampMath.ramp(first, last, elapsed, duration);
  }

  function maintenanceRamp(
    int256 first,
    int256 last,
    int256 elapsed
  ) external pure returns (int256) {
    return RampMath.maintenanceRamp(first, last, elapsed);
  }

  function initialRamp(int256 first, int256 last, int256 elapsed) external pure returns (int256) {
    return RampMath.initialRamp(first, last, elapsed);
  }
}
