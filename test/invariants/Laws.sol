// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import * as MarginMath from "../../contracts/math/MarginMath.sol";
import {AccountId, AssetId, FUND, NO_ASSET} from "../../contracts/types/Ids.sol";
import {MAX_ASSETS, MAX_FACTORS} from "../../contracts/types/Params.sol";
import {Margin, Portfolio} from "../../contracts/types/Portfolio.sol";
import {Status} from "../../contracts/types/Price.sol";
import {Account, CashState, Holding, Phase} from "../../contracts/types/State.sol";
import {LocalPool} from "./LocalPool.sol";

/// @notice What holds after every act, whoever acted and whatever the prices did.
abstract contract Laws is LocalPool {
  int256 private constant CURE = 1.1e18;
  uint256 private constant CASH_UNIT = 1e12; // wads in a unit of USDC

  AccountId[] internal _accounts; // every account there is: FUND first, then owners', then heirs
  mapping(address => uint256) internal _donated;
  mapping(AccountId => uint256) private _fuse;
  mapping(AccountId => int256) private _health; // at the last poke seen
  uint256 private _supplyIndex = 1e18;
  uint256 private _borrowIndex = 1e18;

  uint256 public acts; // any of which may round
  int256 public largestGap; // booked cash beyond Σ cash − deficit: what rounding left to the house

  /// Every law of state. `charged`: lenders were told of a loss in this act.
  function _uphold(bool charged) internal {
    ++acts;
    uint256[] memory claims = new uint256[](_markets.length);
    for (uint256 i = 0; i < _accounts.length; ++i) {
      Account memory account = door.accountOf(_accounts[i]);
      _claim(account, claims);
      _requireFuse(_accounts[i], account);
      _requirePhase(_accounts[i], account);
    }
    _requireBacked(claims);
    (CashState memory cash, , , ) = door.ledger();
    _requireIndexes(cash, charged);
    _requireIdentity(cash);
  }

  /// A list ends at its first empty slot, names no asset twice, and keeps its limits.
  function _claim(Account memory account, uint256[] memory claims) private view {
    bool ended;
    uint256 seen;
    uint256 factors;
    for (uint256 i = 0; i < MAX_ASSETS; ++i) {
      Holding held = account.holdings[i];
      if (held.assetOf() == NO_ASSET) {
        assertEq(held.amountOf(), 0, "an amount of nothing");
        ended = true;
        continue;
      }
      assertFalse(ended, "a gap in the list of holdings");
      assertGt(held.amountOf(), 0, "an empty holding in the list");
      uint256 m = _marketOf(held.assetOf());
      assertEq(seen & (1 << m), 0, "an asset twice in the list");
      seen |= 1 << m;
      factors |= held.assetOf().isStable() ? 0 : 1 << held.assetOf().factorOf();
      claims[m] += held.amountOf();
    }
    uint256 n;
    for (; factors > 0; factors &= factors - 1) ++n;
    assertLe(n, MAX_FACTORS, "too many factors");
  }

  function _marketOf(AssetId id) internal view returns (uint256 m) {
    while (_markets[m].id != id) ++m;
  }

  /// Every token but cash: the vault holds what accounts claim, to the wei.
  function _requireBacked(uint256[] memory claims) private view {
    for (uint256 m = 1; m < claims.length; ++m) {
      address token = address(_markets[m].token);
      uint256 held = (_markets[m].token.balanceOf(_vault) - _donated[token]) * _markets[m].unit;
      assertEq(held, claims[m], "the vault and the claims on it differ");
      assertEq(door.listingOf(token).total, claims[m], "the listing's total and the claims differ");
    }
  }

  /// DESIGN §4: booked = Σ cash − the deficit lenders do not bear yet, but for what rounding left.
  function _requireIdentity(CashState memory cash) private {
    int256 sum;
    for (uint256 i = 0; i < _accounts.length; ++i) sum += door.cashOf(_accounts[i]);
    int256 gap = int256(uint256(cash.booked)) - (sum - int256(uint256(cash.deficit)));
    assertGe(gap, 0, "the pool promises more cash than it has");
    // Between two accruals the house's spread is owed by borrowers but not yet the fund's.
    if (cash.accrued == block.timestamp) {
      assertLe(gap, int256(CASH_UNIT * acts), "rounding left more than a unit per act");
      if (gap > largestGap) largestGap = gap;
    }
    uint256 actual =
      (_markets[0].token.balanceOf(_vault) - _donated[address(_markets[0].token)]) * CASH_UNIT;
    assertEq(cash.booked, actual, "booked cash is not in the vault");
  }

  /// Indexes fall only by a loss that was announced.
  function _requireIndexes(CashState memory cash, bool charged) private {
    assertGe(cash.borrowIndex, _borrowIndex, "the borrow index fell");
    if (!charged) assertGe(cash.supplyIndex, _supplyIndex, "the supply index fell silently");
    _supplyIndex = cash.supplyIndex;
    _borrowIndex = cash.borrowIndex;
  }

  /// A fuse cools only between two pokes that both saw the account cured.
  function _requireFuse(AccountId id, Account memory account) private {
    if (account.fuse < _fuse[id]) {
      assertGe(account.call.health, CURE, "a fuse cooled below the cure");
      assertGe(_health[id], CURE, "a fuse cooled over an unhealthy interval");
    }
    _fuse[id] = account.fuse;
    _health[id] = account.call.health;
  }

  /// The fund holds cash alone, never owes; who owes nothing is in no call.
  function _requirePhase(AccountId id, Account memory account) private view {
    if (id == FUND) {
      assertGe(door.cashOf(FUND), 0, "the fund owes");
      assertTrue(account.holdings[0].assetOf() == NO_ASSET, "the fund holds an asset");
      assertTrue(account.phase == Phase.Clear && account.principal == 0, "the fund is an account");
    } else if (id.ownerOf() != address(0) && account.principal >= 0) {
      assertTrue(account.phase == Phase.Clear, "an account that owes nothing is in call");
    }
  }

  /// An act that added risk leaves its account with IM.
  function _requireInitial(AccountId id) internal view {
    if (door.cashOf(id) >= 0) return;
    Margin memory margin = door.margin(id);
    assertGe(margin.initialEquity, margin.initial, "IM is broken by an act that adds risk");
  }

  /// A bidder has IM at σused.
  function _requireCapacity(AccountId id) internal view {
    if (door.cashOf(id) >= 0) return;
    Portfolio memory book = door.portfolio(id);
    for (uint256 i = 0; i < book.exposures.length; ++i) {
      book.exposures[i].volatility[1] = book.exposures[i].used;
    }
    assertGe(book.initialEquity, MarginMath.initialMargin(book), "a bidder lacks capacity");
  }

  /// Is every price good? Then the plain view is the conservative one.
  function _allOk() internal view returns (bool) {
    for (uint256 i = 0; i < _markets.length; ++i) {
      if (_oracle.read(_markets[i].id).status != Status.Ok) return false;
    }
    return true;
  }
}
