// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IClearinghouse} from "../interfaces/IClearinghouse.sol";
import * as MarginMath from "../math/MarginMath.sol";
import * as PriceMath from "../math/PriceMath.sol";
import {isReducing} from "../math/TradeMath.sol";
import {max} from "../math/WadMath.sol";
import {AccountId, CASH} from "../types/Ids.sol";
import {Margin, Portfolio} from "../types/Portfolio.sol";
import {Phase, State} from "../types/State.sol";
import {Estimates} from "./Estimates.sol";
import {Ask, Modes, Portfolios, View} from "./Portfolios.sol";
import {Positions} from "./Positions.sol";

/// @notice The proof of health that each act needs.
library Risk {
  /// @notice Equity that IM is compared with, and IM.
  function initial(
    State storage s,
    AccountId account
  ) external view returns (int256 equity, int256 required) {
    Portfolio memory book = Portfolios.build(s, account, Ask(View.Conservative, Modes.Initial));
    return (book.initialEquity, MarginMath.initialMargin(book));
  }

  /// @notice Reverts unless the account's equity covers its IM; catches its factors up first. What
  /// leaves the account may not lean on what settlement paid it a moment ago.
  function requireInitial(State storage s, AccountId account, bool leaves) external {
    int256 held = leaves ? max(0, Positions.recentGains(s, account)) : int256(0);
    if (held == 0 && owesNothing(s, account)) return;
    Portfolio memory book = Portfolios.build(s, account, Ask(View.Conservative, Modes.Initial));
    if (_catchUp(s, book))
      book = Portfolios.build(s, account, Ask(View.Conservative, Modes.Initial));
    book.initialEquity -= held;
    _require(account, book);
  }

  /// @notice Did an act sent as reducing leave the account no worse, but for `fees`? In call it must have;
  /// out of call one that did not is still an act, and needs what any act needs.
  function hasReduced(
    State storage s,
    AccountId account,
    Margin calldata before,
    int256 fees
  ) external view returns (bool reduced) {
    Portfolio memory book = Portfolios.build(s, account, Ask(View.Conservative, Modes.Both));
    Margin memory now_ = MarginMath.marginOf(book);
    reduced = isReducing(before, now_, fees);
    require(
      reduced || s.accounts[account].phase == Phase.Clear,
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
    _require(account, Portfolios.build(s, account, Ask(View.Capacity, Modes.Initial)));
  }

  /// What a unit of owed cash counts at.
  function debtPrice(State storage s) internal view returns (int256) {
    return PriceMath.debtQuote(s.oracle.read(CASH)).price;
  }

  /// An account that owes nothing can lose no one's money.
  function owesNothing(State storage s, AccountId account) internal view returns (bool) {
    return s.accounts[account].principal >= 0 && s.accounts[account].positions == 0;
  }

  /// Walks the rounds that wait. Returns whether any did.
  function _catchUp(State storage s, Portfolio memory book) private returns (bool walked) {
    for (uint256 i = 0; i < book.exposures.length; ++i) {
      if (!book.exposures[i].behind) continue;
      Estimates.catchUp(s, book.exposures[i].factor);
      walked = true;
    }
  }

  function _require(AccountId account, Portfolio memory book) private pure {
    int256 required = MarginMath.initialMargin(book);
    require(
      book.initialEquity >= required,
      IClearinghouse.MarginTooLow(
        account,
        book.initialEquity,
        required,
        book.equity - book.initialEquity
      )
    );
  }
}
