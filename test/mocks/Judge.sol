// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {curvesOf, strikeAt} from "../../contracts/math/CurveMath.sol";
import * as MarginMath from "../../contracts/math/MarginMath.sol";
import {initialMode, shockOf} from "../../contracts/math/ScenarioMath.sol";
import {Expiry, Exposure, Mode, OwnMargin, Portfolio} from "../../contracts/types/Portfolio.sol";
import {Surface} from "../../contracts/types/Surface.sol";

/// @notice The formulas that the laws of test/invariants ask for and that are too deep for the stack
/// of a compiler in a hurry.
contract Judge {
  /// @notice The price of a call.
  function callOf(
    int256 strike,
    int256 forward,
    int256 root,
    Surface calldata surface
  ) external pure returns (int256) {
    return strikeAt(strike, forward, root, surface).call;
  }

  /// @notice What a bidder with this book must have: IM at σused and gMM.
  // solhint-disable-next-line gas-calldata-parameters
  function capacityOf(Portfolio memory book) external pure returns (int256) {
    for (uint256 i = 0; i < book.exposures.length; ++i) _reshock(book.exposures[i]);
    return MarginMath.initialMargin(book);
  }

  /// @notice What an act sent as reducing is measured by.
  // solhint-disable-next-line gas-calldata-parameters
  function ownMarginOf(Portfolio memory book) external pure returns (OwnMargin memory) {
    return MarginMath.ownMarginOf(book);
  }

  function _reshock(Exposure memory exposure) private pure {
    exposure.volatility[1] = exposure.used;
    exposure.crowding[1] = exposure.crowding[0];
    Mode memory mode = initialMode();
    for (uint256 k = 0; k < exposure.expiries.length; ++k) {
      Expiry memory expiry = exposure.expiries[k];
      if (expiry.strikes.length == 0) continue;
      expiry.curves[1] = curvesOf(expiry, shockOf(exposure, mode), mode.halfStep);
    }
  }
}
