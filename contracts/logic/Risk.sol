// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IClearinghouse} from "../interfaces/IClearinghouse.sol";
import {isReducing} from "../math/TradeMath.sol";
import {max} from "../math/WadMath.sol";
import {AccountId} from "../types/Ids.sol";
import {OwnMargin} from "../types/Portfolio.sol";
import {Phase, State} from "../types/State.sol";
import {Estimates} from "./Estimates.sol";
import {Health} from "./Health.sol";
import {View} from "./Portfolios.sol";
import {Positions} from "./Positions.sol";

/// @notice The proof of health that each act needs.
library Risk {
  /// @notice IM of an account, and what it is compared with, USD.
  struct Proof {
    int256 equity;
    int256 initialEquity; // equity without what IM does not lean on
    int256 required;
    uint256 behind; // a bit for each factor whose rounds wait
  }

  /// Equity that IM is compared with, and IM.
  function initial(
    State storage s,
    AccountId account
  ) internal view returns (int256 equity, int256 required) {
    Proof memory proof = _proof(s, account, View.Conservative);
    return (proof.initialEquity, proof.required);
  }

  /// @notice Reverts unless the account's equity covers its IM; catches its factors up first. What
  /// leaves the account may not lean on what settlement paid it a moment ago.
  function requireInitial(State storage s, AccountId account, bool leaves) external {
    int256 held = leaves ? max(0, Positions.recentGains(s, account)) : int256(0);
    if (held == 0 && owesNothing(s, account)) return;
    Proof memory proof = _proof(s, account, View.Conservative);
    if (proof.behind != 0) {
      _catchUp(s, proof.behind);
      proof = _proof(s, account, View.Conservative);
    }
    proof.initialEquity -= held;
    _require(account, proof);
  }

  /// @notice A fill sent as reducing leaves the account no worse, but for `fees`.
  function requireReduced(
    State storage s,
    AccountId account,
    OwnMargin calldata before,
    int256 fees
  ) external view {
    _hasReduced(s, account, before, fees, true);
  }

  /// @notice Did a batch sent as reducing leave the account no worse? In call it must have; out of call one that
  /// did not is still a batch, and needs what any batch needs.
  function hasReduced(
    State storage s,
    AccountId account,
    OwnMargin calldata before
  ) external view returns (bool) {
    return _hasReduced(s, account, before, 0, s.accounts[account].phase != Phase.Clear);
  }

  function _hasReduced(
    State storage s,
    AccountId account,
    OwnMargin calldata before,
    int256 fees,
    bool must
  ) private view returns (bool reduced) {
    OwnMargin memory now_ = Health.ownMargin(s, account);
    reduced = isReducing(before, now_, fees);
    require(
      reduced || !must,
      IClearinghouse.NotReducing(
        account,
        before.equity,
        before.maintenance,
        now_.equity,
        now_.maintenance
      )
    );
  }

  /// @notice The proof of a bidder: IM at σused and gMM, with no catch-up.
  function requireCapacity(State storage s, AccountId account) external view {
    if (owesNothing(s, account)) return;
    _require(account, _proof(s, account, View.Capacity));
  }

  /// An account that owes nothing can lose no one's money.
  function owesNothing(State storage s, AccountId account) internal view returns (bool) {
    return s.accounts[account].principal >= 0 && s.accounts[account].positions == 0;
  }

  function _proof(
    State storage s,
    AccountId account,
    View view_
  ) private view returns (Proof memory p) {
    (p.equity, p.initialEquity, p.required, p.behind) = Health.initial(s, account, view_);
  }

  /// Walks the rounds that wait, of each of a set of factors.
  function _catchUp(State storage s, uint256 factors) private {
    for (uint256 factor = 0; factors >> factor != 0; ++factor) {
      if ((factors >> factor) & 1 != 0) Estimates.catchUp(s, factor);
    }
  }

  function _require(AccountId account, Proof memory proof) private pure {
    require(
      proof.initialEquity >= proof.required,
      IClearinghouse.MarginTooLow(
        account,
        proof.initialEquity,
        proof.required,
        proof.equity - proof.initialEquity
      )
    );
  }
}
