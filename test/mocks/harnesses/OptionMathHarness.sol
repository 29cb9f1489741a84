// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import * as OptionMath from "../../../contracts/math/OptionMath.sol";
import {MathHarness} from "../MathHarness.sol";

// Written by test/walls/harnesses.ts from contracts/math/OptionMath.sol. Free functions take memory.
// solhint-disable gas-calldata-parameters
contract OptionMathHarness is MathHarness {
  function rootTimeOf(int256 elapsed) external pure returns (int256) {
    return OptionMath.rootTimeOf(elapsed);
  }

  function logMoneynessOf(int256 forward, int256 strike) external pure returns (int256) {
    return OptionMath.logMoneynessOf(forward, strike);
  }

  function deviationOf(int256 volatility, int256 rootTime) external pure returns (int256) {
    return OptionMath.deviationOf(volatility, rootTime);
  }

  function d1Of(int256 logMoneyness, int256 deviation) external pure returns (int256) {
    return OptionMath.d1Of(logMoneyness, deviation);
  }

  function callOf(
    int256 forward,
    int256 strike,
    int256 logMoneyness,
    int256 deviation
  ) external pure returns (int256) {
    return OptionMath.callOf(forward, strike, logMoneyness, deviation);
  }

  function putOf(int256 call, int256 forward, int256 strike) external pure returns (int256) {
    return OptionMath.putOf(call, forward, strike);
  }

  function callDelta(int256 logMoneyness, int256 deviation) external pure returns (int256) {
    return OptionMath.callDelta(logMoneyness, deviation);
  }

  function vegaOf(
    int256 forward,
    int256 logMoneyness,
    int256 deviation,
    int256 rootTime
  ) external pure returns (int256) {
    return OptionMath.vegaOf(forward, logMoneyness, deviation, rootTime);
  }

  function smileVolatility(
    int256 atm,
    int256 skew,
    int256 curvature,
    int256 logStrike,
    int256 hourRootTime
  ) external pure returns (int256) {
    return OptionMath.smileVolatility(atm, skew, curvature, logStrike, hourRootTime);
  }

  function shockScale(int256 elapsed) external pure returns (int256) {
    return OptionMath.shockScale(elapsed);
  }

  function volatilityUp(int256 volatility, int256 scale) external pure returns (int256) {
    return OptionMath.volatilityUp(volatility, scale);
  }

  function volatilityDown(int256 volatility, int256 scale) external pure returns (int256) {
    return OptionMath.volatilityDown(volatility, scale);
  }
}
