// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import * as LossMath from "../../../contracts/math/LossMath.sol";
import {MathHarness} from "../MathHarness.sol";

// Written by test/walls/harnesses.ts from contracts/math/LossMath.sol. Free functions take memory.
// solhint-disable gas-calldata-parameters
contract LossMathHarness is MathHarness {
  function requiredOf(int256 units, int256 price, int256 exitRate) external pure returns (int256) {
    return LossMath.requiredOf(units, price, exitRate);
  }

  function shareOf(int256 amount, int256 weight, int256 all) external pure returns (int256) {
    return LossMath.shareOf(amount, weight, all);
  }

  function cutRoom(
    int256 price,
    int256 rate,
    int256 today,
    int256 sum
  ) external pure returns (int256) {
    return LossMath.cutRoom(price, rate, today, sum);
  }

  function longRoom(int256 room, int256 mark, int256 sum) external pure returns (int256) {
    return LossMath.longRoom(room, mark, sum);
  }

  function payoutHaircutOf(int256 loss, int256 open, int256 room) external pure returns (int256) {
    return LossMath.payoutHaircutOf(loss, open, room);
  }
}
