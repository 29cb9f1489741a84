// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Vm} from "@chainlink/contracts/src/v0.8/vendor/forge-std/src/Vm.sol";

import {IClearinghouse} from "../../contracts/interfaces/IClearinghouse.sol";
import {Offer} from "../../contracts/types/Offer.sol";
import {AccountId, FUND, accountId} from "../../contracts/types/Ids.sol";
import {Margin} from "../../contracts/types/Portfolio.sol";
import {Account, Phase} from "../../contracts/types/State.sol";
import {Laws} from "./Laws.sol";
import {Market} from "./LocalPool.sol";

/// @notice The verbs of the door and the moves of the world, at random and by anyone. A refusal is
/// fine if it is one of the door's own errors; the laws are checked after every act.
abstract contract Handler is Laws {
  uint256 private constant OWNERS = 6; // after the fund in _accounts
  uint256 private constant WAD = 1e18;
  int256 private constant ANY = 100e18;
  int256 private constant DUST = 1_000; // wei
  int256 private constant ROUNDINGS = 10; // wei

  string[] private _names; // of what is counted
  mapping(string => uint256) private _counts;
  mapping(bytes4 => bool) private _typed;
  mapping(bytes32 => string) private _events;

  constructor() {
    _learn();
    _accounts.push(FUND);
    for (uint256 i = 0; i < OWNERS; ++i) {
      address owner = address(uint160(0xa11ce + i / 2)); // two accounts each
      _accounts.push(accountId(owner, uint96(i % 2)));
      for (uint256 m = 0; m < _markets.length; ++m) {
        vm.prank(owner);
        _markets[m].token.approve(_vault, type(uint256).max);
      }
    }
    _open();
    vm.recordLogs();
  }

  /// Lenders, a small fund, and borrowers near their limit.
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
      door.withdraw(_accounts[i], address(_markets[0].token), spare / 1.1e12, address(0xdead));
    }
  }

  modifier act() {
    vm.warp(_clock);
    _;
    _uphold(_readLogs());
  }

  // The verbs.

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
    if (_try("withdraw", from, data)) _requireInitial(id);
  }

  function borrow(uint256 who, uint256 share) external act {
    AccountId id = _anyOwned(who);
    uint256 amount = (_spare(id) * _within(share, 0.5e18, 1.1e18)) / WAD / 1e12;
    if (_try("borrow", id.ownerOf(), _withdrawal(id, 0, amount))) _requireInitial(id);
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
    if (_try("transfer", from, data)) _requireInitial(id);
  }

  function setGrace(uint256 who, uint256 tier) external act {
    AccountId id = _anyOwned(who);
    bytes memory data = abi.encodeCall(door.setGrace, (id, uint8(tier % 5)));
    if (_try("setGrace", id.ownerOf(), data)) _requireInitial(id);
  }

  function setOperator(uint256 who, uint256 whom, uint256 scopes, uint256 time) external act {
    AccountId id = _anyOwned(who);
    address operator = _anyOwned(whom).ownerOf();
    uint40 expiry = uint40(_clock + _within(time, 0, 2 days));
    bytes memory data = abi.encodeCall(
      door.setOperator,
      (id, operator, uint8(scopes % 32), expiry)
    );
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
    if (_try("batch", id.ownerOf(), abi.encodeCall(door.batch, (calls)))) _requireInitial(id);
  }

  function observe(uint256 factor, uint256 rounds) external act {
    _try("observe", msg.sender, abi.encodeCall(door.observe, (factor % 6, _within(rounds, 0, 12))));
  }

  function accrue() external act {
    _try("accrue", msg.sender, abi.encodeCall(door.accrue, ()));
  }

  function call(uint256 who) external act {
    AccountId id = who & 1 == 0 ? _anyAccount(who >> 1) : _inPhase(who >> 1, Phase.Called);
    bool owes = door.cashOf(id) < 0;
    if (_try("call", msg.sender, abi.encodeCall(door.call, (id))) && !owes)
      assertTrue(
        door.accountOf(id).phase == Phase.Clear || id.ownerOf() == address(0),
        "called an account that owes nothing"
      );
  }

  function bid(uint256 who, uint256 whom, uint256 fraction, uint256 limits) external act {
    AccountId sold = _inPhase(who, Phase.Auction);
    AccountId receiver = whom & 1 == 0 ? _accounts[5 + ((whom >> 1) & 1)] : _anyOwned(whom >> 1);
    bytes memory data = _offer(sold, receiver, fraction, limits);
    bool measured = _allOk();
    (int256 equity, int256 required) = door.health(sold);
    if (!_try("bid", _anyCaller(receiver, limits >> 16), data)) return;
    _requireCapacity(receiver);
    if (measured) _requireNoLess(sold, equity, required);
  }

  function takeOver(uint256 who) external act {
    AccountId id = _inPhase(who, Phase.Auction);
    if (!_try("takeOver", msg.sender, abi.encodeCall(door.takeOver, (id)))) return;
    _accounts.push(accountId(address(0), uint96(_accounts.length - OWNERS)));
  }

  // The world.

  /// A while later, every feed has spoken, by a little.
  function tick(uint256 time, uint256 noise) external act {
    _pass(_within(time, 60, 20 minutes));
    for (uint256 m = 0; m < _markets.length; ++m) {
      noise = uint256(keccak256(abi.encode(noise)));
      _say(m, m < 2 ? 1e18 + (noise % 0.001e18) : 0.985e18 + (noise % 0.03e18));
    }
    _count("tick");
  }

  /// A keeper calls everyone it can, once more after some minutes of unchanged prices.
  function keep(uint256 time) external act {
    _pass(_within(time, 61, 10 minutes));
    for (uint256 m = 2; m < _markets.length; ++m) _say(m, WAD);
    for (uint256 i = 0; i < _accounts.length; ++i) {
      _try("call", msg.sender, abi.encodeCall(door.call, (_accounts[i])));
    }
    _count("keep");
  }

  function crash(uint256 factor, uint256 share) external act {
    _pass(30);
    uint256 left = _within(share, 0.35e18, 0.97e18);
    for (uint256 m = 2; m < _markets.length; ++m) {
      if (m == 4 || (factor % 8 < 4 && m != 2 + (factor % 8))) continue;
      _say(m, left);
    }
    _count("crash");
  }

  function rally(uint256 share) external act {
    _pass(30);
    for (uint256 m = 2; m < _markets.length; ++m) if (m != 4) _say(m, _within(share, 1e18, 1.8e18));
    _count("rally");
  }

  function depeg(uint256 which, uint256 price) external act {
    _pass(30);
    uint256 m = which % 8 < 2 ? which % 8 : 1;
    _markets[m].feed.updateAnswer(int256(_within(price, 0.85e8, 1.02e8)));
    _count("depeg");
  }

  /// One feed answers nonsense until its next round.
  function misprint(uint256 which, uint256 answer) external act {
    if (which & 0x300 != 0) return;
    _markets[which % _markets.length].feed.updateAnswer(-int256(answer % 2));
    _count("misprint");
  }

  function silence(uint256 time) external act {
    _pass(_within(time, 1, 3 hours));
    if (time & 63 == 0) _pass(1 days);
    _count("silence");
  }

  function donate(uint256 what, uint256 amount) external act {
    Market memory m = _markets[what % _markets.length];
    amount = _within(amount, 1, _worth(what % _markets.length, 1_000));
    m.token.mint(_vault, amount);
    _donated[address(m.token)] += amount;
    _count("donate");
  }

  // What was seen.

  function names() external view returns (string[] memory) {
    return _names;
  }

  function countOf(string calldata name) external view returns (uint256) {
    return _counts[name];
  }

  function _try(string memory name, address from, bytes memory data) private returns (bool done) {
    bytes memory answer;
    vm.prank(from);
    (done, answer) = address(door).call(data);
    _count(string.concat(name, done ? " done" : " refused"));
    if (!done) assertTrue(_typed[bytes4(answer)], string.concat(name, ": not a typed error"));
  }

  function _count(string memory name) private {
    ++_counts[name];
  }

  /// Counts events. Returns whether lenders were charged.
  function _readLogs() private returns (bool charged) {
    Vm.Log[] memory logs = vm.getRecordedLogs();
    for (uint256 i = 0; i < logs.length; ++i) {
      if (logs[i].emitter != address(door)) continue;
      string memory name = _events[logs[i].topics[0]];
      if (bytes(name).length > 0) _count(name);
      if (logs[i].topics[0] == IClearinghouse.LendersCharged.selector) charged = true;
    }
  }

  /// DESIGN §8: a bid leaves the account no less healthy; a hole it makes no deeper. Equity of a few
  /// wei is at the mercy of roundings, each of one wei.
  function _requireNoLess(AccountId id, int256 equity, int256 required) private view {
    (int256 left, int256 requiredLeft) = door.health(id);
    if (equity > DUST) assertGe(left * required, equity * requiredLeft, "a bid lowered health");
    else if (equity < -DUST) assertGe(left, equity, "a bid deepened a hole");
    else assertGe(left, equity - ROUNDINGS, "a bid cost more than roundings");
  }

  function _pass(uint256 time) private {
    _clock += time;
    vm.warp(_clock);
  }

  /// A new round: the last price times `factor`, within reason of the first price.
  function _say(uint256 m, uint256 factor) private {
    Market memory market = _markets[m];
    uint256 last = uint256(max(1, market.feed.latestAnswer()));
    uint256 first = uint256(market.price);
    uint256 low =
      m < 2
        ? first - first / 500
        : m == 4
          ? first
          : first / 20;
    uint256 high =
      m < 2
        ? first + first / 500
        : m == 4
          ? first
          : first * 4;
    market.feed.updateAnswer(int256(_clamp((last * factor) / WAD, low, high)));
  }

  /// StdUtils' bound, which would print each figure.
  function _within(uint256 x, uint256 low, uint256 high) private pure returns (uint256) {
    return x < low || x > high ? low + (x % (high - low + 1)) : x;
  }

  function _clamp(uint256 x, uint256 low, uint256 high) private pure returns (uint256) {
    return
      x < low
        ? low
        : x > high
          ? high
          : x;
  }

  function max(int256 a, int256 b) private pure returns (int256) {
    return a > b ? a : b;
  }

  /// Token units of a market worth `dollars` at its first price.
  function _worth(uint256 m, uint256 dollars) private view returns (uint256) {
    uint256 price = m == 4 ? 240e8 : uint256(_markets[m].price);
    return (dollars * WORTH * WAD) / price / _markets[m].unit;
  }

  function _give(AccountId id, uint256 m, uint256 amount) private {
    address owner = _accounts.length > 1 && id == FUND ? _accounts[1].ownerOf() : id.ownerOf();
    _markets[m].token.mint(owner, amount);
    vm.prank(owner);
    door.deposit(id, address(_markets[m].token), amount);
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

  function _deposit(AccountId id, uint256 m, uint256 amount) private view returns (bytes memory) {
    return abi.encodeCall(door.deposit, (id, address(_markets[m].token), amount));
  }

  function _withdrawal(
    AccountId id,
    uint256 m,
    uint256 amount
  ) private view returns (bytes memory) {
    return abi.encodeCall(door.withdraw, (id, address(_markets[m].token), amount, address(0xdead)));
  }

  /// Token units of a market that an account could take out without borrowing.
  function _held(AccountId id, uint256 m) private view returns (uint256) {
    if (m == 0) return uint256(max(0, door.cashOf(id))) / 1e12;
    Account memory account = door.accountOf(id);
    for (uint256 i = 0; i < account.holdings.length; ++i) {
      if (account.holdings[i].assetOf() == _markets[m].id)
        return account.holdings[i].amountOf() / _markets[m].unit;
    }
    return 0;
  }

  /// What IM leaves free, in wads.
  function _spare(AccountId id) private view returns (uint256) {
    Margin memory margin = door.margin(id);
    return uint256(max(0, margin.initialEquity - margin.initial));
  }

  function _anyOwned(uint256 seed) private view returns (AccountId) {
    return _accounts[1 + (seed % OWNERS)];
  }

  function _anyAccount(uint256 seed) private view returns (AccountId) {
    return _accounts[seed % _accounts.length];
  }

  /// Mostly the owner.
  function _anyCaller(AccountId id, uint256 seed) private view returns (address) {
    address owner = id.ownerOf();
    return seed & 7 == 0 || owner == address(0) ? _anyOwned(seed >> 3).ownerOf() : owner;
  }

  /// An account in that phase if there is one, else any.
  function _inPhase(uint256 seed, Phase phase) private view returns (AccountId id) {
    for (uint256 i = 0; i < _accounts.length; ++i) {
      id = _anyAccount((seed % 1e9) + i);
      if (door.accountOf(id).phase == phase) return id;
    }
  }

  function _learn() private {
    _names = [
      "deposit done",
      "deposit refused",
      "withdraw done",
      "withdraw refused",
      "borrow done",
      "borrow refused",
      "repay done",
      "repay refused",
      "transfer done",
      "transfer refused",
      "setGrace done",
      "setGrace refused",
      "setOperator done",
      "setOperator refused",
      "batch done",
      "batch refused",
      "observe done",
      "observe refused",
      "accrue done",
      "call done",
      "call refused",
      "bid done",
      "bid refused",
      "takeOver done",
      "takeOver refused",
      "tick",
      "keep",
      "crash",
      "rally",
      "depeg",
      "misprint",
      "silence",
      "donate"
    ];
    _watch(IClearinghouse.Call.selector, "calls opened");
    _watch(IClearinghouse.Cured.selector, "calls cured");
    _watch(IClearinghouse.AuctionOpened.selector, "auctions opened");
    _watch(IClearinghouse.AuctionBacked.selector, "auctions backed");
    _watch(IClearinghouse.Bid.selector, "slices sold");
    _watch(IClearinghouse.TakeOver.selector, "books taken over");
    _watch(IClearinghouse.InsurancePaid.selector, "insurance paid");
    _watch(IClearinghouse.DeficitBooked.selector, "deficits booked");
    _watch(IClearinghouse.LendersCharged.selector, "lenders charged");
    bytes4[29] memory typed = [
      IClearinghouse.NotAuthorized.selector,
      IClearinghouse.HouseAccount.selector,
      IClearinghouse.UnknownAsset.selector,
      IClearinghouse.UnknownFactor.selector,
      IClearinghouse.AssetFrozen.selector,
      IClearinghouse.AmountZero.selector,
      IClearinghouse.AmountTooLarge.selector,
      IClearinghouse.TransferToSelf.selector,
      IClearinghouse.MoreThanHeld.selector,
      IClearinghouse.CapExceeded.selector,
      IClearinghouse.BorrowCapExceeded.selector,
      IClearinghouse.NotEnoughIdle.selector,
      IClearinghouse.TooManyAssets.selector,
      IClearinghouse.TooManyFactors.selector,
      IClearinghouse.NotHeld.selector,
      IClearinghouse.NothingOwed.selector,
      IClearinghouse.MarginTooLow.selector,
      IClearinghouse.PriceNotOk.selector,
      IClearinghouse.EstimateBehind.selector,
      IClearinghouse.InCall.selector,
      IClearinghouse.UnknownTier.selector,
      IClearinghouse.AccountHealthy.selector,
      IClearinghouse.NotInAuction.selector,
      IClearinghouse.BidTooSmall.selector,
      IClearinghouse.PriceTooHigh.selector,
      IClearinghouse.HealthOutside.selector,
      IClearinghouse.SelfBid.selector,
      IClearinghouse.TakeOverTooEarly.selector,
      IClearinghouse.Reentered.selector
    ];
    for (uint256 i = 0; i < typed.length; ++i) _typed[typed[i]] = true;
  }

  function _watch(bytes32 topic, string memory name) private {
    _events[topic] = name;
    _names.push(name);
  }
}
