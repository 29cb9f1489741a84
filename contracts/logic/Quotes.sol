// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IClearinghouse} from "../interfaces/IClearinghouse.sol";
import * as TradeMath from "../math/TradeMath.sol";
import {WAD, max, min, mulDown} from "../math/WadMath.sol";
import {InstrumentId, Kind, assetId} from "../types/Ids.sol";
import {PART} from "../types/Params.sol";
import {BasisRates, Expiry} from "../types/Portfolio.sol";
import {InstrumentQuote, Price} from "../types/Price.sol";
import {Stage, State, ExpiryState} from "../types/State.sol";
import {Cash} from "./Cash.sol";
import {Curves} from "./Curves.sol";
import {EffectiveParams} from "./EffectiveParams.sol";
import {OpenInterest} from "./OpenInterest.sol";
import {Positions} from "./Positions.sol";
import {Perp} from "./instruments/Perp.sol";
import {Expiries} from "./instruments/Expiries.sol";

/// @notice What an instrument is worth now, and between which prices it may trade.
library Quotes {
  /// @notice Reverts for what was never listed, or has expired. What is listed no more, or has an old
  /// surface, has a price all the same: it may be closed.
  function quoteOf(
    State storage s,
    InstrumentId id
  ) external view returns (InstrumentQuote memory quote) {
    uint256 factor = id.instrumentFactorOf();
    require(s.markets[factor].time != 0, IClearinghouse.UnknownInstrument(id));
    Price memory price = s.oracle.read(assetId(factor, 0));
    (quote.status, quote.updated) = (price.status, price.updated);
    quote.spot = Positions.spotOf(s, factor);
    quote.delta = WAD;
    if (id.kindOf() == uint8(Kind.Perp)) _asPerp(s, id, quote);
    else _asDated(s, id, quote);
    if (!Positions.isOption(id)) _setBand(s, factor, price.band, quote);
  }

  /// @notice The mark of a perp at spot `price`, and what a long of it is worth less what it has paid;
  /// then what derivatives of its factor are charged.
  function perpAt(
    State storage s,
    uint256 factor,
    int256 price
  ) external view returns (int256[7] memory words) {
    BasisRates memory b = Expiries.basisOf(EffectiveParams.marketOf(s, factor));
    (int256 mark, int256 index) = Perp.quote(s, factor, price);
    return [mark, index, b.perp[0], b.perp[1], b.expiry, b.expirySlope, b.expiryCap];
  }

  /// @notice One expiry at spot `price`, as far as Expiry.vega; whether a round waits that may count in its
  /// window; then what derivatives of its factor are charged.
  function expiryAt(
    State storage s,
    uint256 factor,
    uint256 time,
    int256 price
  ) external view returns (int256[12] memory words) {
    Expiry memory expiry = Expiries.expiryAt(s, factor, time, price);
    BasisRates memory b = Expiries.basisOf(EffectiveParams.marketOf(s, factor));
    (words[0], words[1], words[2]) = (expiry.left, expiry.root, expiry.forward);
    (words[3], words[4], words[5]) = (expiry.exposed, expiry.unsettled, expiry.ahead);
    if (Expiries.waits(s, factor, time)) words[6] = 1;
    (words[7], words[8], words[9]) = (b.perp[0], b.perp[1], b.expiry);
    (words[10], words[11]) = (b.expirySlope, b.expiryCap);
  }

  /// @notice What losses took of a unit of the side that `size` is on, signed as the size.
  function payoutHaircutOf(
    State storage s,
    InstrumentId id,
    int256 size
  ) external view returns (int256) {
    return Positions.payoutHaircutOf(s, id, size);
  }

  /// @notice What losses that the index does not show yet take of what a lender holds, cash.
  function unborneOf(State storage s, int256 cash) external view returns (int256) {
    (int256 loss, int256 bearing) = Cash.unsocialized(s.cash);
    bearing = max(1, bearing);
    return (max(0, cash) * min(loss, bearing)) / bearing;
  }

  /// @notice How much harder open interest shocks a factor, for MM and for IM.
  function crowdingOf(
    State storage s,
    uint256 factor
  ) external view returns (int256 maintenance, int256 initial) {
    return OpenInterest.crowdingOfFactor(s, factor);
  }

  /// What may add risk needs a market that is listed, and an option a fresh surface.
  function requireOpen(State storage s, InstrumentId id) internal view {
    (uint256 factor, uint256 expiry) = (id.instrumentFactorOf(), id.expiryOf());
    require(s.marketParams[factor].listed, IClearinghouse.UnknownInstrument(id));
    if (!Positions.isOption(id)) return;
    uint256 age = s.tradeParams.surfaceAge;
    uint256 posted = s.terms[factor][expiry].posted;
    require(
      posted + age >= block.timestamp,
      IClearinghouse.SurfaceStale(factor, expiry, posted, age)
    );
  }

  function _asPerp(State storage s, InstrumentId id, InstrumentQuote memory quote) private view {
    bool plain = id.expiryOf() == 0 && id.strikeOf() == 0;
    require(plain, IClearinghouse.UnknownInstrument(id));
    (quote.mark, quote.index) = Perp.quote(s, id.instrumentFactorOf(), quote.spot);
  }

  function _asDated(State storage s, InstrumentId id, InstrumentQuote memory quote) private view {
    (uint256 factor, uint256 time) = (id.instrumentFactorOf(), id.expiryOf());
    ExpiryState storage t = s.terms[factor][time];
    uint256 kind = id.kindOf();
    bool known = t.stage != Stage.Unlisted && kind > uint8(Kind.Perp) && kind <= uint8(Kind.Put);
    bool struck = (id.strikeOf() != 0) == Positions.isOption(id);
    require(known && struck, IClearinghouse.UnknownInstrument(id));
    require(block.timestamp < time, IClearinghouse.InstrumentExpired(id, time));
    Expiry memory expiry = Expiries.expiryAt(s, factor, time, quote.spot);
    if (Positions.isOption(id)) return _asOption(id, t, expiry, quote);
    (quote.mark, quote.index) = (expiry.forward, expiry.forward);
  }

  function _asOption(
    InstrumentId id,
    ExpiryState storage t,
    Expiry memory expiry,
    InstrumentQuote memory quote
  ) private view {
    (int256 low, int256 mark, int256 high, int256 delta) = Curves.quote(
      id.strikeOf(),
      expiry.forward,
      expiry.root,
      Expiries.surfaceOf(t)
    );
    int256 slack = mulDown(TradeMath.OPTION_SLACK, quote.spot);
    quote.delta = _isCall(id) ? delta : WAD - delta;
    quote.mark = _priceOf(id, mark, expiry.forward);
    quote.low = max(0, _priceOf(id, low, expiry.forward) - slack);
    quote.high = _priceOf(id, high, expiry.forward) + slack;
  }

  function _priceOf(InstrumentId id, int256 call, int256 forward) private pure returns (int256) {
    return TradeMath.optionPrice(call, forward, id.strikeOf(), _isCall(id));
  }

  function _isCall(InstrumentId id) private pure returns (bool) {
    return id.kindOf() == uint8(Kind.Call);
  }

  function _setBand(
    State storage s,
    uint256 factor,
    int256 band,
    InstrumentQuote memory quote
  ) private view {
    int256 rate = int256(uint256(s.marketParams[factor].tolerance)) * PART;
    int256 tolerance = TradeMath.fillTolerance(quote.mark, rate, band);
    (quote.low, quote.high) = (max(0, quote.mark - tolerance), quote.mark + tolerance);
  }
}
