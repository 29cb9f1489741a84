// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {FixedPointMathLib} from "solady/src/utils/FixedPointMathLib.sol";

import {OutOfBounds} from "./WadMath.sol";

// exp, ln and √ of Solady. Their assembly has no word-for-word twin: sdk/math/ExpMath.ts follows the
// same integer steps, and the differential test alone holds the two together.

int256 constant SMALLEST_EXPONENT = -41446531673892822313;
int256 constant LARGEST_EXPONENT = 135305999368893231588;

/// @notice e^x, both wads. Zero below x = −41.44; reverts above x = 135.3.
function exp(int256 x) pure returns (int256) {
  if (x > LARGEST_EXPONENT) revert OutOfBounds(x, SMALLEST_EXPONENT, LARGEST_EXPONENT);
  return FixedPointMathLib.expWad(x);
}

/// @notice ln x, both wads. Reverts unless x > 0.
function ln(int256 x) pure returns (int256) {
  if (x <= 0) revert OutOfBounds(x, 1, type(int256).max);
  return FixedPointMathLib.lnWad(x);
}

/// @notice ⌊√x⌋ of a plain integer. Reverts unless x ≥ 0.
function sqrtDown(int256 x) pure returns (int256) {
  if (x < 0) revert OutOfBounds(x, 0, type(int256).max);
  return int256(FixedPointMathLib.sqrt(uint256(x)));
}

/// @notice ⌈√x⌉ of a plain integer. Reverts unless x ≥ 0.
function sqrtUp(int256 x) pure returns (int256) {
  int256 root = sqrtDown(x);
  unchecked {
    return root * root < x ? root + 1 : root;
  }
}
