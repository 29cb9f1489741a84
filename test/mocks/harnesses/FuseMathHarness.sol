// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import * as FuseMath from "../../../contracts/math/FuseMath.sol";
import {
  Exposure,
  FactorRisk,
  Ladder,
  Measure,
  Portfolio,
  Requirement,
  AccountHealth
} from "../../../contracts/types/Portfolio.sol";
import {MathHarness} from "../MathHarness.sol";

// Written by test/walls/harnesses.ts from contracts/math/FuseMath.sol. Free functions take memory.
// solhint-disable gas-calldata-parameters
contract FuseMathHarness is MathHarness {
  function factorRisksOf(
    Exposure[] memory exposures,
    Ladder[] memory ladders
  ) external pure returns (FactorRisk[] memory) {
    return FuseMath.factorRisksOf(exposures, ladders);
  }

  function doubtOf(Portfolio memory book, Ladder[] memory ladders) external pure returns (int256) {
    return FuseMath.doubtOf(book, ladders);
  }

  function measureOf(
    Portfolio memory book,
    Requirement memory own,
    int256 initial
  ) external pure returns (Measure memory) {
    return FuseMath.measureOf(book, own, initial);
  }

  function weightOf(FactorRisk[] memory factors) external pure returns (int256) {
    return FuseMath.weightOf(factors);
  }

  function heavyRoundOf(FactorRisk[] memory factors) external pure returns (uint256) {
    return FuseMath.heavyRoundOf(factors);
  }

  function calmnessOf(FactorRisk[] memory factors) external pure returns (int256) {
    return FuseMath.calmnessOf(factors);
  }

  function graceOf(int256 health, int256 calmness, int256 longest) external pure returns (int256) {
    return FuseMath.graceOf(health, calmness, longest);
  }

  function burn(int256 fuse, int256 elapsed, int256 grace) external pure returns (int256) {
    return FuseMath.burn(fuse, elapsed, grace);
  }

  function cool(int256 fuse, int256 elapsed) external pure returns (int256) {
    return FuseMath.cool(fuse, elapsed);
  }

  function floorOf(int256 gross, int256 maintenance) external pure returns (int256) {
    return FuseMath.floorOf(gross, maintenance);
  }

  function coverOf(int256 fund, int256 required) external pure returns (int256) {
    return FuseMath.coverOf(fund, required);
  }

  function isCertain(AccountHealth memory one) external pure returns (bool) {
    return FuseMath.isCertain(one);
  }

  function atBest(AccountHealth memory one) external pure returns (AccountHealth memory) {
    return FuseMath.atBest(one);
  }

  function accountHealthOf(Measure memory book) external pure returns (AccountHealth memory) {
    return FuseMath.accountHealthOf(book);
  }
}
