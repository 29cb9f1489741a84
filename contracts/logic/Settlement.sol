// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";

import {IClearinghouse} from "../interfaces/IClearinghouse.sol";
import * as PerpMath from "../math/PerpMath.sol";
import * as TradeMath from "../math/TradeMath.sol";
import {MAX_AMOUNT, MAX_PRICE, abs, bounded, ceilDiv, max, min, mulDown} from "../math/WadMath.sol";
import {AccountId, FUND, InstrumentId, Kind, assetId} from "../types/Ids.sol";
import {Fill, MAKER, Order, REDUCE_ONLY, REDUCING} from "../types/Order.sol";
import {MILLIONTH, PART, TradeParams} from "../types/Params.sol";
import {OwnMargin} from "../types/Portfolio.sol";
import {InstrumentQuote, Status} from "../types/Price.sol";
import {Market, Permission, Phase, State} from "../types/State.sol";
import {Accounts} from "./Accounts.sol";
import {Cash} from "./Cash.sol";
import {Custody} from "./Custody.sol";
import {Estimates} from "./Estimates.sol";
import {Health} from "./Health.sol";
import {EffectiveParams} from "./EffectiveParams.sol";
import {Locks} from "./Locks.sol";
import {OpenInterest} from "./OpenInterest.sol";
import {Positions} from "./Positions.sol";
import {Quotes} from "./Quotes.sol";
import {Risk} from "./Risk.sol";
import {Signatures} from "./Signatures.sol";
import {Withheld} from "./Withheld.sol";
import {Perp} from "./instruments/Perp.sol";
import {Expiries} from "./instruments/Expiries.sol";

/// @notice Signed orders meet here, and each fill is proved by itself.
library Settlement {
  // solhint-disable gas-small-strings
  bytes32 private constant ORDER_TYPE = keccak256(
    "Order(bytes32 account,uint96 instrument,int256 size,int256 limitPrice,int256 maxFee,uint256 salt,uint256 counter,uint256 deadline,address signer,bytes32 taker,uint8 flags)"
  );
  // solhint-enable gas-small-strings
  uint256 private constant CANCELLED = type(uint256).max;
  int256 private constant LOWEST_STRIKE = 0.1e18; // of the forward, to open
  int256 private constant HIGHEST_STRIKE = 10e18;

  /// @notice What both sides of a fill share.
  struct Deal {
    InstrumentId id;
    uint256 factor;
    int256 size; // above zero
    int256 price;
    InstrumentQuote quote;
    int256 fees; // of both sides, so far
    int256 opened; // long units opened, so far
  }

  /// @notice One side of a fill.
  struct Side {
    AccountId account;
    int256 size; // signed
    int256 feeRate;
    int256 maxFee;
    uint8 flags;
    int256 fee; // cash
    int256 left; // cash, behind for losses that wait
    OwnMargin before; // of an order sent as reducing
  }

  /// @notice Fills two orders against each other. Reverts, and changes nothing, if either may not. Returns
  /// whether `unproved`, whose IM is for the caller to prove, needs it.
  function fill(
    State storage s,
    Fill calldata f,
    bytes32 domain,
    AccountId unproved
  ) external returns (bool owes) {
    _requirePair(f);
    _spend(s, f.maker, f.makerSignature, f.size, domain);
    _spend(s, f.taker, f.takerSignature, f.size, domain);
    _enter(s, f);
    Deal memory deal = _dealOf(s, f);
    TradeParams memory p = s.tradeParams;
    Side memory maker = _sideOf(s, f.maker, f.size, p.makerFee);
    Side memory taker = _sideOf(s, f.taker, f.size, p.takerFee);
    Cash.accrue(s.cash);
    if (Cash.hasUnborne(s.cash)) {
      _chargeWithdrawerLoss(s, deal, maker, taker.account);
      _chargeWithdrawerLoss(s, deal, taker, maker.account);
    }
    _trade(s, deal, maker);
    _trade(s, deal, taker);
    _open(s, deal);
    _charge(s, deal, maker);
    _charge(s, deal, taker);
    _share(s, deal.fees, p);
    if (deal.id.kindOf() == uint8(Kind.Perp)) _movePremium(s, deal);
    Cash.reprice(s);
    emit IClearinghouse.Filled(
      deal.id,
      maker.account,
      taker.account,
      maker.size,
      deal.price,
      deal.fees
    );
    _limitLoss(s, f.maker, deal, maker);
    _limitLoss(s, f.taker, deal, taker);
    // Whoever reduced is measured before a proof of IM walks rounds, which may move what all need.
    _requireReduced(s, maker);
    _requireReduced(s, taker);
    owes = _prove(s, deal, maker, unproved);
    owes = _prove(s, deal, taker, unproved) || owes;
  }

  /// @notice Makes orders unfillable. The sender may trade for their accounts.
  function cancel(State storage s, Order[] calldata orders, bytes32 domain) external {
    for (uint256 i = 0; i < orders.length; ++i) {
      Accounts.authorize(s, orders[i].account, Accounts.TRADE);
      bytes32 hash = _hash(orders[i], domain);
      s.filled[hash] = CANCELLED;
      emit IClearinghouse.Cancelled(orders[i].account, hash);
    }
  }

  /// @notice Makes every order of an account below `counter` unfillable.
  function cancelBelow(State storage s, AccountId account, uint256 counter) external {
    Accounts.authorize(s, account, Accounts.TRADE);
    uint256 least = s.counters[account];
    require(counter > least, IClearinghouse.CounterTooLow(account, counter, least));
    s.counters[account] = counter;
    emit IClearinghouse.CancelledBelow(account, counter);
  }

  function _requirePair(Fill calldata f) private pure {
    (Order calldata a, Order calldata b) = (f.maker, f.taker);
    require(
      a.instrument == b.instrument,
      IClearinghouse.InstrumentsDiffer(a.instrument, b.instrument)
    );
    require(
      a.flags & MAKER != 0 && b.flags & MAKER == 0,
      IClearinghouse.NotOneMaker(a.flags, b.flags)
    );
    require((a.size > 0) != (b.size > 0), IClearinghouse.SameSide(a.size, b.size));
    require(a.account != b.account, IClearinghouse.SelfMatch(a.account));
    require(f.size > 0, IClearinghouse.AmountZero());
    _requireNamed(a, b.account);
    _requireNamed(b, a.account);
    bool crosses = b.size > 0 ? a.limitPrice <= b.limitPrice : a.limitPrice >= b.limitPrice;
    require(crosses, IClearinghouse.PriceOutsideLimit(b.account, a.limitPrice, b.limitPrice));
  }

  function _requireNamed(Order calldata order, AccountId other) private pure {
    bool met = order.taker == FUND || order.taker == other;
    require(met, IClearinghouse.NotNamed(order.account, order.taker, other));
  }

  /// Takes `size` from what is left of an order, once it is sure that its account wished it.
  function _spend(
    State storage s,
    Order calldata order,
    bytes calldata signature,
    int256 size,
    bytes32 domain
  ) private {
    require(order.account.ownerOf() != address(0), IClearinghouse.ReservedAccount(order.account));
    require(
      block.timestamp <= order.deadline,
      IClearinghouse.OrderExpired(order.account, order.deadline)
    );
    uint256 least = s.counters[order.account];
    require(
      order.counter >= least,
      IClearinghouse.CounterTooLow(order.account, order.counter, least)
    );
    _requireSigner(s, order);
    bytes32 hash = _hash(order, domain);
    uint256 filled = s.filled[hash];
    uint256 whole = uint256(abs(bounded(order.size, -MAX_AMOUNT, MAX_AMOUNT)));
    require(filled != CANCELLED, IClearinghouse.OrderCancelled(order.account, hash));
    require(
      uint256(size) <= whole - filled,
      IClearinghouse.Overfilled(order.account, hash, whole - filled, uint256(size))
    );
    require(
      Signatures.isValid(order.signer, hash, signature),
      IClearinghouse.BadSignature(order.account, hash, order.signer)
    );
    s.filled[hash] = filled + uint256(size);
  }

  /// The owner signs, or an operator who may trade.
  function _requireSigner(State storage s, Order calldata order) private view {
    if (order.signer == order.account.ownerOf()) return;
    Permission memory given = s.permissions[order.account][order.signer];
    bool valid = given.scopes & Accounts.TRADE != 0 && block.timestamp < given.expiry;
    require(
      valid && order.signer != address(0),
      IClearinghouse.NotAuthorized(order.account, order.signer, Accounts.TRADE, given.expiry)
    );
  }

  function _hash(Order calldata order, bytes32 domain) private pure returns (bytes32) {
    return MessageHashUtils.toTypedDataHash(domain, keccak256(abi.encode(ORDER_TYPE, order)));
  }

  /// What windows wait for is walked before anything is priced or measured.
  function _enter(State storage s, Fill calldata f) private {
    InstrumentId id = f.maker.instrument;
    if (Expiries.isSettling(s, id)) Estimates.enterFill(s, id.instrumentFactorOf());
    if (f.maker.flags & REDUCING != 0) Estimates.enter(s, f.maker.account);
    if (f.taker.flags & REDUCING != 0) Estimates.enter(s, f.taker.account);
  }

  function _sideOf(
    State storage s,
    Order calldata order,
    int256 size,
    uint32 feeRate
  ) private view returns (Side memory side) {
    side.account = order.account;
    side.size = order.size > 0 ? size : -size;
    side.feeRate = int256(uint256(feeRate)) * PART;
    side.maxFee = min(order.maxFee, MAX_PRICE);
    side.flags = order.flags;
    if (order.flags & REDUCING != 0) {
      side.before = Health.ownMargin(s, order.account);
    } else {
      Phase phase = s.accounts[order.account].phase;
      require(phase == Phase.Clear, IClearinghouse.InCall(order.account, phase));
    }
  }

  /// What is traded, at which price, between which bounds.
  function _dealOf(State storage s, Fill calldata f) private returns (Deal memory deal) {
    deal.id = f.maker.instrument;
    deal.factor = deal.id.instrumentFactorOf();
    deal.size = f.size;
    deal.price = f.maker.limitPrice;
    deal.quote = Quotes.quoteOf(s, deal.id);
    if (f.maker.flags & f.taker.flags & REDUCING == 0) _requireGood(s, deal);
    require(
      deal.price >= deal.quote.low && deal.price <= deal.quote.high,
      IClearinghouse.PriceOutsideBand(deal.id, deal.price, deal.quote.low, deal.quote.high)
    );
    if (deal.id.kindOf() == uint8(Kind.Perp)) Perp.accrue(s, deal.factor, deal.quote.spot);
  }

  /// What a fill needs unless it leaves both sides no worse.
  function _requireGood(State storage s, Deal memory deal) private view {
    Locks.requireOpen(s);
    Quotes.requireOpen(s, deal.id);
    InstrumentQuote memory quote = deal.quote;
    require(
      quote.status == Status.Ok,
      IClearinghouse.PriceNotOk(assetId(deal.factor, 0), quote.spot, quote.updated, quote.status)
    );
  }

  /// A premium, or a price off the mark, may pay the other's debt out of lent cash.
  function _chargeWithdrawerLoss(
    State storage s,
    Deal memory deal,
    Side memory side,
    AccountId other
  ) private {
    int256 paid = TradeMath.costOf(side.size, _priceOf(deal));
    if (paid > 0) side.left = Custody.chargeWithdrawerLoss(s, side.account, other, paid, 0);
  }

  /// What is paid in cash for a unit.
  function _priceOf(Deal memory deal) private pure returns (int256) {
    return Positions.isOption(deal.id) ? deal.price : deal.price - deal.quote.mark;
  }

  /// Moves a position to its new size: what it earned until now is paid, and what the price is off
  /// the mark.
  function _trade(State storage s, Deal memory deal, Side memory side) private {
    uint256 i = Positions.find(s, side.account, deal.id);
    int256 held = Positions.sizeOf(s, side.account, i);
    require(
      side.flags & REDUCE_ONLY == 0 || !TradeMath.growsPosition(held, side.size),
      IClearinghouse.WouldGrow(side.account, deal.id, held, side.size)
    );
    // What the price is off the mark is a gain in options too: no one may pass theirs on by it.
    int256 earned = -TradeMath.costOf(side.size, deal.price - deal.quote.mark);
    int256 moved = -TradeMath.costOf(side.size, _priceOf(deal));
    int256 index = deal.quote.index;
    if (held != 0) {
      int256 worth = index - Positions.payoutHaircutOf(s, deal.id, held);
      int256 accrued = Positions.accruedAt(s, side.account, i, worth);
      (earned, moved) = (earned + accrued, moved + accrued);
    }
    deal.opened += TradeMath.openedBy(held, side.size);
    int256 next = held + side.size;
    index -= Positions.payoutHaircutOf(s, deal.id, next);
    Positions.put(s, side.account, i, deal.id, next, index);
    Cash.change(s, side.account, moved);
    Positions.remember(s, side.account, earned);
  }

  /// Open interest after the fill; one that raises it needs an open market, room, and a strike within
  /// reach.
  function _open(State storage s, Deal memory deal) private {
    OpenInterest.change(s, deal.id, deal.opened, deal.quote.delta);
    if (deal.opened <= 0) return;
    Quotes.requireOpen(s, deal.id);
    Withheld.requireLooked(s, deal.id);
    uint256 cap = uint256(s.depths[deal.factor].cap) * uint256(MILLIONTH);
    uint256 open = s.markets[deal.factor].openInterest;
    require(open <= cap, IClearinghouse.OpenInterestCapExceeded(deal.factor, cap, open));
    if (!Positions.isOption(deal.id)) return;
    int256 strike = deal.id.strikeOf();
    int256 low = mulDown(LOWEST_STRIKE, deal.quote.spot);
    int256 high = mulDown(HIGHEST_STRIKE, deal.quote.spot);
    require(
      strike >= low && strike <= high,
      IClearinghouse.StrikeOutOfReach(deal.id, strike, low, high)
    );
  }

  function _charge(State storage s, Deal memory deal, Side memory side) private {
    bool isOption = Positions.isOption(deal.id);
    int256 fee = TradeMath.feeOf(deal.size, deal.quote.spot, side.feeRate, deal.price, isOption);
    int256 most = TradeMath.costOf(deal.size, side.maxFee);
    int256 cost = fee + side.left;
    require(cost <= most, IClearinghouse.FeeTooHigh(side.account, cost, most));
    deal.fees += fee;
    side.fee = fee;
    Cash.change(s, side.account, -fee);
  }

  function _share(State storage s, int256 fees, TradeParams memory p) private {
    int256 insured = mulDown(int256(uint256(p.insuranceShare)) * PART, fees);
    Cash.change(s, FUND, insured);
    Cash.change(s, s.feeRecipient, fees - insured);
  }

  /// The premium follows a fill's price as far as its fees pay for the move of every open position.
  function _movePremium(State storage s, Deal memory deal) private {
    Market storage m = s.markets[deal.factor];
    int256 open = int256(uint256(s.interests[deal.id].open));
    int256 depth = mulDown(max(open, open - deal.opened), deal.quote.spot) + 1;
    int256 reach = PerpMath.premiumReach(deal.fees, depth);
    int256 limit =
      (int256(uint256(EffectiveParams.marketOf(s, deal.factor).perpMaintenance)) * PART) / 2;
    m.premium = int64(
      PerpMath.premiumAfterFill(m.premium, deal.price, deal.quote.spot, reach, limit)
    );
  }

  /// What an operator's order costs beyond the mark, its fee and what it leaves behind among it, counts
  /// against its limit.
  function _limitLoss(
    State storage s,
    Order calldata order,
    Deal memory deal,
    Side memory side
  ) private {
    if (order.signer == order.account.ownerOf()) return;
    int256 cost = side.fee + side.left;
    int256 loss = TradeMath.lossOf(side.size, deal.price, deal.quote.mark, cost);
    if (loss == 0) return;
    uint256 lost = uint256(ceilDiv(loss, MILLIONTH));
    Accounts.countLoss(s, order.account, order.signer, lost);
  }

  /// Of an order sent as reducing: nothing became worse.
  function _requireReduced(State storage s, Side memory side) private view {
    if (side.flags & REDUCING != 0) Risk.requireReduced(s, side.account, side.before, side.fee);
  }

  /// What every other order needs.
  function _prove(
    State storage s,
    Deal memory deal,
    Side memory side,
    AccountId unproved
  ) private returns (bool owes) {
    if (side.flags & REDUCING != 0) return false;
    _requireGood(s, deal);
    if (side.account == unproved) return true;
    Risk.requireInitial(s, side.account, false);
  }
}
