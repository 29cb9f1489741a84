// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import * as FuseMath from "../math/FuseMath.sol";
import * as MarginMath from "../math/MarginMath.sol";
import {AccountId} from "../types/Ids.sol";
import {Margin, Portfolio, Requirement, Standing} from "../types/Portfolio.sol";
import {State} from "../types/State.sol";
import {Ask, Modes, Portfolios, View} from "./Portfolios.sol";

/// @notice How an account stands, for screens and for margin calls. Proofs are Risk's; 24 KB hold one
/// of the two.
library Health {
  /// @notice Equity and both requirements.
  function margin(State storage s, AccountId account) external view returns (Margin memory) {
    return MarginMath.marginOf(Portfolios.build(s, account, Ask(View.Conservative, Modes.Both)));
  }

  /// @notice Equity, requirement, health and calm of an account as margin calls see them: `Plain` or `Told`.
  function standing(
    State storage s,
    AccountId account,
    View view_
  ) external view returns (Standing memory) {
    Portfolio memory book = Portfolios.build(s, account, Ask(view_, Modes.Both));
    Requirement memory own = MarginMath.maintenanceNeed(book);
    return FuseMath.standingOf(book, own, MarginMath.initialMargin(book));
  }
}
