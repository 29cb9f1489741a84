// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import * as MarginMath from "../../../contracts/math/MarginMath.sol";
import {
  AddOns,
  BasisRates,
  BothSets,
  Delta,
  Expiry,
  Exposure,
  Ladder,
  Loading,
  Margin,
  OwnMargin,
  Mode,
  Notional,
  Portfolio,
  Requirement,
  Stable
} from "../../../contracts/types/Portfolio.sol";
import {MathHarness} from "../MathHarness.sol";

// Written by test/walls/harnesses.ts from contracts/math/MarginMath.sol. Free functions take memory.
// solhint-disable gas-calldata-parameters
contract MarginMathHarness is MathHarness {
  function loadingOf(int256 common, bool alt) external pure returns (Loading memory) {
    return MarginMath.loadingOf(common, alt);
  }

  function lowCorrelation(int256 correlation) external pure returns (int256) {
    return MarginMath.lowCorrelation(correlation);
  }

  function highCorrelation(int256 correlation) external pure returns (int256) {
    return MarginMath.highCorrelation(correlation);
  }

  function rootSumSquares(int256 common, int256 sector, int256 own) external pure returns (int256) {
    return MarginMath.rootSumSquares(common, sector, own);
  }

  function commonLosses(
    Ladder[] memory ladders,
    Exposure[] memory exposures
  ) external pure returns (BothSets memory) {
    return MarginMath.commonLosses(ladders, exposures);
  }

  function sectorLosses(
    Ladder[] memory ladders,
    Exposure[] memory exposures
  ) external pure returns (BothSets memory) {
    return MarginMath.sectorLosses(ladders, exposures);
  }

  function ownVariances(
    Ladder[] memory ladders,
    Exposure[] memory exposures
  ) external pure returns (BothSets memory) {
    return MarginMath.ownVariances(ladders, exposures);
  }

  function totalLoss(Ladder[] memory ladders) external pure returns (int256) {
    return MarginMath.totalLoss(ladders);
  }

  function portfolioRisk(
    Ladder[] memory ladders,
    Exposure[] memory exposures
  ) external pure returns (int256) {
    return MarginMath.portfolioRisk(ladders, exposures);
  }

  function isCurved(Exposure[] memory exposures, Mode memory mode) external pure returns (bool) {
    return MarginMath.isCurved(exposures, mode);
  }

  function laddersOf(
    Exposure[] memory exposures,
    Mode memory mode
  ) external pure returns (Ladder[] memory) {
    return MarginMath.laddersOf(exposures, mode);
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

  function deltaOf(Expiry memory expiry, Mode memory mode) external pure returns (Delta memory) {
    return MarginMath.deltaOf(expiry, mode);
  }

  function calendarVega(Exposure memory exposure, Mode memory mode) external pure returns (int256) {
    return MarginMath.calendarVega(exposure, mode);
  }

  function unpairedShorts(Expiry memory expiry, Mode memory mode) external pure returns (int256) {
    return MarginMath.unpairedShorts(expiry, mode);
  }

  function expiryRate(BasisRates memory basis, int256 left) external pure returns (int256) {
    return MarginMath.expiryRate(basis, left);
  }

  function spotNotional(int256 spot) external pure returns (Notional memory) {
    return MarginMath.spotNotional(spot);
  }

  function notionalOf(
    Exposure memory exposure,
    Mode memory mode
  ) external pure returns (Notional memory) {
    return MarginMath.notionalOf(exposure, mode);
  }

  function exposureCharges(
    Exposure memory exposure,
    Notional memory notional,
    int256 move,
    Mode memory mode
  ) external pure returns (AddOns memory) {
    return MarginMath.exposureCharges(exposure, notional, move, mode);
  }

  function sumOf(AddOns memory a, AddOns memory b) external pure returns (AddOns memory) {
    return MarginMath.sumOf(a, b);
  }

  function totalOf(AddOns memory a) external pure returns (int256) {
    return MarginMath.totalOf(a);
  }

  function noCharges() external pure returns (AddOns memory) {
    return MarginMath.noCharges();
  }

  function stableCharges(
    Stable[] memory stables,
    Mode memory mode
  ) external pure returns (AddOns memory) {
    return MarginMath.stableCharges(stables, mode);
  }

  function needOf(
    Portfolio memory book,
    Mode memory mode
  ) external pure returns (Requirement memory) {
    return MarginMath.needOf(book, mode);
  }

  function limitedLoss(Exposure[] memory exposures, int256 soonest) external pure returns (int256) {
    return MarginMath.limitedLoss(exposures, soonest);
  }

  function limitedTo(
    int256 required,
    Portfolio memory book,
    Mode memory mode
  ) external pure returns (int256) {
    return MarginMath.limitedTo(required, book, mode);
  }

  function requirementOf(
    Portfolio memory book,
    Mode memory mode
  ) external pure returns (Requirement memory) {
    return MarginMath.requirementOf(book, mode);
  }

  function isExpiring(Exposure[] memory exposures) external pure returns (bool) {
    return MarginMath.isExpiring(exposures);
  }

  function initialMargin(Portfolio memory book) external pure returns (int256) {
    return MarginMath.initialMargin(book);
  }

  function isSettling(Exposure[] memory exposures) external pure returns (bool) {
    return MarginMath.isSettling(exposures);
  }

  function maintenanceNeed(Portfolio memory book) external pure returns (Requirement memory) {
    return MarginMath.maintenanceNeed(book);
  }

  function maintenanceMargin(int256 own, int256 initial) external pure returns (int256) {
    return MarginMath.maintenanceMargin(own, initial);
  }

  function marginOf(Portfolio memory book) external pure returns (Margin memory) {
    return MarginMath.marginOf(book);
  }

  function ownMarginOf(Portfolio memory book) external pure returns (OwnMargin memory) {
    return MarginMath.ownMarginOf(book);
  }

  function healthOf(int256 equity, int256 maintenance) external pure returns (int256) {
    return MarginMath.healthOf(equity, maintenance);
  }
}
