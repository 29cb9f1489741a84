// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import * as RateMath from "../../../contracts/math/RateMath.sol";
import {Price, SoundRate} from "../../../contracts/types/Price.sol";
import {MathHarness} from "../MathHarness.sol";

// Written by test/walls/harnesses.ts from contracts/math/RateMath.sol. Free functions take memory.
// solhint-disable gas-calldata-parameters
contract RateMathHarness is MathHarness {
  function isSound(Price memory price) external pure returns (bool) {
    return RateMath.isSound(price);
  }

  function grownRate(int256 top, int256 elapsed) external pure returns (int256) {
    return RateMath.grownRate(top, elapsed);
  }

  function movedRate(
    SoundRate memory known,
    int256 rate,
    int256 elapsed
  ) external pure returns (int256) {
    return RateMath.movedRate(known, rate, elapsed);
  }

  function steadyRate(
    Price memory price,
    int256 sound,
    int256 face
  ) external pure returns (int256) {
    return RateMath.steadyRate(price, sound, face);
  }

  function soundRate(SoundRate memory known, int256 elapsed) external pure returns (int256) {
    return RateMath.soundRate(known, elapsed);
  }
}
