// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import * as TradeMath from "../../../contracts/math/TradeMath.sol";
import {OwnMargin} from "../../../contracts/types/Portfolio.sol";
import {MathHarness} from "../MathHarness.sol";

// Written by test/walls/harnesses.ts from contracts/math/TradeMath.sol. Free functions take memory.
// solhint-disable gas-calldata-parameters
contract TradeMathHarness is MathHarness {
  function fillTolerance(int256 mark, int256 rate, int256 band) external pure returns (int256) {
    return TradeMath.fillTolerance(mark, rate, band);
  }

  function optionPrice(
    int256 call,
    int256 forward,
    int256 strike,
    bool isCall
  ) external pure returns (int256) {
    return TradeMath.optionPrice(call, forward, strike, isCall);
  }

  function costOf(int256 size, int256 price) external pure returns (int256) {
    return TradeMath.costOf(size, price);
  }

  function feeOf(
    int256 size,
    int256 price,
    int256 rate,
    int256 premium,
    bool isOption
  ) external pure returns (int256) {
    return TradeMath.feeOf(size, price, rate, premium, isOption);
  }

  function lossOf(
    int256 size,
    int256 price,
    int256 mark,
    int256 fee
  ) external pure returns (int256) {
    return TradeMath.lossOf(size, price, mark, fee);
  }

  function openedBy(int256 before, int256 size) external pure returns (int256) {
    return TradeMath.openedBy(before, size);
  }

  function growsPosition(int256 before, int256 size) external pure returns (bool) {
    return TradeMath.growsPosition(before, size);
  }

  function isReducing(
    OwnMargin memory before,
    OwnMargin memory after_,
    int256 fees
  ) external pure returns (bool) {
    return TradeMath.isReducing(before, after_, fees);
  }
}
