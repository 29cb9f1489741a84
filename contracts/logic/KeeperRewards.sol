// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IClearinghouse} from "../interfaces/IClearinghouse.sol";
import {WAD, max, min, mulDown} from "../math/WadMath.sol";
import {AccountId, FUND, accountId} from "../types/Ids.sol";
import {KeeperParams, MILLIONTH, PART} from "../types/Params.sol";
import {KeeperDay, Phase, State} from "../types/State.sol";
import {Cash} from "./Cash.sol";
import {Insurance} from "./Insurance.sol";
import {Prices} from "./Prices.sol";

/// @notice The pay of keepers, out of the insurance fund: a fee for each observed round that counts, and a
/// share of a book to the account that opened its margin call.
library KeeperRewards {
  /// Pays the sender for `counted` rounds.
  function payObserver(State storage s, uint256 counted) internal {
    int256 fee = int256(uint256(s.keeperParams.roundFee)) * MILLIONTH;
    _pay(s, accountId(msg.sender, 0), int256(counted) * fee);
  }

  /// Pays the finder of an account whose positions and assets come to `gross`, USD, as its auction opens.
  function payFinder(State storage s, address finder, int256 gross) internal {
    KeeperParams memory p = s.keeperParams;
    int256 share = Prices.toCash(s, mulDown(gross, int256(uint256(p.finderShare)) * PART));
    _pay(s, accountId(finder, 0), min(share, int256(uint256(p.finderCap)) * WAD));
  }

  /// Pays a keeper what the fund holds and the day's cap leaves. An account in a margin call is paid nothing:
  /// a payment to it would need a poke.
  function _pay(State storage s, AccountId keeper, int256 amount) private {
    if (amount == 0 || s.accounts[keeper].phase != Phase.Clear) return;
    uint32 today = uint32(block.timestamp / 1 days);
    KeeperDay memory d = s.keeperDay;
    int256 before = d.day == today ? int256(uint256(d.paid)) : int256(0);
    int256 left = max(0, int256(uint256(s.keeperParams.dailyCap)) * WAD - before);
    Cash.accrue(s.cash);
    int256 paid = min(min(amount, left), Insurance.fund(s));
    if (paid == 0) return;
    s.keeperDay = KeeperDay(uint128(uint256(before + paid)), today);
    Cash.change(s, FUND, -paid);
    Cash.change(s, keeper, paid);
    Cash.reprice(s);
    emit IClearinghouse.KeeperPaid(keeper, uint256(paid));
  }
}
