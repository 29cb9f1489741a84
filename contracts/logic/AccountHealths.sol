// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {SELF_TOLD} from "../interfaces/IOracle.sol";
import * as FuseMath from "../math/FuseMath.sol";
import {AccountId, assetId} from "../types/Ids.sol";
import {FactorDelta, AccountHealth} from "../types/Portfolio.sol";
import {State} from "../types/State.sol";
import {Health} from "./Health.sol";
import {View} from "./Portfolios.sol";

/// @notice How an account stands before a margin call.
library AccountHealths {
  /// @notice Equity, requirement, health and calm of an account as margin calls see them: `Plain` or `Told`.
  function accountHealth(
    State storage s,
    AccountId account,
    View view_
  ) external view returns (AccountHealth memory) {
    return FuseMath.accountHealthOf(Health.measure(s, account, view_));
  }

  /// @notice Has no one to tell the rounds of any of these factors? Then `Told` is `Steady`.
  function areSelfTold(
    State storage s,
    FactorDelta[] calldata factors
  ) external view returns (bool) {
    for (uint256 i = 0; i < factors.length; ++i) {
      if (s.oracle.closed(assetId(factors[i].factor, 0)) != SELF_TOLD) return false;
    }
    return true;
  }
}
