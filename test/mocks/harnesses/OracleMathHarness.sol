// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import * as OracleMath from "../../../contracts/math/OracleMath.sol";
import {Price} from "../../../contracts/types/Price.sol";
import {MathHarness} from "../MathHarness.sol";

// Written by test/walls/harnesses.ts from contracts/math/OracleMath.sol. Free functions take memory.
// solhint-disable gas-calldata-parameters
contract OracleMathHarness is MathHarness {
  function staleBand(int256 price, int256 volatility, int256 late) external pure returns (int256) {
    return OracleMath.staleBand(price, volatility, late);
  }

  function agedBand(
    int256 price,
    int256 band,
    int256 volatility,
    int256 late
  ) external pure returns (int256) {
    return OracleMath.agedBand(price, band, volatility, late);
  }

  function confidenceBand(
    int256 price,
    int256 deviation,
    int256 confidence
  ) external pure returns (int256) {
    return OracleMath.confidenceBand(price, deviation, confidence);
  }

  function disagree(int256 first, int256 second, int256 bound) external pure returns (bool) {
    return OracleMath.disagree(first, second, bound);
  }

  function degraded(Price memory price) external pure returns (Price memory) {
    return OracleMath.degraded(price);
  }

  function guardedPrice(
    Price memory first,
    Price memory second,
    int256 bound
  ) external pure returns (Price memory) {
    return OracleMath.guardedPrice(first, second, bound);
  }

  function lowerPrice(
    Price memory market,
    Price memory redemption
  ) external pure returns (Price memory) {
    return OracleMath.lowerPrice(market, redemption);
  }

  function cappedRate(
    int256 rate,
    int256 last,
    int256 growth,
    int256 elapsed
  ) external pure returns (int256) {
    return OracleMath.cappedRate(rate, last, growth, elapsed);
  }

  function convertedPrice(Price memory price, int256 rate) external pure returns (Price memory) {
    return OracleMath.convertedPrice(price, rate);
  }
}
