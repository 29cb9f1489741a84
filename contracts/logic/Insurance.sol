// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IClearinghouse} from "../interfaces/IClearinghouse.sol";
import * as LossMath from "../math/LossMath.sol";
import {MAX_VALUE, WAD, divUp, max, min} from "../math/WadMath.sol";
import {AccountId, FUND, STABLES} from "../types/Ids.sol";
import {PART} from "../types/Params.sol";
import {KeeperDay, Phase, State} from "../types/State.sol";
import {Cash} from "./Cash.sol";
import {OpenInterest} from "./OpenInterest.sol";
import {Positions} from "./Positions.sol";
import {Risk} from "./Risk.sol";

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
    return min(MAX_VALUE, divUp(sum, Risk.debtPrice(s)));
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

  /// Pays a keeper what the fund holds and the day's cap leaves. An account in call is paid nothing: what
  /// it is given would have to be poked.
  function reward(State storage s, AccountId keeper, int256 amount) internal {
    if (amount == 0 || s.accounts[keeper].phase != Phase.Clear) return;
    uint32 today = uint32(block.timestamp / 1 days);
    KeeperDay memory d = s.keeperDay;
    int256 before = d.day == today ? int256(uint256(d.paid)) : int256(0);
    int256 left = max(0, int256(uint256(s.keeperParams.dailyCap)) * WAD - before);
    Cash.accrue(s.cash);
    int256 paid = min(min(amount, left), fund(s));
    if (paid == 0) return;
    s.keeperDay = KeeperDay(uint128(uint256(before + paid)), today);
    Cash.change(s, FUND, -paid);
    Cash.change(s, keeper, paid);
    Cash.reprice(s);
    emit IClearinghouse.KeeperPaid(keeper, uint256(paid));
  }
}
