// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import * as PriceMath from "../../../contracts/math/PriceMath.sol";
import {Price, Quote} from "../../../contracts/types/Price.sol";
import {MathHarness} from "../MathHarness.sol";

// Written by test/walls/harnesses.ts from contracts/math/PriceMath.sol. Free functions take memory.
// solhint-disable gas-calldata-parameters
contract PriceMathHarness is MathHarness {
  function bandRateOf(int256 price, int256 band) external pure returns (int256) {
    return PriceMath.bandRateOf(price, band);
  }

  function quoteOf(
    int256 price,
    int256 bandRate,
    bool counted
  ) external pure returns (Quote memory) {
    return PriceMath.quoteOf(price, bandRate, counted);
  }

  function longQuote(Price memory price) external pure returns (Quote memory) {
    return PriceMath.longQuote(price);
  }

  function debtQuote(Price memory price) external pure returns (Quote memory) {
    return PriceMath.debtQuote(price);
  }

  function doubtRateOf(Price memory price) external pure returns (int256) {
    return PriceMath.doubtRateOf(price);
  }

  function narrowed(Price memory price) external pure returns (Price memory) {
    return PriceMath.narrowed(price);
  }
}
