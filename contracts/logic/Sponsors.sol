// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {IClearinghouse} from "../interfaces/IClearinghouse.sol";
import {CURE} from "../math/AuctionMath.sol";
import {WAD, max, min, mulDown} from "../math/WadMath.sol";
import {AccountId, accountId} from "../types/Ids.sol";
import {MILLIONTH, PART} from "../types/Params.sol";
import {AccountHealth} from "../types/Portfolio.sol";
import {Account, Phase, Sponsorship, State} from "../types/State.sol";
import {Accounts} from "./Accounts.sol";
import {Cash} from "./Cash.sol";
import {Estimates} from "./Estimates.sol";
import {View} from "./Portfolios.sol";
import {Positions} from "./Positions.sol";
import {Prices} from "./Prices.sol";
import {Risk} from "./Risk.sol";
import {AccountHealths} from "./AccountHealths.sol";

/// @notice Who tops up an account in call for a fee, which the account owes until equity above IM pays it.
library Sponsors {
  uint32 private constant MOST = 0.05e9; // of a top-up, 1e-9

  /// Closed during a call; a fee that is owed keeps its sponsor.
  function set(State storage s, AccountId id, address sponsor, uint32 fee) internal {
    Account storage account = s.accounts[id];
    Sponsorship storage given = account.sponsorship;
    require(fee <= MOST, IClearinghouse.SponsorFeeTooHigh(id, fee, MOST));
    require(account.phase == Phase.Clear, IClearinghouse.InCall(id, account.phase));
    require(
      given.owed == 0 || given.sponsor == sponsor,
      IClearinghouse.SponsorUnpaid(id, given.sponsor, _owed(given))
    );
    (given.sponsor, given.fee) = (sponsor, fee);
    emit IClearinghouse.SetSponsor(id, sponsor, fee);
  }

  /// Does the sponsor of an account in call send this?
  function isToppingUp(State storage s, AccountId id) internal view returns (bool) {
    Account storage account = s.accounts[id];
    return account.phase != Phase.Clear && account.sponsorship.sponsor == msg.sender;
  }

  /// A top-up earns its share of what it added to equity, as far as `before` lacked that for a cure.
  function earn(State storage s, AccountId id, AccountHealth memory before) internal {
    Account storage account = s.accounts[id];
    Sponsorship storage given = account.sponsorship;
    int256 added = AccountHealths.accountHealth(s, id, View.Plain).equity - before.equity;
    int256 lacked = mulDown(CURE, before.maintenance) - before.equity;
    int256 value = mulDown(min(added, lacked), int256(uint256(given.fee)) * PART);
    int256 earned = Prices.toCash(s, max(0, value)) / MILLIONTH;
    if (earned == 0) return;
    given.owed = uint64(Math.min(type(uint64).max, given.owed + uint256(earned)));
    account.owes = true;
    emit IClearinghouse.SponsorOwed(id, given.sponsor, _owed(given));
  }

  /// Pays what it can of what is owed, by IM as it is once rounds that wait are walked. A sponsor whose own
  /// account is in call is paid later.
  function pay(State storage s, AccountId id) internal {
    Account storage account = s.accounts[id];
    if (!account.owes || account.phase != Phase.Clear) return;
    Sponsorship storage given = account.sponsorship;
    AccountId to = accountId(given.sponsor, 0);
    if (s.accounts[to].phase != Phase.Clear) return;
    Estimates.walkAll(s, Accounts.factorsOf(s, id));
    if (account.positions > 0) Positions.settle(s, id);
    uint256 paid = Math.min(given.owed, _payable(s, id));
    if (paid == 0) return;
    Cash.accrue(s.cash);
    Cash.change(s, id, -int256(paid) * MILLIONTH);
    Cash.change(s, to, int256(paid) * MILLIONTH);
    Cash.reprice(s);
    given.owed -= uint64(paid);
    account.owes = given.owed > 0;
    emit IClearinghouse.SponsorPaid(id, given.sponsor, paid * uint256(MILLIONTH), _owed(given));
  }

  /// Nothing leaves an account before its sponsor is paid; but a sponsor in call holds no one up.
  function requirePaid(State storage s, AccountId id) internal view {
    if (!s.accounts[id].owes) return;
    Sponsorship storage given = s.accounts[id].sponsorship;
    require(
      s.accounts[accountId(given.sponsor, 0)].phase != Phase.Clear,
      IClearinghouse.SponsorUnpaid(id, given.sponsor, _owed(given))
    );
  }

  /// Who could not keep an account from being sold is owed as much less as was sold.
  function forfeit(State storage s, AccountId id, int256 fraction) internal {
    Account storage account = s.accounts[id];
    if (!account.owes) return;
    Sponsorship storage given = account.sponsorship;
    given.owed = uint64(uint256(mulDown(WAD - fraction, int256(uint256(given.owed)))));
    account.owes = given.owed > 0;
    emit IClearinghouse.SponsorOwed(id, given.sponsor, _owed(given));
  }

  /// Cash millionths: half of the equity above IM, since a fee that is borrowed adds to IM; of an account
  /// that owes nothing else, all the cash it has. Recent gains, which may not leave, pay nobody.
  function _payable(State storage s, AccountId id) private view returns (uint256) {
    int256 gains = max(0, Positions.recentGains(s, id));
    int256 own = gains == 0 && Risk.owesNothing(s, id) ? Cash.cashOf(s, id) : int256(0);
    (int256 equity, int256 required) = Risk.initial(s, id);
    int256 spare = Prices.toCash(s, max(0, equity - required - gains) / 2);
    return uint256(max(own, spare) / MILLIONTH);
  }

  function _owed(Sponsorship storage given) private view returns (uint256) {
    return given.owed * uint256(MILLIONTH);
  }
}
