// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {IClearinghouse} from "../interfaces/IClearinghouse.sol";
import * as AuctionMath from "../math/AuctionMath.sol";
import * as FuseMath from "../math/FuseMath.sol";
import * as ThrottleMath from "../math/ThrottleMath.sol";
import {MAX_VALUE, WAD, ceilDiv, max, min, mulDown} from "../math/WadMath.sol";
import {Offer, Slice} from "../types/Offer.sol";
import {AccountId, FUND, NO_ASSET, accountId} from "../types/Ids.sol";
import {MILLIONTH, PART} from "../types/Params.sol";
import {AccountHealth} from "../types/Portfolio.sol";
import {Account, CallState, Holding, Phase, State} from "../types/State.sol";
import {Accounts} from "./Accounts.sol";
import {Cash} from "./Cash.sol";
import {Custody} from "./Custody.sol";
import {Estimates} from "./Estimates.sol";
import {PayoutHaircuts} from "./PayoutHaircuts.sol";
import {Insurance} from "./Insurance.sol";
import {KeeperRewards} from "./KeeperRewards.sol";
import {View} from "./Portfolios.sol";
import {Positions} from "./Positions.sol";
import {Prices} from "./Prices.sol";
import {Rates} from "./Rates.sol";
import {Sponsors} from "./Sponsors.sol";
import {AccountHealths} from "./AccountHealths.sol";
import {Throttle} from "./Throttle.sol";

/// @notice The margin call, the fuse, the auction of slices, and the house as last owner.
library Liquidation {
  uint256 private constant CONFIRM_FAST = 60; // seconds, with a newer round of a heavy factor
  uint256 private constant CONFIRM_SLOW = 600; // seconds
  uint256 private constant UNCONFIRMED = 900; // seconds a loss that no newer round confirms counts
  uint256 private constant UNSOLD = 1_800; // seconds of backed auction before the house takes over
  uint256 private constant SILENT = 86_400; // seconds of it, if prices in doubt may leave equity that pays bidders
  int256 private constant WATCH = 1.25e18; // health under which an account is warned, once
  int256 private constant REARMED = 1.35e18; // from which on it may be warned again
  int256 private constant OWNER_SHARE = 0.2e18; // of positive equity, when the house takes over

  /// @notice An account as a poke sees it; and as it is confirmed, each measured once it is asked for.
  struct Look {
    AccountHealth now_;
    AccountHealth steady;
    AccountHealth told;
    bool steadied; // was `steady` measured
    bool asked; // was `told`
  }

  /// @notice What was seen of an account, since when, and what makes it so.
  struct ConditionCheck {
    uint40 first;
    Look look;
    function(AccountHealth memory) pure returns (bool) isSo;
  }

  /// @notice Opens or continues a call, or warns of one. Reverts if there is nothing to do.
  function call(State storage s, AccountId id) external {
    Account storage account = s.accounts[id];
    bool cold = account.phase == Phase.Clear && account.fuse == 0;
    bool warned = account.warned;
    Estimates.enter(s, id);
    AccountHealth memory now_ = _poke(s, id);
    // What it lost is then in the ledger, whoever is touched next.
    if (_isBroke(now_) && account.positions > 0) Positions.settle(s, id);
    bool idle = cold && account.phase == Phase.Clear && account.warned == warned;
    require(!idle, IClearinghouse.AccountHealthy(id, now_.equity, now_.maintenance));
  }

  /// @notice Reads health and moves fuse and phase; every verb on an account in call does. Where more rounds
  /// of a window wait than it walks it moves nothing, and stops no verb.
  function poke(State storage s, AccountId id) external {
    if (!Estimates.tryEnter(s, id)) _poke(s, id);
  }

  /// @notice Sells a slice of an account in auction. The receiver is for the door to prove and to poke.
  function bid(State storage s, Offer calldata offer) external returns (Slice memory slice) {
    require(offer.account != offer.receiver, IClearinghouse.SelfBid(offer.account));
    Estimates.enter(s, offer.account);
    Estimates.enter(s, offer.receiver);
    AccountHealth memory now_ = _poke(s, offer.account);
    Account storage account = s.accounts[offer.account];
    require(
      account.phase == Phase.Auction,
      IClearinghouse.NotInAuction(offer.account, account.phase)
    );
    require(
      now_.health >= offer.minHealth && now_.health <= offer.maxHealth,
      IClearinghouse.HealthOutside(offer.account, now_.health, offer.minHealth, offer.maxHealth)
    );
    slice = _slice(s, offer.account, now_, offer.fraction);
    int256 wanted = min(offer.fraction, slice.largest);
    int256 least = max(offer.smallest, AuctionMath.smallestSlice(slice.largest));
    require(
      wanted > 0 && wanted >= least,
      IClearinghouse.BidTooSmall(offer.account, wanted, least)
    );
    if (slice.fraction < least) Throttle.refuse(s, offer.account, now_.deltas, least);
    require(
      slice.price <= offer.maxPrice,
      IClearinghouse.PriceTooHigh(offer.account, slice.price, offer.maxPrice)
    );
    Throttle.take(s, now_.deltas, slice.fraction);
    _settle(s, offer.account, offer.receiver, slice);
    account.call.sold = uint40(block.timestamp);
    emit IClearinghouse.Bid(offer.account, offer.receiver, msg.sender, slice);
    _closeIfEmpty(s, offer.account);
    if (account.phase != Phase.Clear) _endIfDone(s, offer.account, slice, now_);
    Sponsors.forfeit(s, offer.account, slice.fraction);
  }

  /// A bid for all that was for sale ends the auction. A slice is the same part of all there is, so what it
  /// leaves is known without another look. What a loss was booked for is looked at again: at once if all that
  /// was for sale was sold, else by whoever pokes it next.
  function _endIfDone(
    State storage s,
    AccountId id,
    Slice memory slice,
    AccountHealth memory now_
  ) private {
    bool done = slice.fraction == slice.largest;
    if (slice.waterfall > 0) {
      if (!done) return;
      now_ = _poke(s, id);
      done = now_.health >= WAD && s.accounts[id].phase != Phase.Clear;
    } else {
      now_.equity -= mulDown(slice.fraction, slice.discount);
      now_.maintenance -= mulDown(slice.fraction, now_.maintenance);
    }
    if (done) _cure(s, id, now_);
  }

  /// @notice After half an hour of backed auction without a bid the house takes the book.
  function takeOver(State storage s, AccountId id) external returns (AccountId backstopAccount) {
    Estimates.enter(s, id);
    AccountHealth memory now_ = _poke(s, id);
    Account storage account = s.accounts[id];
    require(
      account.phase == Phase.Auction && !_isHouse(id),
      IClearinghouse.NotInAuction(id, account.phase)
    );
    uint256 backed = account.call.backed;
    bool waits = now_.equity > 0 && !_isThin(FuseMath.atBest(now_)); // nobody may be able to bid
    uint256 earliest = Math.max(backed, account.call.sold) + (waits ? SILENT : UNSOLD);
    require(
      backed != 0 && block.timestamp >= earliest,
      IClearinghouse.TakeOverTooEarly(id, backed, earliest)
    );
    require(_isThin(now_), IClearinghouse.NotBacked(id, now_.equity, now_.maintenance));
    backstopAccount = accountId(address(0), ++s.takeovers);
    int256 kept = Prices.toCash(s, mulDown(OWNER_SHARE, max(0, now_.equity)));
    int256 lost = Prices.toCashUp(s, max(0, -now_.equity));
    Cash.accrue(s.cash);
    int256 socialized = PayoutHaircuts.charge(s, id, lost);
    _move(s, id, backstopAccount, WAD);
    Cash.change(s, backstopAccount, lost - kept);
    Cash.change(s, id, kept);
    Insurance.pay(s, id, lost, socialized);
    Cash.reprice(s);
    _clear(s, id);
    s.accounts[backstopAccount].phase = Phase.Auction;
    s.accounts[backstopAccount].call.opened = uint40(block.timestamp);
    emit IClearinghouse.TakeOver(id, backstopAccount, now_.equity, kept, lost);
    Sponsors.forfeit(s, id, WAD);
  }

  /// @notice What a bid for `fraction` would do now; the account must be in auction.
  function quote(
    State storage s,
    AccountId id,
    int256 fraction
  ) external view returns (Slice memory) {
    Phase phase = s.accounts[id].phase;
    require(phase == Phase.Auction, IClearinghouse.NotInAuction(id, phase));
    return _slice(s, id, AccountHealths.accountHealth(s, id, View.Plain), fraction);
  }

  function _poke(State storage s, AccountId id) private returns (AccountHealth memory now_) {
    Rates.noteHeld(s, id);
    now_ = AccountHealths.accountHealth(s, id, View.Plain);
    Account storage account = s.accounts[id];
    Look memory look;
    look.now_ = now_;
    if (_isHouse(id)) {
      _confirmBacking(s, id, look);
      _notice(s, id, look);
      _sweep(s, id);
      return now_;
    }
    _moveFuse(account, now_);
    // No call because a feed died: what is in doubt could not cure it, or it is far below.
    bool due = FuseMath.isCertain(now_) || _isLow(now_);
    if (account.phase == Phase.Clear && due) _open(s, id, now_);
    if (account.phase != Phase.Clear && now_.health >= AuctionMath.CURE) _cure(s, id, now_);
    _warn(id, account, now_);
    if (account.phase == Phase.Called) _tryAuction(s, id, look);
    if (account.phase == Phase.Auction) {
      _confirmFloor(s, id, look);
      _confirmBacking(s, id, look);
    }
    _notice(s, id, look);
    account.poked = uint32(block.timestamp);
    account.call.health = int72(now_.health);
    account.call.certain = FuseMath.isCertain(now_);
  }

  function _moveFuse(Account storage account, AccountHealth memory now_) private {
    int256 elapsed = int256(block.timestamp - account.poked);
    int256 before = account.call.health;
    int256 fuse = int256(uint256(account.fuse));
    if (account.phase != Phase.Clear && max(before, now_.health) < WAD) {
      if (!FuseMath.isCertain(now_) || !account.call.certain) return;
      int256 longest = int256(uint256(account.call.longest));
      int256 most = longest * int256(uint256(account.call.cover));
      int256 grace = FuseMath.graceOf(min(before, now_.health), now_.calmness, most);
      account.fuse = uint64(uint256(FuseMath.burn(fuse, elapsed, grace)));
    } else if (fuse > 0 && min(before, now_.health) >= AuctionMath.CURE) {
      account.fuse = uint64(uint256(FuseMath.cool(fuse, elapsed)));
    }
  }

  function _open(State storage s, AccountId id, AccountHealth memory now_) private {
    Account storage account = s.accounts[id];
    int256 cover = FuseMath.coverOf(Insurance.fund(s), Insurance.required(s));
    account.phase = Phase.Called;
    account.finder = msg.sender;
    account.call.cover = uint64(uint256(cover));
    account.call.longest = s.tiers[account.tier].longest;
    emit IClearinghouse.Call(id, now_.equity, now_.maintenance, uint256(cover));
  }

  function _cure(State storage s, AccountId id, AccountHealth memory now_) private {
    _clear(s, id);
    emit IClearinghouse.Cured(id, now_.equity, now_.maintenance);
  }

  /// Whoever is called needs no warning any more.
  function _warn(AccountId id, Account storage account, AccountHealth memory now_) private {
    if (account.warned) {
      if (now_.health >= REARMED) account.warned = false;
    } else if (now_.health < WATCH) {
      account.warned = true;
      if (account.phase != Phase.Clear) return;
      emit IClearinghouse.MarginWarning(id, now_.equity, now_.maintenance);
    }
  }

  function _tryAuction(State storage s, AccountId id, Look memory look) private {
    Account storage account = s.accounts[id];
    AccountHealth memory now_ = look.now_;
    bool low = _confirmFloor(s, id, look);
    bool burnt =
      account.fuse >= 1e18 && _isSteady(s, id, ConditionCheck(0, look, FuseMath.isCertain));
    if (!low && !burnt) return;
    account.phase = Phase.Auction;
    account.call.opened = uint40(block.timestamp);
    uint256 heaviest = Throttle.heaviestOf(s, now_.deltas);
    account.heaviest = uint8(heaviest);
    account.scarce = uint80(uint256(ceilDiv(Throttle.scarceOf(s, heaviest), PART)));
    emit IClearinghouse.AuctionOpened(id, now_.equity, now_.maintenance, low);
    KeeperRewards.payFinder(s, account.finder, now_.gross);
  }

  /// A floor seen once may be a wick; seen again after a newer round, or ten minutes on, it is not: unless it
  /// hangs on a rate that only one round tells.
  function _confirmFloor(State storage s, AccountId id, Look memory look) private returns (bool) {
    CallState storage c = s.accounts[id].call;
    if (c.low == 0) (c.lowSeen, c.low) = _confirm(s, id, ConditionCheck(c.lowSeen, look, _isLow));
    return c.low != 0;
  }

  // solhint-disable-next-line no-unused-private-funcs
  function _isLow(AccountHealth memory one) private pure returns (bool) {
    return one.health < WAD && one.health <= one.floor;
  }

  function _isThin(AccountHealth memory one) private pure returns (bool) {
    return AuctionMath.isBacked(one.equity, one.gross, one.maintenance);
  }

  function _confirmBacking(State storage s, AccountId id, Look memory look) private {
    CallState storage c = s.accounts[id].call;
    if (c.backed != 0) return;
    (c.thinSeen, c.backed) = _confirm(s, id, ConditionCheck(c.thinSeen, look, _isThin));
    if (c.backed != 0) emit IClearinghouse.AuctionBacked(id, look.now_.equity);
  }

  function _isBroke(AccountHealth memory one) private pure returns (bool) {
    return one.equity < 0;
  }

  /// What an account is below zero counts against winners who close, and what they do not bear of it against
  /// lenders who leave, before it is booked: until it is gone, or has stayed unconfirmed for too long.
  function _notice(State storage s, AccountId id, Look memory look) private {
    CallState storage c = s.accounts[id].call;
    bool seen = _isBroke(look.now_);
    if (!seen && c.brokeSeen == 0) return;
    (uint40 first, uint40 confirmed) = _confirm(s, id, ConditionCheck(c.brokeSeen, look, _isBroke));
    bool lapsed = confirmed == 0 && block.timestamp >= first + UNCONFIRMED;
    int256 unbookedLoss =
      seen && !lapsed ? min(MAX_VALUE, Prices.toCashUp(s, -look.now_.equity)) : int256(0);
    c.brokeSeen = uint32(first);
    _see(s, id, unbookedLoss);
    emit IClearinghouse.LossSeen(id, c.unbookedLoss, s.cash.shortfall);
  }

  /// Of what an account lacks winners bear their part.
  function _see(State storage s, AccountId id, int256 unbookedLoss) private {
    unbookedLoss -= PayoutHaircuts.notice(s, id, unbookedLoss);
    _setLacks(s, s.accounts[id].call, uint64(uint256(ceilDiv(unbookedLoss, MILLIONTH))));
  }

  function _setLacks(State storage s, CallState storage c, uint64 unbookedLoss) private {
    int256 more = (int256(uint256(unbookedLoss)) - int256(uint256(c.unbookedLoss))) * MILLIONTH;
    s.cash.shortfall = uint112(uint256(int256(uint256(s.cash.shortfall)) + more));
    c.unbookedLoss = unbookedLoss;
  }

  /// When it was first seen, and when confirmed.
  function _confirm(
    State storage s,
    AccountId id,
    ConditionCheck memory sight
  ) private view returns (uint40, uint40) {
    uint40 time = uint40(block.timestamp);
    uint40 first = sight.first;
    AccountHealth memory now_ = sight.look.now_;
    if (!sight.isSo(now_)) return (0, 0);
    if (first == 0) return (time, 0);
    bool slow = time >= first + CONFIRM_SLOW && sight.isSo(FuseMath.atBest(now_));
    bool fast = time >= first + CONFIRM_FAST && now_.heavyRound > first;
    bool confirmed = (fast && _isTold(s, id, sight)) || (slow && _isSteady(s, id, sight));
    return (first, confirmed ? time : 0);
  }

  /// Is it so, too, if no rate is below the last sound one?
  function _isSteady(
    State storage s,
    AccountId id,
    ConditionCheck memory sight
  ) private view returns (bool) {
    return sight.isSo(FuseMath.atBest(_steady(s, id, sight.look)));
  }

  function _steady(
    State storage s,
    AccountId id,
    Look memory look
  ) private view returns (AccountHealth memory) {
    if (!look.steadied) {
      bool same = Rates.areSteady(s, id);
      look.steady = same ? look.now_ : AccountHealths.accountHealth(s, id, View.Steady);
      look.steadied = true;
    }
    return look.steady;
  }

  /// Is it so at the last rounds told, too, one of them newer than the sighting?
  function _isTold(
    State storage s,
    AccountId id,
    ConditionCheck memory sight
  ) private view returns (bool) {
    Look memory look = sight.look;
    if (!look.asked) {
      bool selfTold = AccountHealths.areSelfTold(s, look.now_.deltas);
      look.told = selfTold ? _steady(s, id, look) : AccountHealths.accountHealth(s, id, View.Told);
      look.asked = true;
    }
    return look.told.heavyRound > sight.first && sight.isSo(look.told);
  }

  function _slice(
    State storage s,
    AccountId id,
    AccountHealth memory now_,
    int256 fraction
  ) private view returns (Slice memory slice) {
    CallState storage c = s.accounts[id].call;
    bool thin = _isThin(now_);
    int256 backing = c.backed != 0 && thin ? _backing(c, now_) : int256(0);
    slice.equity = now_.equity;
    slice.discount =
      backing > 0 ? AuctionMath.ownBacking(now_.equity, backing) : _discount(s, id, now_);
    slice.largest = _largest(s, id, now_, slice.discount);
    slice.available = _waits(c, id) ? Throttle.roomOf(s, now_.deltas) : WAD;
    slice.fraction = min(min(fraction, slice.largest), slice.available);
    if (c.backed != 0 && thin) {
      slice.waterfall = Prices.toCash(
        s,
        AuctionMath.waterfallShare(slice.fraction, now_.equity, backing)
      );
    }
    int256 paid = AuctionMath.slicePrice(slice.fraction, now_.equity, slice.discount);
    slice.price = Prices.toCashUp(s, paid) - slice.waterfall;
  }

  /// For the throttle: at most its own Gmax, and not once it is too low to wait, nor when it is the house's.
  function _waits(CallState storage c, AccountId id) private view returns (bool) {
    return c.low == 0 && !_isHouse(id) && block.timestamp < uint256(c.opened) + c.longest;
  }

  function _backing(CallState storage c, AccountHealth memory now_) private view returns (int256) {
    int256 elapsed = int256(block.timestamp - c.backed);
    return AuctionMath.backingOf(now_.gross, now_.maintenance, elapsed);
  }

  /// It waits while what its book weighs most in is scarce, but not once it is below the floor.
  function _discount(
    State storage s,
    AccountId id,
    AccountHealth memory now_
  ) private view returns (int256) {
    CallState storage c = s.accounts[id].call;
    int256 elapsed = int256(block.timestamp - c.opened);
    if (c.low == 0) elapsed = _counted(s, s.accounts[id], elapsed);
    int256 slow = _discountAt(elapsed, AuctionMath.DISCOUNT_SECONDS, now_);
    if (c.low == 0) return slow;
    elapsed = int256(block.timestamp - c.low);
    return max(slow, _discountAt(elapsed, AuctionMath.URGENT_SECONDS, now_));
  }

  function _counted(
    State storage s,
    Account storage account,
    int256 elapsed
  ) private view returns (int256) {
    int256 before = int256(uint256(account.scarce)) * PART;
    int256 scarce = max(0, Throttle.scarceOf(s, account.heaviest) - before);
    return ThrottleMath.countedOf(elapsed, scarce, int256(uint256(account.call.longest)));
  }

  function _discountAt(
    int256 elapsed,
    int256 duration,
    AccountHealth memory now_
  ) private pure returns (int256) {
    return AuctionMath.discountOf(now_.equity, now_.gross, elapsed, duration);
  }

  /// f_max: the house's own books and dust go whole.
  function _largest(
    State storage s,
    AccountId id,
    AccountHealth memory now_,
    int256 discount
  ) private view returns (int256) {
    if (_isHouse(id)) return WAD;
    if (now_.gross <= int256(uint256(s.liquidation.dust)) * WAD) return WAD;
    int256 cure = AuctionMath.cureOf(now_.health);
    return AuctionMath.largestSlice(now_.equity, now_.maintenance, discount, cure);
  }

  function _settle(State storage s, AccountId from, AccountId to, Slice memory slice) private {
    Cash.accrue(s.cash);
    if (slice.waterfall > 0) _book(s, from, slice.waterfall);
    if (Cash.hasUnborne(s.cash)) _chargeWithdrawerLoss(s, from, to, slice);
    _move(s, from, to, slice.fraction);
    Cash.change(s, to, -slice.price);
    Cash.change(s, from, slice.price + slice.waterfall);
    Cash.reprice(s);
  }

  /// A bidder who lent pays debt out of lent cash, too. What the slice lacked is no longer to come.
  function _chargeWithdrawerLoss(
    State storage s,
    AccountId from,
    AccountId to,
    Slice memory slice
  ) private {
    CallState storage c = s.accounts[from].call;
    int256 unbookedLoss = int256(uint256(c.unbookedLoss));
    if (unbookedLoss > 0)
      _setLacks(s, c, uint64(uint256(unbookedLoss - mulDown(slice.fraction, unbookedLoss))));
    Custody.chargeWithdrawerLoss(s, to, from, slice.price, slice.fraction);
  }

  /// Before the book moves: who takes over its debt may have lent, and bears a part of the loss like any
  /// lender. The failed account bears one of what it truly has, once it has paid what its positions lost.
  function _book(State storage s, AccountId from, int256 waterfall) private {
    int256 socialized = PayoutHaircuts.charge(s, from, waterfall);
    if (s.accounts[from].positions > 0) Positions.settle(s, from);
    Insurance.pay(s, from, waterfall, socialized);
  }

  /// Moves a fraction of every asset, in whole units of its token, and of the cash; what is rounded stays with
  /// assets, goes with debt.
  function _move(State storage s, AccountId from, AccountId to, int256 fraction) private {
    Account storage account = s.accounts[from];
    if (account.positions > 0) Positions.move(s, from, to, fraction);
    for (uint256 i = Accounts.count(account); i > 0; --i) {
      Holding held = account.holdings[i - 1]; // from the last, since an emptied one is replaced by it
      uint256 moved = uint256(mulDown(int256(held.amountOf()), fraction));
      if (fraction < WAD) moved -= moved % Custody.unitOf(s, held.assetOf());
      Accounts.remove(account, held.assetOf(), moved);
      Accounts.add(s, to, held.assetOf(), moved);
    }
    int256 cash = mulDown(Cash.cashOf(s, from), fraction);
    Cash.change(s, from, -cash);
    Cash.change(s, to, cash);
  }

  /// What is left of the house's without a book nobody would bid for: its debt is a loss.
  function _sweep(State storage s, AccountId id) private {
    Account storage account = s.accounts[id];
    if (account.holdings[0].assetOf() != NO_ASSET || account.positions > 0) return;
    Cash.accrue(s.cash);
    int256 lost = max(0, -Cash.cashOf(s, id));
    if (lost > 0) {
      _book(s, id, lost);
      Cash.change(s, id, lost);
    }
    _closeIfEmpty(s, id);
  }

  /// An emptied account is done; what an emptied house account made goes to the fund.
  function _closeIfEmpty(State storage s, AccountId id) private {
    Account storage account = s.accounts[id];
    if (account.holdings[0].assetOf() != NO_ASSET || account.principal < 0) return;
    if (account.positions > 0) return;
    _clear(s, id);
    if (!_isHouse(id)) return;
    int256 cash = Cash.cashOf(s, id);
    Cash.change(s, id, -cash);
    Cash.change(s, FUND, cash);
    Cash.reprice(s);
  }

  /// Whose call ends is healthy: its fuse cools from now on.
  function _clear(State storage s, AccountId id) private {
    Account storage account = s.accounts[id];
    account.phase = Phase.Clear;
    if (account.call.brokeSeen != 0) _see(s, id, 0);
    delete account.call;
    account.call.health = int72(AuctionMath.CURE);
  }

  function _isHouse(AccountId id) private pure returns (bool) {
    return id.ownerOf() == address(0);
  }
}
