// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import * as VolatilityMath from "../../../contracts/math/VolatilityMath.sol";
import {Volatility, VolatilityBounds} from "../../../contracts/types/Volatility.sol";
import {MathHarness} from "../MathHarness.sol";

// Written by test/walls/harnesses.ts from contracts/math/VolatilityMath.sol. Free functions take memory.
// solhint-disable gas-calldata-parameters
contract VolatilityMathHarness is MathHarness {
  function sampleVariance(
    int256 last,
    int256 price,
    int256 elapsed
  ) external pure returns (int256) {
    return VolatilityMath.sampleVariance(last, price, elapsed);
  }

  function mixVariance(
    int256 variance,
    int256 sample,
    int256 elapsed,
    int256 halfLife
  ) external pure returns (int256) {
    return VolatilityMath.mixVariance(variance, sample, elapsed, halfLife);
  }

  function rootUp(int256 x) external pure returns (int256) {
    return VolatilityMath.rootUp(x);
  }

  function targetVolatility(
    int256 day,
    int256 month,
    VolatilityBounds memory bounds
  ) external pure returns (int256) {
    return VolatilityMath.targetVolatility(day, month, bounds);
  }

  function speedLimit(int256 perHour, int256 elapsed) external pure returns (int256) {
    return VolatilityMath.speedLimit(perHour, elapsed);
  }

  function approach(int256 used, int256 target, int256 elapsed) external pure returns (int256) {
    return VolatilityMath.approach(used, target, elapsed);
  }

  function crowdingAfter(
    int256 crowding,
    int256 target,
    int256 elapsed
  ) external pure returns (int256) {
    return VolatilityMath.crowdingAfter(crowding, target, elapsed);
  }

  function stepVolatility(
    Volatility memory last,
    int256 price,
    int256 sample,
    int256 elapsed,
    VolatilityBounds memory bounds
  ) external pure returns (Volatility memory) {
    return VolatilityMath.stepVolatility(last, price, sample, elapsed, bounds);
  }

  function volatilityAfter(
    Volatility memory last,
    int256 price,
    int256 least,
    int256 elapsed,
    VolatilityBounds memory bounds
  ) external pure returns (Volatility memory) {
    return VolatilityMath.volatilityAfter(last, price, least, elapsed, bounds);
  }

  function observeVolatility(
    Volatility memory last,
    int256 price,
    int256 elapsed,
    VolatilityBounds memory bounds
  ) external pure returns (Volatility memory) {
    return VolatilityMath.observeVolatility(last, price, elapsed, bounds);
  }

  function resumeVolatility(
    Volatility memory last,
    int256 price,
    int256 elapsed,
    VolatilityBounds memory bounds
  ) external pure returns (Volatility memory) {
    return VolatilityMath.resumeVolatility(last, price, elapsed, bounds);
  }

  function readVolatility(
    Volatility memory last,
    int256 price,
    int256 elapsed,
    VolatilityBounds memory bounds
  ) external pure returns (Volatility memory) {
    return VolatilityMath.readVolatility(last, price, elapsed, bounds);
  }

  function listedVolatility(
    int256 price,
    VolatilityBounds memory bounds
  ) external pure returns (Volatility memory) {
    return VolatilityMath.listedVolatility(price, bounds);
  }

  function hourVolatility(int256 hour) external pure returns (int256) {
    return VolatilityMath.hourVolatility(hour);
  }

  function initialVolatility(int256 used, int256 hourly) external pure returns (int256) {
    return VolatilityMath.initialVolatility(used, hourly);
  }

  function volatilityRatio(int256 used, int256 hourly) external pure returns (int256) {
    return VolatilityMath.volatilityRatio(used, hourly);
  }
}
