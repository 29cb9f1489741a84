// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IClearinghouse} from "../interfaces/IClearinghouse.sol";
import * as MarginMath from "../math/MarginMath.sol";
import * as PerpMath from "../math/PerpMath.sol";
import * as PriceMath from "../math/PriceMath.sol";
import {AHEAD, INITIAL, OPEN, WHOLE, sharePart} from "../math/ScenarioMath.sol";
import {initialMode, maintenanceMode, shockOf} from "../math/ScenarioMath.sol";
import * as VolatilityMath from "../math/VolatilityMath.sol";
import {WAD, max, mulDown, mulUp} from "../math/WadMath.sol";
import {AccountId, AssetId, CASH, InstrumentId, Kind, NO_ASSET, assetId} from "../types/Ids.sol";
import {FactorParams, MAX_ASSETS, MAX_FACTORS, MAX_POSITIONS, PART} from "../types/Params.sol";
import {
  BasisRates,
  Expiry,
  Exposure,
  Mode,
  Portfolio,
  Stable,
  Strike
} from "../types/Portfolio.sol";
import {Price, Quote} from "../types/Price.sol";
import {Account, Book, Estimate, Holding, State} from "../types/State.sol";
import {Surface} from "../types/Surface.sol";
import {Volatility} from "../types/Volatility.sol";
import {Cash} from "./Cash.sol";
import {Curves} from "./Curves.sol";
import {Estimates} from "./Estimates.sol";
import {EffectiveParams} from "./EffectiveParams.sol";
import {Positions} from "./Positions.sol";
import {Quotes} from "./Quotes.sol";
import {Rates} from "./Rates.sol";
import {Expiries} from "./instruments/Expiries.sol";

/// @notice How bands enter: as requirements take them, or as margin calls do (DESIGN §5). All but the
/// first take IM at σused and gMM: what IM jumps by opens no call through its bound of MM, and takes no
/// bidder's capacity.
enum View {
  Conservative,
  Capacity,
  Plain,
  Steady, // as Plain, with no rate below the last sound one: one print confirms no call
  Told // as Steady, at the last rounds told: no one chooses at which prices a call is confirmed
}

/// @notice Which modes a portfolio has its options priced for.
enum Modes {
  Both,
  Initial,
  Maintenance, // without the bound that IM sets
  None // marks and deltas, but no curve
}

/// @notice How a portfolio is asked for. In memory: as literals the compiler would make a copy of all the
/// code below for each.
struct Ask {
  View view_;
  Modes modes;
}

/// @notice From state, prices and time to a Portfolio: the only way to the waist on chain.
library Portfolios {
  /// @notice A portfolio in the making.
  struct Draft {
    Portfolio book;
    Ask ask;
    int256 accrued; // profit of perps, futures and what has settled, cash
    int256 options; // marks, cash
    uint256 part; // the first of the curves that are asked of an expiry
    uint256 end; // past the last
  }

  /// @notice All that an account's margin depends on, as of now, for those who look from outside.
  function portfolio(
    State storage s,
    AccountId id,
    View view_
  ) external view returns (Portfolio memory) {
    return build(s, id, Ask(view_, Modes.Both));
  }

  /// @notice As margin calls see it, for those who ask what is held of what: no curve is priced.
  function marked(State storage s, AccountId id) external view returns (Portfolio memory) {
    return build(s, id, Ask(View.Plain, Modes.None));
  }

  function build(
    State storage s,
    AccountId id,
    Ask memory ask
  ) internal view returns (Portfolio memory) {
    Draft memory draft;
    draft.ask = ask;
    Account storage account = s.accounts[id];
    uint256 positions = account.positions;
    draft.book.exposures = _exposures(MAX_FACTORS);
    draft.book.stables = _stables(MAX_ASSETS + 1);
    for (uint256 i = 0; i < positions; ++i) _addPosition(s, draft, s.books[id], i);
    if (positions > 0) _priceOptions(s, draft);
    _addCash(s, draft, account);
    for (uint256 i = 0; i < MAX_ASSETS; ++i) {
      Holding held = account.holdings[i];
      if (held.assetOf() == NO_ASSET) break;
      if (held.assetOf().isStable()) _addStable(s, draft, held);
      else _addSpot(s, draft, held);
    }
    return draft.book;
  }

  // `new T[](n)` would allocate and clear n structs that the lists are then given. These lists begin
  // empty, with room for `most`, and `_push` grows them.

  function _room(uint256 most) private pure returns (uint256 list) {
    assembly ("memory-safe") {
      list := mload(0x40)
      mstore(list, 0)
      mstore(0x40, add(list, shl(5, add(most, 1))))
    }
  }

  function _exposures(uint256 most) private pure returns (Exposure[] memory list) {
    uint256 room = _room(most);
    assembly ("memory-safe") {
      list := room
    }
  }

  function _stables(uint256 most) private pure returns (Stable[] memory list) {
    uint256 room = _room(most);
    assembly ("memory-safe") {
      list := room
    }
  }

  function _expiries(uint256 most) private pure returns (Expiry[] memory list) {
    uint256 room = _room(most);
    assembly ("memory-safe") {
      list := room
    }
  }

  function _strikes(uint256 most) private pure returns (Strike[] memory list) {
    uint256 room = _room(most);
    assembly ("memory-safe") {
      list := room
    }
  }

  function _push(Exposure[] memory list, Exposure memory one) private pure {
    assembly ("memory-safe") {
      let n := add(mload(list), 1)
      mstore(list, n)
      mstore(add(list, shl(5, n)), one)
    }
  }

  function _push(Stable[] memory list, Stable memory one) private pure {
    assembly ("memory-safe") {
      let n := add(mload(list), 1)
      mstore(list, n)
      mstore(add(list, shl(5, n)), one)
    }
  }

  function _push(Expiry[] memory list, Expiry memory one) private pure {
    assembly ("memory-safe") {
      let n := add(mload(list), 1)
      mstore(list, n)
      mstore(add(list, shl(5, n)), one)
    }
  }

  function _push(Strike[] memory list, Strike memory one) private pure {
    assembly ("memory-safe") {
      let n := add(mload(list), 1)
      mstore(list, n)
      mstore(add(list, shl(5, n)), one)
    }
  }

  /// @notice A position and the index its profit counts from.
  struct Held {
    InstrumentId id;
    uint256 factor;
    int256 size;
    int256 entry;
  }

  function _addPosition(
    State storage s,
    Draft memory draft,
    Book storage book,
    uint256 i
  ) private view {
    unchecked {
      Held memory held;
      (held.id, held.size) = (book.list[i].instrument, book.list[i].size);
      held.factor = held.id.instrumentFactorOf();
      bool cut = s.estimates[held.factor].cut;
      if (cut || !Positions.isOption(held.id)) held.entry = book.entries[i];
      if (cut) held.entry += Quotes.payoutHaircutOf(s, held.id, held.size);
      int256 index = _indexOf(s, draft, held);
      draft.accrued += PerpMath.accruedOf(held.size, index, held.entry);
    }
  }

  /// Puts a position where its risk counts. Returns what a unit has come to.
  function _indexOf(
    State storage s,
    Draft memory draft,
    Held memory held
  ) private view returns (int256) {
    if (held.id.kindOf() == uint8(Kind.Perp)) return _addPerp(s, draft, held);
    if (Positions.isSettled(s, held.id)) return Positions.payoffOf(s, held.id);
    return _addDated(s, draft, held);
  }

  function _addPerp(
    State storage s,
    Draft memory draft,
    Held memory held
  ) private view returns (int256 index) {
    unchecked {
      Exposure memory exposure = draft.book.exposures[_exposure(s, draft, held.factor)];
      exposure.perps += held.size;
      int256[7] memory words = Quotes.perpAt(s, held.factor, exposure.index);
      (exposure.mark, index) = (words[0], words[1]);
      _setBasis(exposure, words[2], words[3], words[4], words[5], words[6]);
    }
  }

  function _addDated(
    State storage s,
    Draft memory draft,
    Held memory held
  ) private view returns (int256) {
    unchecked {
      Exposure memory exposure = draft.book.exposures[_exposure(s, draft, held.factor)];
      Expiry memory expiry = exposure.expiries[_expiry(s, exposure, held.id.expiryOf())];
      if (held.id.kindOf() == uint8(Kind.Future)) {
        expiry.futures += held.size;
        return expiry.forward;
      }
      Strike memory option = expiry.strikes[_strike(expiry, held.id.strikeOf())];
      if (held.id.kindOf() == uint8(Kind.Call)) option.calls += held.size;
      else option.puts += held.size;
      return 0;
    }
  }

  /// Marks what options are held, and what their curves make under each shock.
  function _priceOptions(State storage s, Draft memory draft) private view {
    Exposure[] memory exposures = draft.book.exposures;
    for (uint256 i = 0; i < exposures.length; ++i) {
      Expiry[] memory expiries = exposures[i].expiries;
      for (uint256 k = 0; k < expiries.length; ++k) {
        if (expiries[k].strikes.length > 0) _priceExpiry(s, draft, exposures[i], expiries[k]);
      }
    }
  }

  function _priceExpiry(
    State storage s,
    Draft memory draft,
    Exposure memory exposure,
    Expiry memory expiry
  ) private view {
    unchecked {
      _setParts(draft, expiry);
      int256[] memory all = Curves.price(
        _termsOf(s, exposure, expiry),
        _legsOf(expiry.strikes),
        _shocksOf(draft, exposure, expiry)
      );
      uint256 at = _takeStrikes(expiry, all);
      for (uint256 part = draft.part; part < draft.end; ++part) {
        expiry.curves[part] = _curveAt(all, at);
        at += Curves.CURVE;
      }
      expiry.vega = all[at];
      draft.options += all[at + 1];
      expiry.largestLoss = all[at + 2];
    }
  }

  /// A strike as it came across is a `Strike` where it lies.
  function _takeStrikes(
    Expiry memory expiry,
    int256[] memory all
  ) private pure returns (uint256 at) {
    unchecked {
      for (uint256 i = 0; i < expiry.strikes.length; ++i) {
        Strike memory option;
        assembly ("memory-safe") {
          option := add(add(all, 0x20), shl(5, at))
        }
        expiry.strikes[i] = option;
        at += Curves.STRIKE;
      }
    }
  }

  /// A curve as it came across, its length before it, is an array where it lies.
  function _curveAt(int256[] memory all, uint256 at) private pure returns (int256[] memory curve) {
    assembly ("memory-safe") {
      curve := add(add(all, 0x20), shl(5, at))
    }
  }

  function _termsOf(
    State storage s,
    Exposure memory exposure,
    Expiry memory expiry
  ) private view returns (int256[7] memory terms) {
    Surface memory surface = Expiries.surfaceOf(s.terms[exposure.factor][expiry.time]);
    (terms[0], terms[1], terms[2]) = (expiry.left, expiry.root, expiry.forward);
    (terms[3], terms[4], terms[5]) = (surface.atm, surface.skew, surface.curvature);
    terms[6] = exposure.expiries.length > 1 ? int256(1) : int256(0);
  }

  function _legsOf(Strike[] memory strikes) private pure returns (int256[] memory legs) {
    unchecked {
      legs = new int256[](strikes.length * Curves.LEG);
      uint256 at;
      for (uint256 i = 0; i < strikes.length; ++i) {
        legs[at++] = strikes[i].strike;
        legs[at++] = strikes[i].calls;
        legs[at++] = strikes[i].puts;
      }
    }
  }

  /// While the expiry settles maintenance asks for two curves more.
  function _setParts(Draft memory draft, Expiry memory expiry) private pure {
    Modes modes = draft.ask.modes;
    draft.part = modes == Modes.Initial ? INITIAL : OPEN;
    draft.end = modes == Modes.Initial || expiry.ahead == WAD ? AHEAD : WHOLE + 1;
    if (modes == Modes.Maintenance && expiry.ahead == WAD) draft.end = INITIAL;
    if (modes == Modes.None) draft.end = draft.part;
  }

  function _shocksOf(
    Draft memory draft,
    Exposure memory exposure,
    Expiry memory expiry
  ) private pure returns (int256[] memory shocks) {
    unchecked {
      shocks = new int256[]((draft.end - draft.part) * Curves.SHOCK);
      uint256 at;
      for (uint256 part = draft.part; part < draft.end; ++part) {
        Mode memory mode = part == INITIAL ? initialMode() : maintenanceMode();
        shocks[at++] = shockOf(exposure, mode);
        shocks[at++] = mode.halfStep;
        shocks[at++] = sharePart(expiry, expiry.exposed, part);
      }
    }
  }

  /// What a factor's derivatives are charged comes with the price of each.
  function _setBasis(
    Exposure memory exposure,
    int256 perpMaintenance,
    int256 perpInitial,
    int256 expiry,
    int256 slope,
    int256 cap
  ) private pure {
    BasisRates memory basis = exposure.basis;
    (basis.perp[0], basis.perp[1]) = (perpMaintenance, perpInitial);
    (basis.expiry, basis.expirySlope, basis.expiryCap) = (expiry, slope, cap);
  }

  function _expiry(
    State storage s,
    Exposure memory exposure,
    uint256 time
  ) private view returns (uint256 at) {
    Expiry[] memory expiries = exposure.expiries;
    for (; at < expiries.length; ++at) {
      if (expiries[at].time == time) return at;
    }
    Expiry memory expiry;
    expiry.time = time;
    int256[12] memory words = Quotes.expiryAt(s, exposure.factor, time, exposure.index);
    (expiry.left, expiry.root, expiry.forward) = (words[0], words[1], words[2]);
    (expiry.exposed, expiry.unsettled, expiry.ahead) = (words[3], words[4], words[5]);
    if (words[6] != 0) exposure.behind = true;
    _setBasis(exposure, words[7], words[8], words[9], words[10], words[11]);
    expiry.strikes = _strikes(MAX_POSITIONS);
    _push(expiries, expiry);
  }

  function _strike(Expiry memory expiry, int256 strike) private pure returns (uint256 at) {
    Strike[] memory strikes = expiry.strikes;
    for (; at < strikes.length; ++at) {
      if (strikes[at].strike == strike) return at;
    }
    Strike memory option;
    option.strike = strike;
    _push(strikes, option);
  }

  /// Cash with what positions have earned; marks of options count beside it, at its price.
  function _addCash(State storage s, Draft memory draft, Account storage account) private view {
    unchecked {
      Portfolio memory book = draft.book;
      int256 cash = Cash.valueOf(s.cash, account.principal);
      int256 face = cash + draft.accrued;
      bool owes = face < 0 || account.positions > 0;
      book.graceMultiplier = owes ? EffectiveParams.multiplierOf(s, account.tier) : WAD;
      if (face == 0 && draft.options == 0) return;
      (Price memory price, int256 doubtRate) = _quoted(s, draft, CASH, face);
      if (doubtRate > 0) _doubt(book, mulUp(face < 0 ? -face : face, price.price), doubtRate);
      Quote memory long = PriceMath.longQuote(price);
      Quote memory debt = PriceMath.debtQuote(price);
      if (face < 0) {
        book.debt = mulUp(-face, debt.price);
        _count(book, -book.debt, true);
        _addFace(s, draft, CASH, face, debt);
      } else if (face > 0) {
        int256 held = face - _unborneLoss(s, cash);
        _count(book, mulDown(held, long.price), long.counted);
        _addFace(s, draft, CASH, held, long);
      }
      if (draft.options > 0) _count(book, mulDown(draft.options, long.price), long.counted);
      else _count(book, mulDown(draft.options, debt.price), true);
    }
  }

  function _addStable(State storage s, Draft memory draft, Holding held) private view {
    unchecked {
      int256 amount = int256(held.amountOf());
      (Price memory price, int256 doubtRate) = _quoted(s, draft, held.assetOf(), amount);
      Quote memory quote = PriceMath.longQuote(price);
      int256 value = mulDown(amount, quote.price);
      draft.book.gross += value;
      _doubt(draft.book, value, doubtRate);
      _count(draft.book, value, quote.counted);
      _addFace(s, draft, held.assetOf(), amount, quote);
    }
  }

  function _addSpot(State storage s, Draft memory draft, Holding held) private view {
    unchecked {
      uint256 at = _exposure(s, draft, held.assetOf().factorOf());
      Exposure memory exposure = draft.book.exposures[at];
      int256 amount = int256(held.amountOf());
      if (!held.assetOf().isUnderlying()) return _addFollower(s, draft, exposure, held);
      int256 value = mulDown(amount, exposure.price);
      exposure.spot += value;
      draft.book.gross += value;
      _count(draft.book, value, exposure.counted);
    }
  }

  /// What follows an underlying at a rate: LST, share.
  function _addFollower(
    State storage s,
    Draft memory draft,
    Exposure memory exposure,
    Holding held
  ) private view {
    unchecked {
      int256 amount = int256(held.amountOf());
      (Price memory rate, int256 doubtRate) = _quoted(s, draft, held.assetOf(), amount);
      Quote memory quote = PriceMath.longQuote(rate);
      int256 value = mulDown(mulDown(amount, quote.price), exposure.price);
      (int256 maintenance, int256 initial) = EffectiveParams.chargesOf(s, held.assetOf());
      exposure.spot += value;
      exposure.rateBand += mulUp(value, quote.bandRate);
      exposure.lst[0] += mulUp(value, maintenance);
      exposure.lst[1] += mulUp(value, initial);
      _doubt(draft.book, value, doubtRate);
      draft.book.gross += value;
      _count(draft.book, value, exposure.counted && quote.counted);
    }
  }

  // These give places, not structs: a function that returns a struct clears one first.

  /// The exposure of a factor, opened at its first asset.
  function _exposure(
    State storage s,
    Draft memory draft,
    uint256 factor
  ) private view returns (uint256 at) {
    Exposure[] memory exposures = draft.book.exposures;
    for (; at < exposures.length; ++at) {
      if (exposures[at].factor == factor) return at;
    }
    Exposure memory exposure;
    _open(s, draft.ask.view_, factor, exposure);
    _push(exposures, exposure);
  }

  function _open(
    State storage s,
    View view_,
    uint256 factor,
    Exposure memory exposure
  ) private view {
    FactorParams memory params = EffectiveParams.factorOf(s, factor);
    AssetId own = assetId(factor, 0);
    Price memory price = view_ == View.Told ? Estimates.told(s, own) : _read(s, own);
    exposure.factor = factor;
    exposure.expiries = _expiries(MAX_POSITIONS);
    exposure.behind = Estimates.isBehind(s.estimates[factor], price);
    (exposure.crowding[0], exposure.crowding[1]) = (WAD, WAD);
    if (s.estimates[factor].crowded) {
      (exposure.crowding[0], exposure.crowding[1]) = Quotes.crowdingOf(s, factor);
    }
    _setParams(exposure, params);
    int256 last = price.price == 0 ? int256(uint256(s.estimates[factor].price)) : int256(0);
    exposure.doubtRate = price.price == 0 ? WAD : PriceMath.doubtRateOf(price);
    exposure.updated = price.updated;
    _setPrice(exposure, _seen(price, view_, last), last);
    _setVolatility(exposure, _volatility(s, factor, price));
    if (view_ == View.Conservative) return;
    (exposure.volatility[1], exposure.crowding[1]) = (exposure.used, exposure.crowding[0]);
  }

  /// Within 60 s of the last round as stored; later one step on.
  function _volatility(
    State storage s,
    uint256 factor,
    Price memory price
  ) private view returns (Volatility memory v) {
    Estimate storage e = s.estimates[factor];
    require(e.time != 0, IClearinghouse.UnknownFactor(factor));
    if (Estimates.isHot(e) || price.price == 0) return Estimates.hot(e);
    (v.hour, v.used, v.maintenance) = Estimates.stepped(s, factor, price.price, price.updated);
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

  /// A long of the underlying counts at its quote; derivatives at the price itself, the last one known
  /// if there is none, and then the band is all of it.
  function _setPrice(Exposure memory exposure, Price memory seen, int256 last) private pure {
    Quote memory quote = PriceMath.longQuote(seen);
    exposure.price = quote.price;
    exposure.counted = quote.counted;
    exposure.index = max(seen.price, last);
    exposure.bandRate = seen.price == 0 ? WAD : PriceMath.bandRateOf(seen.price, seen.band);
  }

  function _setVolatility(Exposure memory exposure, Volatility memory v) private pure {
    int256 hourly = VolatilityMath.hourVolatility(v.hour);
    exposure.used = v.used;
    exposure.volatilityRatio = VolatilityMath.volatilityRatio(v.used, hourly);
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
    _push(draft.book.stables, stable);
    stable.face = face;
    stable.price = quote.price;
    stable.bandRate = quote.bandRate;
    if (face < 0) return; // a debt meets no long charge
    (stable.longRate[0], stable.longRate[1]) = EffectiveParams.chargesOf(s, asset);
  }

  /// A long value counts in equity; IM leans on it only while its price is Ok.
  function _count(Portfolio memory book, int256 value, bool counted) private pure {
    unchecked {
      book.equity += value;
      if (counted) book.initialEquity += value;
    }
  }

  /// What a rate, or a stable, counts at for whom a `face` of it is owed.
  function _quoted(
    State storage s,
    Draft memory draft,
    AssetId asset,
    int256 face
  ) private view returns (Price memory price, int256 doubtRate) {
    if (draft.ask.view_ < View.Plain) return (_read(s, asset), 0);
    if (draft.ask.view_ == View.Plain) return Rates.plain(s, asset);
    return Rates.steady(s, asset, face);
  }

  function _doubt(Portfolio memory book, int256 value, int256 doubtRate) private pure {
    unchecked {
      book.doubt += mulUp(value, doubtRate);
    }
  }

  /// In one place, for its size.
  function _read(State storage s, AssetId asset) private view returns (Price memory) {
    return s.oracle.read(asset);
  }

  /// A margin call takes bands as narrow, and a dead price as the last one known: a feed that fails
  /// sells no one.
  function _seen(
    Price memory price,
    View view_,
    int256 last
  ) private pure returns (Price memory seen) {
    if (view_ < View.Plain) return price;
    seen = PriceMath.narrowed(price);
    if (seen.price == 0) seen.price = last;
  }

  /// A lender's share of losses that the index does not show yet.
  function _unborneLoss(State storage s, int256 cash) private view returns (int256) {
    if (s.cash.deficit | s.cash.shortfall == 0) return 0;
    return Quotes.unborneOf(s, cash);
  }
}
