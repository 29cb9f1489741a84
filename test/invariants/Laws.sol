// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {
  AccountId,
  AssetId,
  FUND,
  InstrumentId,
  Kind,
  NO_ASSET
} from "../../contracts/types/Ids.sol";
import {MAX_ASSETS, MAX_FACTORS, MAX_POSITIONS} from "../../contracts/types/Params.sol";
import {Margin, Portfolio} from "../../contracts/types/Portfolio.sol";
import {Status} from "../../contracts/types/Price.sol";
import {
  Account,
  CashState,
  Gains,
  Holding,
  Interest,
  Market as Ledger,
  Part,
  Phase,
  Position,
  Stage,
  ExpiryState
} from "../../contracts/types/State.sol";
import {Mirror} from "./Mirror.sol";

/// @notice What holds after every act, whoever acted and whatever the prices did.
abstract contract Laws is Mirror {
  int256 private constant CURE = 1.1e18;
  uint256 private constant CASH_UNIT = 1e12; // wads in a unit of USDC

  uint256 private _lacking; // Σ of what accounts were seen to lack
  int256 private _chargedFor; // Σ of what winners are charged for it
  AccountId[] internal _accounts; // every account there is: FUND first, then owners', then heirs
  mapping(address => uint256) internal _donated;
  mapping(AccountId => uint256) private _fuse;
  mapping(AccountId => int256) private _health; // at the last poke seen
  uint256 private _supplyIndex = 1e18;
  uint256 private _borrowIndex = 1e18;

  int256 private constant CHANGES = 100; // wei: as many roundings are in an act, at most

  uint256 public acts; // any of which may round
  int256 public largestLoss; // by rounding in one act in which no interest accrued
  uint256 private _accrued; // when interest last did
  int256 private _gap; // then
  int256 public largestGap; // booked cash beyond Σ cash + U − deficit: what rounding left the house
  // Of an instrument as the accounts hold it, gathered anew after each act.
  mapping(InstrumentId => int256) private _long;
  mapping(InstrumentId => int256) private _net;
  int256 private _carried; // Σ size·(index at the last touch − payoff), squared wads

  /// Every law of state. `charged`: lenders were told of a loss in this act.
  function _uphold(bool charged) internal {
    ++acts;
    uint256[] memory claims = new uint256[](_markets.length);
    _forget();
    for (uint256 i = 0; i < _accounts.length; ++i) {
      Account memory account = door.accountOf(_accounts[i]);
      _claim(_accounts[i], account, claims);
      _requireBook(_accounts[i], account);
      _requireFuse(_accounts[i], account);
      _requirePhase(_accounts[i], account);
      _lacking += uint256(account.call.unbookedLoss) * CASH_UNIT;
      _chargedFor += _chargedOf(_accounts[i], account);
    }
    _requireBacked(claims);
    _requireInterests();
    (CashState memory cash, , , ) = door.ledger();
    assertEq(cash.shortfall, _lacking, "what lenders are told is not what accounts lack");
    assertEq(
      _withheld,
      _chargedFor,
      "what is withheld of winners is not what accounts are charged for"
    );
    _requireIndexes(cash, charged);
    _requireIdentity(cash, charged);
  }

  /// A list ends at its first empty slot, names no asset twice, and keeps its limits.
  function _claim(AccountId id, Account memory account, uint256[] memory claims) private view {
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
    for (uint256 i = 0; i < _bookOf[id].length; ++i) {
      factors |= 1 << _bookOf[id][i].instrumentFactorOf();
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

  function _forget() private {
    for (uint256 k = 0; k < _instruments.length; ++k) {
      (_long[_instruments[k]], _net[_instruments[k]]) = (0, 0);
    }
    _carried = 0;
    _lacking = 0;
    _chargedFor = 0;
  }

  /// What winners are charged for what an account lacks; only of one that was seen below zero.
  function _chargedOf(AccountId id, Account memory account) private view returns (int256 sum) {
    Part[] memory parts = door.partsOf(id);
    assertTrue(
      parts.length == 0 || account.call.brokeSeen != 0,
      "winners pay for who lacks nothing"
    );
    for (uint256 i = 0; i < parts.length; ++i) sum += int256(uint256(parts[i].amount));
  }

  /// A book is what its events say: no position twice, none of nothing; and so are its recent gains.
  function _requireBook(AccountId id, Account memory account) private {
    assertEq(account.positions, _bookOf[id].length, "positions that no event tells of, or too few");
    assertLe(account.positions, MAX_POSITIONS, "too many positions");
    if (account.positions == 0 && !account.gained) return;
    (Position[] memory list, int256[] memory entries, Gains memory gains) = door.positionsOf(id);
    for (uint256 i = 0; i < list.length; ++i) {
      Held memory held = _heldOf[id][list[i].instrument];
      assertTrue(held.size != 0, "a position twice, or of nothing");
      assertEq(list[i].size, held.size, "a position is not what its fills come to");
      assertEq(entries[i], held.entry, "a position counts from another index than it was paid at");
      _gather(list[i].instrument, held);
    }
    uint256 period = _clock / WINDOW;
    int256 recent = gains.period + 1 >= period ? int256(gains.current) : int256(0);
    if (gains.period == period) recent += gains.previous;
    assertEq(recent, _recentGains(id), "recent gains are not what settlement paid");
  }

  function _gather(InstrumentId id, Held memory held) private {
    if (held.size > 0) _long[id] += held.size;
    _net[id] += held.size;
    int256 settled = int256(_settledAt[id.instrumentFactorOf()][id.expiryOf()]);
    int256 entry = held.entry + _cutOf(id, held.size);
    _carried += held.size * (entry - (settled > 0 ? _payoffOf(id, settled) : int256(0)));
  }

  /// Longs are shorts, in every instrument; what has settled pays in what it pays out. A factor's open
  /// interest is the sum of open units times delta.
  function _requireInterests() private view {
    uint256[5] memory open;
    for (uint256 k = 0; k < _instruments.length; ++k) {
      InstrumentId id = _instruments[k];
      if (_longs[id] == 0 && _net[id] == 0 && _closed[id] == 0) continue;
      Interest memory interest = door.interestOf(id);
      assertEq(_net[id] + _closed[id], 0, "longs are not shorts");
      if (_settledAt[id.instrumentFactorOf()][id.expiryOf()] == 0)
        assertEq(_closed[id], 0, "closed before it settled");
      assertEq(interest.open, uint256(_long[id]), "open interest is not what is held long");
      assertEq(interest.closed, _closed[id], "what is paid out is not what has closed");
      open[id.instrumentFactorOf()] += (uint256(_long[id]) * interest.delta) / 1e18;
    }
    for (uint256 f = 1; f <= FACTORS; ++f) {
      (Ledger memory m, , , uint32[] memory expiries) = door.marketOf(f);
      assertEq(
        m.openInterest,
        open[f],
        "a factor's open interest is not the sum of its instruments'"
      );
      _requireTerms(f, m, expiries);
    }
  }

  /// A settled price stands; what has not settled is watched.
  function _requireTerms(uint256 f, Ledger memory m, uint32[] memory expiries) private view {
    assertEq(m.boundary != 0, expiries.length > 0, "an edge is watched if an expiry is alive");
    for (uint256 i = 0; i < expiries.length; ++i) {
      assertEq(_settledAt[f][expiries[i]], 0, "watched though settled");
    }
    for (uint256 k = 0; k < _instruments.length; ++k) {
      InstrumentId id = _instruments[k];
      if (id.kindOf() != uint8(Kind.Future) || id.instrumentFactorOf() != f) continue;
      uint256 expiry = id.expiryOf();
      if (_settledAt[f][expiry] == 0) continue;
      ExpiryState memory t = door.expiryStateOf(f, expiry);
      assertTrue(t.stage == Stage.Settled, "unsettled again");
      assertEq(t.settlement, _settledAt[f][expiry], "a settled price changed");
    }
  }

  /// DESIGN §4: booked = Σ cash + U − the deficit lenders do not bear yet, but for what rounding left.
  /// U is what profits were as events tell them, and again what books carry unpaid. What is withheld of
  /// winners for losses that are seen is nobody's yet.
  function _requireIdentity(CashState memory cash, bool charged) private {
    int256 sum;
    for (uint256 i = 0; i < _accounts.length; ++i) sum += door.cashOf(_accounts[i]);
    assertEq(_unsettled, -_carried, "what was settled is not what books carry");
    int256 booked = int256(uint256(cash.booked)) + int256(uint256(cash.deficit));
    int256 squared = (booked - sum - _withheld) * 1e18 - _unsettled;
    assertGe(squared, 0, "the pool promises more cash than it has");
    // Between two accruals the house's spread is owed by borrowers but not yet the fund's.
    int256 gap = squared / 1e18;
    if (cash.accrued == _clock) {
      assertLe(gap, int256(CASH_UNIT * acts), "rounding left more than a unit per act");
      if (gap > largestGap) largestGap = gap;
      if (_accrued == _clock && !charged) _requireConserved(gap - _gap);
      _gap = gap;
    }
    _accrued = cash.accrued;
    uint256 actual =
      (_markets[0].token.balanceOf(_vault) - _donated[address(_markets[0].token)]) * CASH_UNIT;
    assertEq(cash.booked, actual, "booked cash is not in the vault");
  }

  /// Where no interest accrues and no lender bears a loss, cash changes hands to the wei: each change of
  /// an account's may round one away, to the house.
  function _requireConserved(int256 left) private {
    assertGe(left, -1, "an act paid out what rounding had left");
    assertLe(left, CHANGES, "an act lost more than its roundings");
    if (left > largestLoss) largestLoss = left;
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
    } else if (id.ownerOf() != address(0) && account.principal >= 0 && account.positions == 0) {
      assertTrue(account.phase == Phase.Clear, "an account that owes nothing is in call");
    }
  }

  /// Owes nothing, so can lose no one's money.
  function _owesNothing(AccountId id) internal view returns (bool) {
    return door.cashOf(id) >= 0 && _bookOf[id].length == 0;
  }

  /// An act that added risk leaves its account with IM.
  function _requireInitial(AccountId id) internal view {
    if (_owesNothing(id)) return;
    Margin memory margin = door.margin(id);
    assertGe(margin.initialEquity, margin.initial, "IM is broken by an act that adds risk");
  }

  /// What left an account leaned on nothing that settlement paid it within the last half-hours.
  function _requireSeasoned(AccountId id) internal view {
    int256 gains = _recentGains(id);
    if (gains <= 0 && _owesNothing(id)) return;
    Margin memory margin = door.margin(id);
    int256 equity = margin.initialEquity - (gains > 0 ? gains : int256(0));
    assertGe(equity, margin.initial, "what left leaned on gains of a moment ago");
  }

  /// A bidder has IM at σused and gMM.
  function _requireCapacity(AccountId id) internal view {
    if (_owesNothing(id)) return;
    Portfolio memory book = door.portfolio(id);
    assertGe(book.initialEquity, _judge.capacityOf(book), "a bidder lacks capacity");
  }

  /// Is every price good? Then the plain view is the conservative one.
  function _allOk() internal view returns (bool) {
    for (uint256 i = 0; i < _markets.length; ++i) {
      if (_oracle.read(_markets[i].id).status != Status.Ok) return false;
    }
    return true;
  }
}
