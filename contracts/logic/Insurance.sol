// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IClearinghouse} from "../interfaces/IClearinghouse.sol";
import * as LossMath from "../math/LossMath.sol";
import {MAX_VALUE, max, min} from "../math/WadMath.sol";
import {AccountId, FUND, STABLES} from "../types/Ids.sol";
import {PART} from "../types/Params.sol";
import {State} from "../types/State.sol";
import {Cash} from "./Cash.sol";
import {OpenInterest} from "./OpenInterest.sol";
import {Positions} from "./Positions.sol";
import {Prices} from "./Prices.sol";

/// @notice The waterfall below an account's own equity: the insurance fund, then who won what the account
/// lost (`PayoutHaircuts`), then the lenders' index.
library Insurance {
  /// The fund's cash. It holds cash only and never goes below zero.
  function fund(State storage s) internal view returns (int256) {
    return max(0, Cash.cashOf(s, FUND));
  }

  /// What the fund should hold of cash: 1 % of what was open before this block, 5 % more of the thin.
  function required(State storage s) internal view returns (int256 cash) {
    int256 sum = 0;
    uint256 seen = 1 << STABLES;
    for (uint256 i = 0; i < s.assetList.length; ++i) {
      uint256 factor = s.assetList[i].factorOf();
      if ((seen >> factor) & 1 != 0) continue;
      seen |= 1 << factor;
      int256 units = OpenInterest.settledUnits(s, factor);
      if (units == 0) continue;
      int256 exit = int256(uint256(s.factors[factor].exitMaintenance)) * PART;
      sum += LossMath.requiredOf(units, Positions.spotOf(s, factor), exit);
    }
    return min(MAX_VALUE, Prices.toCashUp(s, sum));
  }

  /// Pays `amount` of cash out of the waterfall, of which winners bear `borne`; the caller credits whom it
  /// is for.
  function pay(State storage s, AccountId account, int256 amount, int256 socialized) internal {
    int256 paid = min(amount - socialized, fund(s));
    if (paid > 0) {
      Cash.change(s, FUND, -paid);
      emit IClearinghouse.InsurancePaid(account, uint256(paid));
    }
    Cash.bookDeficit(s, account, amount - socialized - paid);
  }
}
