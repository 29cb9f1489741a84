// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import * as CashMath from "../../../contracts/math/CashMath.sol";
import {MathHarness} from "../MathHarness.sol";

// Written by test/walls/harnesses.ts from contracts/math/CashMath.sol. Free functions take memory.
// solhint-disable gas-calldata-parameters
contract CashMathHarness is MathHarness {
  function utilisationOf(int256 booked, int256 lent) external pure returns (int256) {
    return CashMath.utilisationOf(booked, lent);
  }

  function earningShare(int256 owed, int256 lent) external pure returns (int256) {
    return CashMath.earningShare(owed, lent);
  }

  function borrowRateOf(
    int256 utilisation,
    int256 kink,
    int256 base,
    int256 low,
    int256 high
  ) external pure returns (int256) {
    return CashMath.borrowRateOf(utilisation, kink, base, low, high);
  }

  function supplyRateOf(
    int256 borrowRate,
    int256 utilisation,
    int256 spread
  ) external pure returns (int256) {
    return CashMath.supplyRateOf(borrowRate, utilisation, spread);
  }

  function growthOf(int256 rate, int256 elapsed) external pure returns (int256) {
    return CashMath.growthOf(rate, elapsed);
  }

  function supplyIndexAfter(
    int256 index,
    int256 rate,
    int256 elapsed
  ) external pure returns (int256) {
    return CashMath.supplyIndexAfter(index, rate, elapsed);
  }

  function borrowIndexAfter(
    int256 index,
    int256 rate,
    int256 elapsed
  ) external pure returns (int256) {
    return CashMath.borrowIndexAfter(index, rate, elapsed);
  }

  function cashOf(
    int256 principal,
    int256 supplyIndex,
    int256 borrowIndex
  ) external pure returns (int256) {
    return CashMath.cashOf(principal, supplyIndex, borrowIndex);
  }

  function principalOf(
    int256 cash,
    int256 supplyIndex,
    int256 borrowIndex
  ) external pure returns (int256) {
    return CashMath.principalOf(cash, supplyIndex, borrowIndex);
  }

  function lossToday(int256 deficit, int256 lent, int256 lostToday) external pure returns (int256) {
    return CashMath.lossToday(deficit, lent, lostToday);
  }

  function indexAfterLoss(int256 index, int256 lent, int256 loss) external pure returns (int256) {
    return CashMath.indexAfterLoss(index, lent, loss);
  }
}
