// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import * as ScenarioMath from "../../../contracts/math/ScenarioMath.sol";
import {Expiry, Exposure, Ladder, Mode, Strike} from "../../../contracts/types/Portfolio.sol";
import {MathHarness} from "../MathHarness.sol";

// Written by test/walls/harnesses.ts from contracts/math/ScenarioMath.sol. Free functions take memory.
// solhint-disable gas-calldata-parameters
contract ScenarioMathHarness is MathHarness {
  function maintenanceMode() external pure returns (Mode memory) {
    return ScenarioMath.maintenanceMode();
  }

  function maintenanceModeOf(uint256 part) external pure returns (Mode memory) {
    return ScenarioMath.maintenanceModeOf(part);
  }

  function initialMode() external pure returns (Mode memory) {
    return ScenarioMath.initialMode();
  }

  function laterMode() external pure returns (Mode memory) {
    return ScenarioMath.laterMode();
  }

  function initialModeBut(int256 soonest) external pure returns (Mode memory) {
    return ScenarioMath.initialModeBut(soonest);
  }

  function modeWithoutLimited(Mode memory mode) external pure returns (Mode memory) {
    return ScenarioMath.modeWithoutLimited(mode);
  }

  function optionsOf(
    Expiry memory expiry,
    Mode memory mode
  ) external pure returns (Strike[] memory) {
    return ScenarioMath.optionsOf(expiry, mode);
  }

  function shock(
    Mode memory mode,
    int256 volatility,
    int256 crowding,
    int256 shockFloor
  ) external pure returns (int256) {
    return ScenarioMath.shock(mode, volatility, crowding, shockFloor);
  }

  function crowdingOf(int256 openInterest, int256 low, int256 high) external pure returns (int256) {
    return ScenarioMath.crowdingOf(openInterest, low, high);
  }

  function linearLadder(int256 value, int256 size) external pure returns (Ladder memory) {
    return ScenarioMath.linearLadder(value, size);
  }

  function sharePart(
    Expiry memory expiry,
    int256 share,
    uint256 part
  ) external pure returns (int256) {
    return ScenarioMath.sharePart(expiry, share, part);
  }

  function linearValue(Exposure memory exposure, Mode memory mode) external pure returns (int256) {
    return ScenarioMath.linearValue(exposure, mode);
  }

  function hasOptions(Exposure memory exposure, Mode memory mode) external pure returns (bool) {
    return ScenarioMath.hasOptions(exposure, mode);
  }

  function curvesOf(
    Exposure memory exposure,
    Mode memory mode
  ) external pure returns (int256[] memory) {
    return ScenarioMath.curvesOf(exposure, mode);
  }

  function fullLadder(
    Exposure memory exposure,
    int256 size,
    Mode memory mode
  ) external pure returns (Ladder memory) {
    return ScenarioMath.fullLadder(exposure, size, mode);
  }

  function shockOf(Exposure memory exposure, Mode memory mode) external pure returns (int256) {
    return ScenarioMath.shockOf(exposure, mode);
  }

  function worstLoss(Ladder memory ladder) external pure returns (int256) {
    return ScenarioMath.worstLoss(ladder);
  }
}
