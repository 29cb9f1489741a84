// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IClearinghouse} from "../interfaces/IClearinghouse.sol";
import {WAD, max, min} from "../math/WadMath.sol";
import {AccountId, FUND} from "../types/Ids.sol";
import {KeeperDay, Phase, State} from "../types/State.sol";
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
