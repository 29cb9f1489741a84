// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import * as ScenarioMath from "../../../contracts/math/ScenarioMath.sol";
import {Ladder, Mode} from "../../../contracts/types/Portfolio.sol";
import {MathDoor} from "../MathDoor.sol";

// Written by test/walls/doors.ts from contracts/math/ScenarioMath.sol. Free functions take memory.
// solhint-disable gas-calldata-parameters
contract ScenarioMathDoor is MathDoor {
  function maintenanceMode() external pure returns (Mode memory) {
    return ScenarioMath.maintenanceMode();
  }

  function initialMode() external pure returns (Mode memory) {
    return ScenarioMath.initialMode();
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

  function steps(int256 half) external pure returns (int256[] memory) {
    return ScenarioMath.steps(half);
  }

  function fullLadder(
    int256 value,
    int256 size,
    int256 half
  ) external pure returns (Ladder memory) {
    return ScenarioMath.fullLadder(value, size, half);
  }

  function worstLoss(Ladder memory ladder) external pure returns (int256) {
    return ScenarioMath.worstLoss(ladder);
  }
}
