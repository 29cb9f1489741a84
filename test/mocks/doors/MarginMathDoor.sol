// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import * as MarginMath from "../../../contracts/math/MarginMath.sol";
import {
  AddOns,
  Exposure,
  Ladder,
  Loading,
  Margin,
  Mode,
  Portfolio,
  Requirement,
  Stable
} from "../../../contracts/types/Portfolio.sol";
import {MathDoor} from "../MathDoor.sol";

// Written by test/walls/doors.ts from contracts/math/MarginMath.sol. Free functions take memory.
// solhint-disable gas-calldata-parameters
contract MarginMathDoor is MathDoor {
  function loadingOf(int256 common, bool alt) external pure returns (Loading memory) {
    return MarginMath.loadingOf(common, alt);
  }

  function lowCorrelation(int256 correlation) external pure returns (int256) {
    return MarginMath.lowCorrelation(correlation);
  }

  function highCorrelation(int256 correlation) external pure returns (int256) {
    return MarginMath.highCorrelation(correlation);
  }

  function commonLoss(
    Ladder[] memory ladders,
    Loading[] memory loadings
  ) external pure returns (int256) {
    return MarginMath.commonLoss(ladders, loadings);
  }

  function sectorLoss(
    Ladder[] memory ladders,
    Loading[] memory loadings
  ) external pure returns (int256) {
    return MarginMath.sectorLoss(ladders, loadings);
  }

  function ownVariance(
    int256[] memory worst,
    Loading[] memory loadings
  ) external pure returns (int256) {
    return MarginMath.ownVariance(worst, loadings);
  }

  function riskUnder(
    Ladder[] memory ladders,
    int256[] memory worst,
    Loading[] memory loadings
  ) external pure returns (int256) {
    return MarginMath.riskUnder(ladders, worst, loadings);
  }

  function lowLoadings(Exposure[] memory exposures) external pure returns (Loading[] memory) {
    return MarginMath.lowLoadings(exposures);
  }

  function highLoadings(Exposure[] memory exposures) external pure returns (Loading[] memory) {
    return MarginMath.highLoadings(exposures);
  }

  function worstLosses(Ladder[] memory ladders) external pure returns (int256[] memory) {
    return MarginMath.worstLosses(ladders);
  }

  function total(int256[] memory values) external pure returns (int256) {
    return MarginMath.total(values);
  }

  function portfolioRisk(
    Ladder[] memory ladders,
    Exposure[] memory exposures
  ) external pure returns (int256) {
    return MarginMath.portfolioRisk(ladders, exposures);
  }

  function shocksOf(
    Portfolio memory book,
    Mode memory mode
  ) external pure returns (int256[] memory) {
    return MarginMath.shocksOf(book, mode);
  }

  function laddersOf(
    Portfolio memory book,
    int256[] memory moves
  ) external pure returns (Ladder[] memory) {
    return MarginMath.laddersOf(book, moves);
  }

  function longStableRate(Stable memory stable, Mode memory mode) external pure returns (int256) {
    return MarginMath.longStableRate(stable, mode);
  }

  function shortStableRate(Stable memory stable) external pure returns (int256) {
    return MarginMath.shortStableRate(stable);
  }

  function stableCharge(Stable memory stable, Mode memory mode) external pure returns (int256) {
    return MarginMath.stableCharge(stable, mode);
  }

  function stableBand(Stable memory stable, Mode memory mode) external pure returns (int256) {
    return MarginMath.stableBand(stable, mode);
  }

  function sizeRate(
    int256 notional,
    int256 move,
    int256 dailyVolume
  ) external pure returns (int256) {
    return MarginMath.sizeRate(notional, move, dailyVolume);
  }

  function exposureCharges(
    Exposure memory exposure,
    int256 move,
    Mode memory mode
  ) external pure returns (AddOns memory) {
    return MarginMath.exposureCharges(exposure, move, mode);
  }

  function addOnsOf(
    Portfolio memory book,
    int256[] memory moves,
    Mode memory mode
  ) external pure returns (AddOns memory) {
    return MarginMath.addOnsOf(book, moves, mode);
  }

  function requirementOf(
    Portfolio memory book,
    Mode memory mode
  ) external pure returns (Requirement memory) {
    return MarginMath.requirementOf(book, mode);
  }

  function initialMargin(Portfolio memory book) external pure returns (int256) {
    return MarginMath.initialMargin(book);
  }

  function maintenanceMargin(int256 own, int256 initial) external pure returns (int256) {
    return MarginMath.maintenanceMargin(own, initial);
  }

  function marginOf(Portfolio memory book) external pure returns (Margin memory) {
    return MarginMath.marginOf(book);
  }

  function healthOf(int256 equity, int256 maintenance) external pure returns (int256) {
    return MarginMath.healthOf(equity, maintenance);
  }
}
