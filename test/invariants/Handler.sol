// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IClearinghouse} from "../../contracts/interfaces/IClearinghouse.sol";
import {Offer} from "../../contracts/types/Offer.sol";
import {AccountId, FUND, accountId} from "../../contracts/types/Ids.sol";
import {Margin} from "../../contracts/types/Portfolio.sol";
import {Phase} from "../../contracts/types/State.sol";
import {World} from "./World.sol";

/// @notice The verbs of the door that are no trades, at random and by anyone.
abstract contract Handler is World {
  int256 private constant ANY = 100e18;
  int256 private constant DUST = 1_000; // wei
  int256 private constant ROUNDINGS = 10; // wei

  constructor() {
    _learn();
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
      door.withdraw(
        _accounts[i],
        address(_markets[0].token),
        spare / (i < 3 ? 1.1e12 : 2e12),
        address(0xdead)
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
    if (_try("batch", id.ownerOf(), abi.encodeCall(door.batch, (calls)))) _requireSeasoned(id);
  }

  function observe(uint256 factor, uint256 rounds) external act {
    _try("observe", msg.sender, abi.encodeCall(door.observe, (factor % 6, _within(rounds, 0, 12))));
  }

  function accrue() external act {
    _try("accrue", msg.sender, abi.encodeCall(door.accrue, ()));
  }

  function call(uint256 who) external act {
    AccountId id = who & 1 == 0 ? _anyAccount(who >> 1) : _inPhase(who >> 1, Phase.Called);
    bool owes = !_owesNothing(id);
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
    bool held = _bookOf[sold].length > 0;
    (int256 equity, int256 required) = door.health(sold);
    if (!_try("bid", _anyCaller(receiver, limits >> 16), data)) return;
    _requireCapacity(receiver);
    if (held) _count("slice with positions sold");
    if (measured) _requireNoLess(sold, equity, required);
  }

  function takeOver(uint256 who) external act {
    AccountId id = _inPhase(who, Phase.Auction);
    bool held = _bookOf[id].length > 0;
    if (!_try("takeOver", msg.sender, abi.encodeCall(door.takeOver, (id)))) return;
    if (held) _count("book with positions taken over");
    _accounts.push(accountId(address(0), uint96(_accounts.length - OWNERS)));
  }

  // What is asked of them.

  /// What took something out leaves IM, without what settlement paid a moment ago.
  function _requireLeft(AccountId id) private {
    _requireSeasoned(id);
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

  function _learn() private {
    _expect("deposit done");
    _expect("deposit refused");
    _expect("withdraw done");
    _expect("withdraw refused");
    _expect("borrow done");
    _expect("borrow refused");
    _expect("repay done");
    _expect("repay refused");
    _expect("transfer done");
    _expect("transfer refused");
    _expect("setGrace done");
    _expect("setGrace refused");
    _expect("setOperator done");
    _expect("setOperator refused");
    _expect("batch done");
    _expect("batch refused");
    _expect("observe done");
    _expect("observe refused");
    _expect("call done");
    _expect("call refused");
    _expect("bid done");
    _expect("bid refused");
    _expect("takeOver done");
    _expect("takeOver refused");
    _expect("cancel done");
    _expect("cancel refused");
    _expect("cancelBelow done");
    _expect("cancelBelow refused");
    _expect("batch with a fill done");
    _expect("batch with a fill refused");
    _expect("batchReducing done");
    _expect("batchReducing refused");
    _expect("settle done");
    _expect("settle refused");
    _expect("postSurface done");
    _expect("postSurface refused");
    _expect("accrue done");
    _expect("settleExpired done");
    _expect("settleExpiries done");
    _expect("tick");
    _expect("keep");
    _expect("crash");
    _expect("rally");
    _expect("depeg");
    _expect("misprint");
    _expect("silence");
    _expect("donate");
    _expect("leap with rounds");
    _expect("leap with few rounds");
    _expect("leap in silence");
    _expect("expiry listed");
    _expect("perp filled");
    _expect("future filled");
    _expect("call filled");
    _expect("put filled");
    _expect("order met its own account");
    _expect("one wei filled");
    _expect("reduce-only order filled");
    _expect("reducing order filled");
    _expect("named order filled");
    _expect("operator's order filled");
    _expect("rested order filled");
    _expect("order filled in part");
    _expect("filled beside a failure");
    _expect("several filled at once");
    _expect("position closed by a fill");
    _expect("reduced below MM");
    _expect("reducing order proved by IM");
    _expect("batch that reduced");
    _expect("slice with positions sold");
    _expect("book with positions taken over");
    _expect("left with positions");
    _expect("left with recent gains");
    _expect("fill refused: MarginTooLow");
    _expect("fill refused: PriceNotOk");
    _expect("fill refused: InCall");
    _expect("fill refused: UnknownInstrument");
    _expect("fill refused: InstrumentsDiffer");
    _expect("fill refused: NotOneMaker");
    _expect("fill refused: SameSide");
    _expect("fill refused: NotNamed");
    _expect("fill refused: PriceOutsideLimit");
    _expect("fill refused: PriceOutsideBand");
    _expect("fill refused: OrderExpired");
    _expect("fill refused: OrderCancelled");
    _expect("fill refused: CounterTooLow");
    _expect("fill refused: Overfilled");
    _expect("fill refused: BadSignature");
    _expect("fill refused: FeeTooHigh");
    _expect("fill refused: SurfaceStale");
    _expect("fill refused: OpenInterestCapExceeded");
    _expect("fill refused: StrikeOutOfReach");
    _expect("fill refused: WouldGrow");
    _expect("fill refused: NotReducing");
    _expect("fill refused: NotAuthorized");
    _expect("fill refused: HouseAccount");
    _expect("fill refused: InstrumentExpired");
    _expect("fill refused: AmountZero");
    _expect("batch with a fill refused: BatchMixed");
    _watch(IClearinghouse.Call.selector, "calls opened");
    _watch(IClearinghouse.Cured.selector, "calls cured");
    _watch(IClearinghouse.AuctionOpened.selector, "auctions opened");
    _watch(IClearinghouse.AuctionBacked.selector, "auctions backed");
    _watch(IClearinghouse.Bid.selector, "slices sold");
    _watch(IClearinghouse.TakeOver.selector, "books taken over");
    _watch(IClearinghouse.InsurancePaid.selector, "insurance paid");
    _watch(IClearinghouse.DeficitBooked.selector, "deficits booked");
    _watch(IClearinghouse.LendersCharged.selector, "lenders charged");
    _watch(IClearinghouse.Settled.selector, "positions touched");
    _watch(IClearinghouse.ExpirySettled.selector, "expiries settled");
  }
}
