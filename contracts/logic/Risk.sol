// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IClearinghouse} from "../interfaces/IClearinghouse.sol";
import * as FuseMath from "../math/FuseMath.sol";
import * as MarginMath from "../math/MarginMath.sol";
import * as PriceMath from "../math/PriceMath.sol";
import {maintenanceMode} from "../math/ScenarioMath.sol";
import * as VolatilityMath from "../math/VolatilityMath.sol";
import {WAD, max, min, mulDown, mulUp} from "../math/WadMath.sol";
import {AccountId, AssetId, CASH, NO_ASSET, assetId} from "../types/Ids.sol";
import {AssetParams, FactorParams, MAX_ASSETS, MAX_FACTORS, PART} from "../types/Params.sol";
import {Exposure, Margin, Portfolio, Requirement, Stable, Standing} from "../types/Portfolio.sol";
import {Price, Quote, Status} from "../types/Price.sol";
import {Account, CashState, Holding, State} from "../types/State.sol";
import {Volatility} from "../types/Volatility.sol";
import {Cash} from "./Cash.sol";
import {Estimates} from "./Estimates.sol";

/// @notice From state, prices and time to a Portfolio: the only way to the waist on chain.
library Risk {
  int256 private constant CROWDING_PART = 1e11; // gMM is stored in parts of 1e-7

  /// @notice How bands enter: as requirements take them, or as margin calls do (DESIGN §5).
  enum View {
    Conservative,
    Plain
  }

  /// @notice All that an account's margin depends on, as of now.
  function portfolio(
    State storage s,
    AccountId account,
    View view_
  ) external view returns (Portfolio memory) {
    return build(s, account, view_);
  }

  /// @notice Equity and both requirements.
  function margin(State storage s, AccountId account) external view returns (Margin memory) {
    return MarginMath.marginOf(build(s, account, View.Conservative));
  }

  /// @notice Equity and maintenance requirement.
  function health(
    State storage s,
    AccountId account
  ) external view returns (int256 equity, int256 maintenance) {
    Margin memory now_ = MarginMath.marginOf(build(s, account, View.Conservative));
    return (now_.equity, now_.maintenance);
  }

  /// @notice Equity that IM is compared with, and IM.
  function initial(
    State storage s,
    AccountId account
  ) external view returns (int256 equity, int256 required) {
    Portfolio memory book = build(s, account, View.Conservative);
    return (book.initialEquity, MarginMath.initialMargin(book));
  }

  /// @notice Reverts unless the account's equity covers its IM; catches its factors up first.
  function requireInitial(State storage s, AccountId account) external {
    if (owesNothing(s, account)) return;
    Portfolio memory book = build(s, account, View.Conservative);
    if (_catchUp(s, book)) book = build(s, account, View.Conservative);
    _require(account, book);
  }

  /// @notice The proof of a bidder: IM at σused, with no catch-up, so that a crash takes no capacity.
  function requireCapacity(State storage s, AccountId account) external view {
    if (owesNothing(s, account)) return;
    Portfolio memory book = build(s, account, View.Conservative);
    for (uint256 i = 0; i < book.exposures.length; ++i) {
      book.exposures[i].volatility[1] = book.exposures[i].used;
    }
    _require(account, book);
  }

  /// @notice Equity, requirement, health and calm of an account as margin calls see them.
  function standing(State storage s, AccountId account) external view returns (Standing memory) {
    Portfolio memory book = build(s, account, View.Plain);
    Requirement memory own = MarginMath.requirementOf(book, maintenanceMode());
    return FuseMath.standingOf(book, own, MarginMath.initialMargin(book));
  }

  /// What a unit of owed cash counts at.
  function debtPrice(State storage s) internal view returns (int256) {
    return PriceMath.debtQuote(s.oracle.read(CASH)).price;
  }

  /// An account that owes nothing can lose no one's money.
  function owesNothing(State storage s, AccountId account) internal view returns (bool) {
    return s.accounts[account].principal >= 0;
  }

  /// @notice A portfolio in the making.
  struct Draft {
    Portfolio book;
    uint256 exposureCount;
    uint256 stableCount;
    View view_;
  }

  function build(
    State storage s,
    AccountId id,
    View view_
  ) internal view returns (Portfolio memory) {
    Draft memory draft;
    draft.view_ = view_;
    Account storage account = s.accounts[id];
    draft.book.exposures = _exposures(MAX_FACTORS);
    draft.book.stables = _stables(MAX_ASSETS + 1);
    _addCash(s, draft, account);
    for (uint256 i = 0; i < MAX_ASSETS; ++i) {
      Holding held = account.holdings[i];
      if (held.assetOf() == NO_ASSET) break;
      if (held.assetOf().isStable()) _addStable(s, draft, held);
      else _addSpot(s, draft, held);
    }
    return _finish(draft);
  }

  // `new T[](n)` would allocate and clear n structs that the lists are then given: only the list.
  function _exposures(uint256 most) private pure returns (Exposure[] memory list) {
    assembly ("memory-safe") {
      list := mload(0x40)
      mstore(list, most)
      mstore(0x40, add(list, shl(5, add(most, 1))))
    }
  }

  function _stables(uint256 most) private pure returns (Stable[] memory list) {
    assembly ("memory-safe") {
      list := mload(0x40)
      mstore(list, most)
      mstore(0x40, add(list, shl(5, add(most, 1))))
    }
  }

  /// Cuts the lists to what they hold.
  function _finish(Draft memory draft) private pure returns (Portfolio memory) {
    Exposure[] memory exposures = draft.book.exposures;
    Stable[] memory stables = draft.book.stables;
    uint256 exposureCount = draft.exposureCount;
    uint256 stableCount = draft.stableCount;
    assembly ("memory-safe") {
      mstore(exposures, exposureCount)
      mstore(stables, stableCount)
    }
    return draft.book;
  }

  function _addCash(State storage s, Draft memory draft, Account storage account) private view {
    Portfolio memory book = draft.book;
    int256 cash = Cash.valueOf(s.cash, account.principal);
    book.graceMultiplier = WAD; // patience costs nothing while nothing is owed
    if (account.principal == 0) return;
    Price memory price = _seen(s.oracle.read(CASH), draft.view_, WAD);
    if (cash < 0) {
      Quote memory quote = PriceMath.debtQuote(price);
      book.graceMultiplier = int256(uint256(s.tiers[account.tier].multiplier)) * PART;
      book.debt = mulUp(-cash, quote.price);
      book.equity = -book.debt;
      book.initialEquity = -book.debt;
      _addFace(s, draft, CASH, cash, quote);
    } else {
      Quote memory quote = PriceMath.longQuote(price);
      int256 held = cash - _unborneLoss(s.cash, cash);
      _count(book, mulDown(held, quote.price), quote.counted);
      _addFace(s, draft, CASH, held, quote);
    }
  }

  function _addStable(State storage s, Draft memory draft, Holding held) private view {
    Price memory price = s.oracle.read(held.assetOf());
    Quote memory quote = PriceMath.longQuote(_seen(price, draft.view_, WAD));
    int256 amount = int256(held.amountOf());
    int256 value = mulDown(amount, quote.price);
    draft.book.gross += value;
    _count(draft.book, value, quote.counted);
    _addFace(s, draft, held.assetOf(), amount, quote);
  }

  function _addSpot(State storage s, Draft memory draft, Holding held) private view {
    Exposure memory exposure = _exposure(s, draft, held.assetOf().factorOf());
    int256 amount = int256(held.amountOf());
    if (!held.assetOf().isUnderlying()) return _addFollower(s, draft, exposure, held);
    int256 value = mulDown(amount, exposure.price);
    exposure.spot += value;
    draft.book.gross += value;
    _count(draft.book, value, exposure.counted);
  }

  /// What follows an underlying at a rate: LST, share.
  function _addFollower(
    State storage s,
    Draft memory draft,
    Exposure memory exposure,
    Holding held
  ) private view {
    Price memory rate = s.oracle.read(held.assetOf());
    Quote memory quote = PriceMath.longQuote(_seen(rate, draft.view_, WAD));
    int256 value = mulDown(mulDown(int256(held.amountOf()), quote.price), exposure.price);
    AssetParams memory params = s.assets[held.assetOf()];
    exposure.spot += value;
    exposure.rateBand += mulUp(value, quote.bandRate);
    exposure.lst[0] += mulUp(value, int256(uint256(params.chargeMaintenance)) * PART);
    exposure.lst[1] += mulUp(value, int256(uint256(params.chargeInitial)) * PART);
    exposure.fresh = exposure.fresh && rate.status == Status.Ok;
    draft.book.gross += value;
    _count(draft.book, value, exposure.counted && quote.counted);
  }

  /// The exposure of a factor, opened at its first asset.
  function _exposure(
    State storage s,
    Draft memory draft,
    uint256 factor
  ) private view returns (Exposure memory) {
    Exposure[] memory exposures = draft.book.exposures;
    for (uint256 i = 0; i < draft.exposureCount; ++i) {
      if (exposures[i].factor == factor) return exposures[i];
    }
    Exposure memory exposure;
    _open(s, draft.view_, factor, exposure);
    exposures[draft.exposureCount++] = exposure;
    return exposure;
  }

  function _open(
    State storage s,
    View view_,
    uint256 factor,
    Exposure memory exposure
  ) private view {
    FactorParams memory params = s.factors[factor];
    Price memory price = s.oracle.read(assetId(factor, 0));
    exposure.factor = factor;
    exposure.behind = Estimates.isBehind(s.estimates[factor], price);
    int256 crowding = WAD + int256(uint256(s.estimates[factor].crowding)) * CROWDING_PART;
    exposure.crowding[0] = crowding;
    exposure.crowding[1] = crowding;
    _setParams(exposure, params);
    int256 last = price.price == 0 ? int256(uint256(s.estimates[factor].price)) : int256(0);
    _setPrice(exposure, price, PriceMath.longQuote(_seen(price, view_, last)));
    _setVolatility(exposure, Estimates.read(s, factor, params, price));
  }

  function _setParams(Exposure memory exposure, FactorParams memory params) private pure {
    exposure.shockFloor = int256(uint256(params.shockFloor)) * PART;
    exposure.exitRate[0] = int256(uint256(params.exitMaintenance)) * PART;
    exposure.exitRate[1] = int256(uint256(params.exitInitial)) * PART;
    exposure.dailyVolume = int256(uint256(params.dailyVolume)) * WAD;
    int256 correlation = int256(uint256(params.correlation)) * PART;
    exposure.low = MarginMath.loadingOf(MarginMath.lowCorrelation(correlation), params.alt);
    exposure.high = MarginMath.loadingOf(MarginMath.highCorrelation(correlation), params.alt);
  }

  function _setPrice(
    Exposure memory exposure,
    Price memory price,
    Quote memory quote
  ) private pure {
    exposure.price = quote.price;
    exposure.bandRate = quote.bandRate;
    exposure.counted = quote.counted;
    exposure.fresh = price.status == Status.Ok;
    exposure.updated = price.updated;
  }

  function _setVolatility(Exposure memory exposure, Volatility memory v) private pure {
    int256 hourly = VolatilityMath.hourVolatility(v.hour);
    exposure.used = v.used;
    exposure.wildness = VolatilityMath.wildness(v.used, hourly);
    exposure.volatility[0] = v.maintenance;
    exposure.volatility[1] = VolatilityMath.initialVolatility(v.used, hourly);
  }

  function _addFace(
    State storage s,
    Draft memory draft,
    AssetId asset,
    int256 face,
    Quote memory quote
  ) private view {
    Stable memory stable;
    draft.book.stables[draft.stableCount++] = stable;
    stable.face = face;
    stable.price = quote.price;
    stable.bandRate = quote.bandRate;
    if (face < 0) return; // a debt meets no long charge
    AssetParams memory params = s.assets[asset];
    stable.longRate[0] = int256(uint256(params.chargeMaintenance)) * PART;
    stable.longRate[1] = int256(uint256(params.chargeInitial)) * PART;
  }

  /// A long value counts in equity; IM leans on it only while its price is Ok.
  function _count(Portfolio memory book, int256 value, bool counted) private pure {
    book.equity += value;
    if (counted) book.initialEquity += value;
  }

  /// A margin call takes bands as narrow, and a dead price as the last one known: a feed that fails
  /// sells no one.
  function _seen(
    Price memory price,
    View view_,
    int256 last
  ) private pure returns (Price memory seen) {
    if (view_ == View.Conservative) return price;
    seen = PriceMath.narrowed(price);
    if (seen.price == 0) seen.price = last;
  }

  /// A lender's share of a booked loss that the index does not show yet.
  function _unborneLoss(CashState storage c, int256 cash) private view returns (int256) {
    int256 deficit = int256(uint256(c.deficit));
    if (deficit == 0) return 0;
    int256 lent = max(1, Cash.lent(c));
    return (cash * min(deficit, lent)) / lent;
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
