// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import * as FuseMath from "../math/FuseMath.sol";
import {AccountId} from "../types/Ids.sol";
import {Standing} from "../types/Portfolio.sol";
import {State} from "../types/State.sol";
import {Health} from "./Health.sol";
import {View} from "./Portfolios.sol";

/// @notice How an account stands before a margin call.
library Standings {
  /// @notice Equity, requirement, health and calm of an account as margin calls see them: `Plain` or `Told`.
  function standing(
    State storage s,
    AccountId account,
    View view_
  ) external view returns (Standing memory) {
    return FuseMath.standingOf(Health.measure(s, account, view_));
  }
}
