// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import * as FuseMath from "../math/FuseMath.sol";
import * as MarginMath from "../math/MarginMath.sol";
import {AccountId} from "../types/Ids.sol";
import {Exposure, Margin, Measure, OwnMargin, Portfolio, Requirement} from "../types/Portfolio.sol";
import {State} from "../types/State.sol";
import {Ask, Modes, Portfolios, View} from "./Portfolios.sol";

/// @notice Measures an account: the one place that turns state into requirements. Proofs are Risk's, and
/// what a margin call makes of a measure is AccountHealths'.
library Health {
  /// @notice Equity and both requirements.
  function margin(State storage s, AccountId account) external view returns (Margin memory) {
    return MarginMath.marginOf(Portfolios.build(s, account, Ask(View.Conservative, Modes.Both)));
  }

  /// @notice What an act sent as reducing is measured by.
  function ownMargin(State storage s, AccountId account) external view returns (OwnMargin memory) {
    Ask memory ask = Ask(View.Conservative, Modes.Maintenance);
    return MarginMath.ownMarginOf(Portfolios.build(s, account, ask));
  }

  /// @notice IM and what it is compared with: `Conservative` or `Capacity`. `behind` has a bit for each factor
  /// whose rounds wait to be observed.
  function initial(
    State storage s,
    AccountId account,
    View view_
  ) external view returns (int256 equity, int256 initialEquity, int256 required, uint256 behind) {
    Portfolio memory book = Portfolios.build(s, account, Ask(view_, Modes.Initial));
    required = MarginMath.initialMargin(book);
    return (book.equity, book.initialEquity, required, _behind(book.exposures));
  }

  /// @notice Equity, requirement and factors of an account as margin calls see them: `Plain` or `Told`.
  function measure(
    State storage s,
    AccountId account,
    View view_
  ) external view returns (Measure memory) {
    Portfolio memory book = Portfolios.build(s, account, Ask(view_, Modes.Both));
    Requirement memory own = MarginMath.maintenanceNeed(book);
    return FuseMath.measureOf(book, own, MarginMath.initialMargin(book));
  }

  function _behind(Exposure[] memory exposures) private pure returns (uint256 factors) {
    for (uint256 i = 0; i < exposures.length; ++i) {
      if (exposures[i].behind) factors |= 1 << exposures[i].factor;
    }
  }
}
