// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {IClearinghouse} from "../interfaces/IClearinghouse.sol";
import * as CashMath from "../math/CashMath.sol";
import {ceilDiv, max, min, mulDown, mulUp} from "../math/WadMath.sol";
import {AccountId, FUND} from "../types/Ids.sol";
import {CashParams, PART} from "../types/Params.sol";
import {CashState, State} from "../types/State.sol";

/// @notice The borrow and lend ledger: signed cash under two indexes.
library Cash {
  using SafeCast for uint256;
  using SafeCast for int256;

  struct Indexes {
    int256 supply;
    int256 borrow;
  }

  /// The indexes as of now, whether or not anyone has accrued.
  function indexes(CashState storage c) internal view returns (Indexes memory) {
    int256 elapsed = int256(block.timestamp - c.accrued);
    int256 supply = int256(uint256(c.supplyIndex));
    int256 borrow = int256(uint256(c.borrowIndex));
    if (elapsed == 0) return Indexes(supply, borrow);
    return
      Indexes(
        CashMath.supplyIndexAfter(supply, int256(uint256(c.supplyRate)), elapsed),
        CashMath.borrowIndexAfter(borrow, int256(uint256(c.borrowRate)), elapsed)
      );
  }

  /// Cash with interest, reading only the index that applies.
  function valueOf(CashState storage c, int256 principal) internal view returns (int256) {
    if (principal == 0) return 0;
    int256 elapsed = int256(block.timestamp - c.accrued);
    if (principal < 0) {
      int256 borrow = int256(uint256(c.borrowIndex));
      int256 rate = int256(uint256(c.borrowRate));
      return CashMath.cashOf(principal, 0, CashMath.borrowIndexAfter(borrow, rate, elapsed));
    }
    int256 supply = int256(uint256(c.supplyIndex));
    int256 earned = int256(uint256(c.supplyRate));
    return CashMath.cashOf(principal, CashMath.supplyIndexAfter(supply, earned, elapsed), 0);
  }

  function principalOf(State storage s, AccountId account) internal view returns (int256) {
    return account == FUND ? s.cash.fund : s.accounts[account].principal;
  }

  function cashOf(State storage s, AccountId account) internal view returns (int256) {
    return valueOf(s.cash, principalOf(s, account));
  }

  /// What lenders own, at today's index.
  function lent(CashState storage c) internal view returns (int256) {
    return mulDown(int256(uint256(c.supplied)), int256(uint256(c.supplyIndex)));
  }

  /// What borrowers owe, at today's index.
  function owed(CashState storage c) internal view returns (int256) {
    return mulUp(int256(uint256(c.borrowed)), int256(uint256(c.borrowIndex)));
  }

  /// Brings the indexes up to now. The house earns exactly what borrowers owe more than lenders gain.
  function accrue(CashState storage c) internal {
    if (block.timestamp == c.accrued) return;
    int256 lentBefore = lent(c);
    int256 owedBefore = owed(c);
    Indexes memory now_ = indexes(c);
    c.supplyIndex = uint256(now_.supply).toUint72();
    c.borrowIndex = uint256(now_.borrow).toUint72();
    c.accrued = uint32(block.timestamp);
    int256 spread = max(0, owed(c) - owedBefore - (lent(c) - lentBefore));
    int256 earned = CashMath.principalOf(spread, now_.supply, 1);
    c.fund += int128(earned);
    c.supplied += uint128(uint256(earned));
    emit IClearinghouse.Accrue(c.supplyIndex, c.borrowIndex, uint256(spread));
    if (c.deficit > 0) chargeLenders(c);
  }

  /// Moves an account's cash by `delta`, present value. Accrue first, `reprice` after.
  function change(State storage s, AccountId account, int256 delta) internal {
    CashState storage c = s.cash;
    int256 principal = principalOf(s, account);
    int256 supply = int256(uint256(c.supplyIndex));
    int256 borrow = int256(uint256(c.borrowIndex));
    int256 next = CashMath.principalOf(
      CashMath.cashOf(principal, supply, borrow) + delta,
      supply,
      borrow
    );
    int256 supplied = int256(uint256(c.supplied)) + max(0, next) - max(0, principal);
    int256 borrowed = int256(uint256(c.borrowed)) + max(0, -next) - max(0, -principal);
    c.supplied = uint256(supplied).toUint128();
    c.borrowed = uint256(borrowed).toUint128();
    if (account == FUND) c.fund = next.toInt128();
    else s.accounts[account].principal = next.toInt120();
  }

  /// Sets the rates that hold until the next change, from utilisation as it stands now.
  function reprice(State storage s) internal {
    CashState storage c = s.cash;
    CashParams memory p = s.cashParams;
    int256 utilisation = CashMath.utilisationOf(int256(uint256(c.booked)), lent(c));
    int256 rate = CashMath.borrowRateOf(
      utilisation,
      int256(uint256(p.kink)) * PART,
      int256(uint256(p.base)) * PART,
      int256(uint256(p.slopeLow)) * PART,
      int256(uint256(p.slopeHigh)) * PART
    );
    c.borrowRate = uint40(uint256(rate));
    int256 earning = min(utilisation, CashMath.earningShare(owed(c), lent(c)));
    int256 spread = int256(uint256(p.spread)) * PART;
    c.supplyRate = uint40(uint256(CashMath.supplyRateOf(rate, earning, spread)));
  }

  /// Losses that lenders' cash does not show yet, and the cash that will bear them: what is booked, and
  /// what accounts were seen to lack beyond the fund, which then bears all it has first.
  function unsocialized(CashState storage c) internal view returns (int256 loss, int256 bearing) {
    (loss, bearing) = (int256(uint256(c.deficit)), lent(c));
    int256 seen = int256(uint256(c.shortfall));
    if (seen == 0) return (loss, bearing);
    int256 fund = mulDown(c.fund, int256(uint256(c.supplyIndex)));
    if (seen > fund) (loss, bearing) = (loss + seen - fund, bearing - fund);
  }

  /// Are there losses that lenders' cash does not show yet, or may be?
  function hasUnborne(CashState storage c) internal view returns (bool) {
    return c.deficit | c.shortfall != 0;
  }

  /// What a withdrawal of `amount` leaves behind for losses lenders do not bear yet: of what is booked it
  /// pays its share; for what is not, the fund gets it.
  function lossShare(State storage s, AccountId account, int256 amount) internal returns (int256) {
    CashState storage c = s.cash;
    if (!hasUnborne(c)) return 0;
    (int256 loss, int256 bearing) = unsocialized(c);
    int256 cash = cashOf(s, account);
    if (loss == 0 || cash <= 0 || amount <= 0) return 0;
    int256 rest = bearing - loss;
    require(rest > 0, IClearinghouse.NotEnoughIdle(0, 0, uint256(amount)));
    int256 held = min(amount, (cash * rest) / bearing); // the share is left of it, too; more is borrowed
    int256 share = min(loss, ceilDiv(held * loss, rest));
    int256 paid = (share * int256(uint256(c.deficit))) / loss;
    c.deficit -= uint112(uint256(paid));
    if (share > paid) change(s, FUND, share - paid);
    emit IClearinghouse.LossLeft(account, uint256(paid), uint256(share - paid));
    return share;
  }

  /// Books a loss and makes lenders bear of it what a day allows.
  function bookDeficit(State storage s, AccountId account, int256 amount) internal {
    if (amount == 0) return;
    s.cash.deficit += uint256(amount).toUint112();
    emit IClearinghouse.DeficitBooked(account, uint256(amount));
    chargeLenders(s.cash);
  }

  function chargeLenders(CashState storage c) internal {
    uint32 today = uint32(block.timestamp / 1 days);
    if (c.lossDay != today) {
      c.lossDay = today;
      c.lossToday = 0;
    }
    int256 all = lent(c);
    int256 deficit = int256(uint256(c.deficit));
    int256 loss = CashMath.lossToday(deficit, all, int256(uint256(c.lossToday)));
    if (loss == 0) return;
    int256 index = CashMath.indexAfterLoss(int256(uint256(c.supplyIndex)), all, loss);
    c.supplyIndex = uint72(uint256(index));
    c.deficit -= uint112(uint256(loss));
    c.lossToday += uint128(uint256(loss));
    emit IClearinghouse.LendersCharged(uint256(loss), c.deficit);
  }
}
