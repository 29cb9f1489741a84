// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Offer} from "../../contracts/types/Offer.sol";
import {AccountId, FUND, accountId} from "../../contracts/types/Ids.sol";
import {Margin} from "../../contracts/types/Portfolio.sol";
import {Account, Phase} from "../../contracts/types/State.sol";
import {Governing} from "./Governing.sol";

/// @notice The verbs of the door that are no trades, at random and by anyone.
abstract contract Handler is Governing {
  uint8 private constant TRADE_SCOPE = 2;
  uint64 private constant LOSS_LIMIT = 4e6; // cash millionths a day
  int256 private constant ANY = 100e18;
  int256 private constant DUST = 1_000; // wei
  int256 private constant ROUNDINGS = 10; // wei

  constructor() {
    _open();
    vm.recordLogs();
  }

  /// Lenders, a small fund, and borrowers near their limit; two of them trade by an operator too.
  function _open() private {
    _give(FUND, 0, 300e6);
    _give(_accounts[5], 0, 120_000e6);
    _give(_accounts[6], 0, 30_000e6);
    for (uint256 i = 1; i <= 4; ++i) {
      _give(_accounts[i], 2, 1e8 * i);
      _give(_accounts[i], 3, 20e18 * i);
      _give(_accounts[i], 1 + i, 10 ** _markets[1 + i].token.decimals() * 10);
      uint256 spare = _spare(_accounts[i]);
      vm.prank(_accounts[i].ownerOf());
      door.withdraw(
        _accounts[i],
        address(_markets[0].token),
        spare / (i < 3 ? 1.1e12 : 2e12),
        address(0xdead)
      );
    }
    for (uint256 i = 1; i <= 4; ++i) {
      vm.prank(_accounts[i].ownerOf());
      door.setSponsor(_accounts[i], _keeper(), 0.05e9);
    }
    for (uint256 i = 1; i <= 3; i += 2) {
      vm.prank(_accounts[i].ownerOf());
      door.setOperator(
        _accounts[i],
        _accounts[5].ownerOf(),
        TRADE_SCOPE,
        uint40(_clock + 2 days),
        LOSS_LIMIT
      );
    }
  }

  function deposit(uint256 who, uint256 what, uint256 amount) external act {
    AccountId id = _anyAccount(who);
    uint256 m = what % _markets.length;
    address from = _anyCaller(id, what >> 8);
    amount = _within(amount, 0, _worth(m, 3_000));
    _markets[m].token.mint(from, amount);
    _try("deposit", from, _deposit(id, m, amount));
  }

  function withdraw(uint256 who, uint256 what, uint256 amount) external act {
    AccountId id = _anyOwned(who);
    uint256 m = what % _markets.length;
    amount = _within(amount, 0, _held(id, m) + 1);
    address from = _anyCaller(id, what >> 8);
    bytes memory data = _withdrawal(id, m, amount);
    if (_try("withdraw", from, data)) _requireLeft(id);
  }

  function borrow(uint256 who, uint256 share) external act {
    AccountId id = _anyOwned(who);
    uint256 amount = (_spare(id) * _within(share, 0.5e18, 1.1e18)) / WAD / 1e12;
    if (_try("borrow", id.ownerOf(), _withdrawal(id, 0, amount))) _requireLeft(id);
  }

  function repay(uint256 who, uint256 payer, uint256 share) external act {
    AccountId id = _anyAccount(who);
    int256 cash = door.cashOf(id);
    uint256 debt = cash < 0 ? uint256(-cash) / 1e12 + 1 : 0;
    uint256 amount = (debt * _within(share, 0, 1.5e18)) / WAD;
    address from = _anyOwned(payer).ownerOf();
    _markets[0].token.mint(from, amount);
    _try("repay", from, abi.encodeCall(door.repay, (id, amount)));
  }

  function transfer(uint256 who, uint256 whom, uint256 what, uint256 amount) external act {
    AccountId id = _anyOwned(who);
    uint256 m = what % _markets.length;
    amount = _within(amount, 0, _held(id, m) + 1);
    address from = _anyCaller(id, what >> 8);
    AccountId to = _anyAccount(whom);
    bytes memory data = abi.encodeCall(door.transfer, (id, to, address(_markets[m].token), amount));
    if (_try("transfer", from, data)) _requireLeft(id);
  }

  function setGrace(uint256 who, uint256 tier) external act {
    AccountId id = _anyOwned(who);
    bytes memory data = abi.encodeCall(door.setGrace, (id, uint8(tier % 5)));
    if (_try("setGrace", id.ownerOf(), data)) _requireInitial(id);
  }

  function setSponsor(uint256 who, uint256 whom, uint256 fee) external act {
    AccountId id = _anyOwned(who);
    address sponsor = whom % 8 == 0 ? address(0) : _anyOwned(whom >> 3).ownerOf();
    bytes memory data = abi.encodeCall(door.setSponsor, (id, sponsor, uint32(fee % 0.051e9)));
    _try("setSponsor", _anyCaller(id, fee >> 32), data);
  }

  /// A sponsor's, of an account in call or auction.
  function topUp(uint256 who, uint256 what, uint256 amount) external act {
    AccountId id = _inPhase(who, what & 1 == 0 ? Phase.Called : Phase.Auction);
    address sponsor = door.accountOf(id).sponsorship.sponsor;
    if (sponsor == address(0) || door.accountOf(id).phase == Phase.Clear) return;
    uint256 m = what & 2 == 0 ? 0 : (what >> 2) % _markets.length;
    amount = _within(amount, 1, _worth(m, 30_000));
    _markets[m].token.mint(sponsor, amount);
    _try("topUp", sponsor, _deposit(id, m, amount));
  }

  function setOperator(uint256 who, uint256 whom, uint256 scopes, uint256 time) external act {
    AccountId id = _anyOwned(who);
    address operator = _anyOwned(whom).ownerOf();
    uint40 expiry = uint40(_clock + _within(time, 0, 2 days));
    uint8 given = uint8(scopes % 32);
    if (scopes & 32 != 0) given |= TRADE_SCOPE;
    bytes memory data = abi.encodeCall(door.setOperator, (id, operator, given, expiry, LOSS_LIMIT));
    _try("setOperator", _anyCaller(id, time), data);
  }

  /// Borrow first, bring the collateral afterwards, perhaps take some of it out again.
  function batch(uint256 who, uint256 what, uint256 amount, uint256 share) external act {
    AccountId id = _anyOwned(who);
    uint256 m = 1 + (what % (_markets.length - 1));
    amount = _within(amount, 1, _worth(m, 10_000));
    _markets[m].token.mint(id.ownerOf(), amount);
    uint256 loan = (_worth(0, 5_000) * _within(share, 0, WAD)) / WAD;
    bytes[] memory calls = new bytes[](3);
    calls[0] = _withdrawal(id, 0, loan);
    calls[1] = _deposit(id, m, amount);
    if (what & 256 == 0) calls[2] = _withdrawal(id, m, amount / 4 + 1);
    else calls[2] = abi.encodeCall(door.setGrace, (id, uint8(what >> 9) % 4));
    if (_try("batch", id.ownerOf(), abi.encodeCall(door.batch, (calls)))) _requireSeasoned(id);
  }

  function observe(uint256 factor, uint256 rounds) external act {
    _try("observe", _keeper(), abi.encodeCall(door.observe, (factor % 6, _within(rounds, 0, 12))));
  }

  function accrue() external act {
    _try("accrue", msg.sender, abi.encodeCall(door.accrue, ()));
  }

  function call(uint256 who) external act {
    AccountId id = who & 1 == 0 ? _anyAccount(who >> 1) : _inPhase(who >> 1, Phase.Called);
    bool owes = !_owesNothing(id);
    if (_try("call", _keeper(), abi.encodeCall(door.call, (id))) && !owes)
      assertTrue(
        door.accountOf(id).phase == Phase.Clear || id.ownerOf() == address(0),
        "called an account that owes nothing"
      );
  }

  function bid(uint256 who, uint256 whom, uint256 fraction, uint256 limits) external act {
    AccountId sold = _inPhase(who, Phase.Auction);
    if (door.accountOf(sold).phase != Phase.Auction && !_chance(limits, "none to sell", 8)) return;
    AccountId receiver = whom & 1 == 0 ? _accounts[5 + ((whom >> 1) & 1)] : _anyOwned(whom >> 1);
    bytes memory data = _offer(sold, receiver, fraction, limits);
    bool measured = _allOk();
    bool held = _bookOf[sold].length > 0;
    (int256 equity, int256 required) = door.health(sold);
    if (!_try("bid", _anyCaller(receiver, limits >> 16), data)) return;
    _requireCapacity(receiver);
    if (held) _count("slice with positions sold");
    if (measured) _requireNoLess(sold, equity, required);
  }

  /// Of a backed auction often after the half-hour that it takes.
  function takeOver(uint256 who) external act {
    AccountId id = _backed(who);
    Account memory account = door.accountOf(id);
    if (account.phase != Phase.Auction && !_chance(who, "none to take", 8)) return;
    if (account.call.backed != 0 && !_chance(who, "at once", 4)) _pass(31 minutes);
    bool held = _bookOf[id].length > 0;
    if (!_try("takeOver", msg.sender, abi.encodeCall(door.takeOver, (id)))) return;
    if (held) _count("book with positions taken over");
    _accounts.push(accountId(address(0), uint96(_accounts.length - OWNERS)));
  }

  /// An owner's account in a backed auction, rather one with positions; else any in auction.
  function _backed(uint256 seed) private view returns (AccountId found) {
    found = _inPhase(seed, Phase.Auction);
    if (_chance(seed, "any", 4)) return found;
    for (uint256 i = 1; i <= OWNERS; ++i) {
      if (door.accountOf(_accounts[i]).call.backed == 0) continue;
      found = _accounts[i];
      if (_bookOf[found].length > 0) return found;
    }
  }

  // What is asked of them.

  /// What took something out leaves IM, without what settlement paid a moment ago.
  function _requireLeft(AccountId id) private {
    _requireSeasoned(id);
    Account memory account = door.accountOf(id);
    if (account.owes) {
      Account memory sponsor = door.accountOf(accountId(account.sponsorship.sponsor, 0));
      assertTrue(sponsor.phase != Phase.Clear, "it left before its sponsor was paid");
    }
    if (_bookOf[id].length > 0) _count("left with positions");
    if (_recentGains(id) > 0) _count("left with recent gains");
  }

  /// DESIGN §8: a bid leaves the account no less healthy; a hole it makes no deeper. Equity of a few
  /// wei is at the mercy of roundings, each of one wei.
  function _requireNoLess(AccountId id, int256 equity, int256 required) private view {
    (int256 left, int256 requiredLeft) = door.health(id);
    if (equity > DUST) assertGe(left * required, equity * requiredLeft, "a bid lowered health");
    else if (equity < -DUST) assertGe(left, equity, "a bid deepened a hole");
    else assertGe(left, equity - ROUNDINGS, "a bid cost more than roundings");
  }

  function _offer(
    AccountId sold,
    AccountId receiver,
    uint256 fraction,
    uint256 limits
  ) private view returns (bytes memory) {
    Offer memory offer;
    offer.account = sold;
    offer.receiver = receiver;
    offer.fraction = int256(_within(fraction, 0, 1.5e18));
    if (limits & 15 == 0) offer.smallest = 0.9e18;
    offer.maxPrice = limits & 240 == 0 ? int256(1) : int256(1e28);
    offer.minHealth = -ANY;
    offer.maxHealth = limits & 0xf00 == 0 ? int256(0.5e18) : ANY;
    return abi.encodeCall(door.bid, (offer));
  }

  /// What IM leaves free, in wads.
  function _spare(AccountId id) private view returns (uint256) {
    Margin memory margin = door.margin(id);
    return uint256(_max(0, margin.initialEquity - margin.initial - _max(0, _recentGains(id))));
  }
}
