// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {FixedPointMathLib} from "solady/src/utils/FixedPointMathLib.sol";

// exp, ln and √ of Solady. Their assembly has no word-for-word twin: sdk/math/ExpMath.ts follows the
// same integer steps, and the differential test alone holds the two together.

/// @notice e^x, both wads. Zero below x = −41.44; x ≤ 135.
function exp(int256 x) pure returns (int256) {
  return FixedPointMathLib.expWad(x);
}

/// @notice ln x, both wads, x > 0.
function ln(int256 x) pure returns (int256) {
  return FixedPointMathLib.lnWad(x);
}

/// @notice ⌊√x⌋ of a plain integer, x ≥ 0.
function sqrtDown(int256 x) pure returns (int256) {
  return int256(FixedPointMathLib.sqrt(uint256(x)));
}

/// @notice ⌈√x⌉ of a plain integer, x ≥ 0.
function sqrtUp(int256 x) pure returns (int256) {
  int256 root = sqrtDown(x);
  unchecked {
    return root * root < x ? root + 1 : root;
  }
}
