// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IClearinghouse} from "../interfaces/IClearinghouse.sol";
import {max, min} from "../math/WadMath.sol";
import {AccountId, FUND} from "../types/Ids.sol";
import {State} from "../types/State.sol";
import {Cash} from "./Cash.sol";

/// @notice The waterfall below an account's own equity: the insurance fund, then the lenders' index.
library Insurance {
  /// The fund's cash. It holds cash only and never goes below zero.
  function fund(State storage s) internal view returns (int256) {
    return max(0, Cash.cashOf(s, FUND));
  }

  /// What the fund should hold: 1 % of open interest and 5 % of the thin. Spot has none.
  function required(State storage) internal pure returns (int256) {
    return 0;
  }

  /// Pays `amount` of cash out of the waterfall; the caller credits whom it is for.
  function pay(State storage s, AccountId account, int256 amount) internal {
    int256 paid = min(amount, fund(s));
    if (paid > 0) {
      Cash.change(s, FUND, -paid);
      emit IClearinghouse.InsurancePaid(account, uint256(paid));
    }
    Cash.bookDeficit(s, account, amount - paid);
  }
}
