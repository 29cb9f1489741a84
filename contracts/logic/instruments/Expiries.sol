// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {IClearinghouse} from "../../interfaces/IClearinghouse.sol";
import * as MarginMath from "../../math/MarginMath.sol";
import {rootTimeOf} from "../../math/OptionMath.sol";
import * as SettlementMath from "../../math/SettlementMath.sol";
import {WAD, max} from "../../math/WadMath.sol";
import {InstrumentId, assetId} from "../../types/Ids.sol";
import {MarketParams, PART} from "../../types/Params.sol";
import {BasisRates, Expiry} from "../../types/Portfolio.sol";
import {Surface} from "../../types/Surface.sol";
import {Market, Stage, State, ExpiryState} from "../../types/State.sol";
import {EffectiveParams} from "../EffectiveParams.sol";

/// @notice What futures and options of one expiry share: forward, surface, and the price they settle
/// at, which is the average of all oracle rounds of a window, whoever brings them, however late.
library Expiries {
  uint256 internal constant WINDOW = uint256(SettlementMath.WINDOW);

  /// The prices of a factor as its rounds are walked.
  struct Tally {
    uint256 price;
    uint256 seen;
    uint256 silence;
    uint256 sum;
    uint256 life; // seconds a price is good
  }

  function basisOf(MarketParams memory p) internal pure returns (BasisRates memory rates) {
    rates.perp[0] = int256(uint256(p.perpMaintenance)) * PART;
    rates.perp[1] = int256(uint256(p.perpInitial)) * PART;
    rates.expiry = int256(uint256(p.expiryBase)) * PART;
    rates.expirySlope = int256(uint256(p.expirySlope)) * PART;
    rates.expiryCap = int256(uint256(p.expiryCap)) * PART;
  }

  function surfaceOf(ExpiryState storage t) internal view returns (Surface memory) {
    return
      Surface(int256(uint256(t.atm)) * PART, int256(t.skew) * PART, int256(t.curvature) * PART);
  }

  /// The forward of an expiry at spot `price`.
  function forwardAt(
    State storage s,
    uint256 factor,
    uint256 time,
    int256 price
  ) internal view returns (int256) {
    return expiryAt(s, factor, time, price).forward;
  }

  /// One expiry at spot `price`, with nothing held of it yet.
  function expiryAt(
    State storage s,
    uint256 factor,
    uint256 time,
    int256 price
  ) internal view returns (Expiry memory expiry) {
    ExpiryState storage t = s.terms[factor][time];
    int256 left = max(0, int256(time) - int256(block.timestamp));
    expiry.time = time;
    expiry.left = left;
    expiry.root = rootTimeOf(left);
    int256 limit = MarginMath.expiryRate(basisOf(EffectiveParams.marketOf(s, factor)), left) / 2;
    expiry.forward = SettlementMath.forwardOf(price, t.basis, left, limit);
    (expiry.exposed, expiry.unsettled, expiry.ahead) = (WAD, WAD, WAD);
    if (_isInWindow(t)) _settling(s, factor, t, expiry, price);
  }

  /// Is the price of an instrument being made?
  function isSettling(State storage s, InstrumentId id) internal view returns (bool) {
    uint256 time = id.expiryOf();
    if (time > block.timestamp + WINDOW || time == 0) return false;
    return _isInWindow(s.terms[id.instrumentFactorOf()][time]);
  }

  /// Does a round wait that may count in the window of an expiry?
  function waits(State storage s, uint256 factor, uint256 time) internal view returns (bool) {
    return _isInWindow(s.terms[factor][time]) && _isBehind(s, factor);
  }

  /// Until when all rounds of a factor are told.
  function closed(State storage s, uint256 factor) internal view returns (uint256) {
    return Math.min(block.timestamp, s.oracle.closed(assetId(factor, 0)));
  }

  function _isInWindow(ExpiryState storage t) private view returns (bool) {
    bool open = t.stage == Stage.Trading || t.stage == Stage.Settling;
    return open && block.timestamp > t.windowStart;
  }

  function _isBehind(State storage s, uint256 factor) private view returns (bool) {
    return s.oracle.next(assetId(factor, 0), s.estimates[factor].round).id != 0;
  }

  /// Inside the window what is known moves no more; the rest, what the clock has reached of it too, counts
  /// at `price`. Of a window that will move on nothing is known.
  function _settling(
    State storage s,
    uint256 factor,
    ExpiryState storage t,
    Expiry memory expiry,
    int256 price
  ) private view {
    Tally memory tally = load(s, factor);
    uint256 start = t.windowStart;
    uint256 known = _knownUntil(s, factor, tally, start);
    (uint256 sum, uint256 silence) = _atStart(t, tally);
    if (silenceAt(tally, known) - silence > uint256(SettlementMath.MOST_SILENT)) return;
    int256 elapsed = int256(known - start);
    int256 share = SettlementMath.settledShare(elapsed);
    int256 average = SettlementMath.averageOf(
      int256(sumAt(tally, known)),
      int256(sum),
      elapsed,
      price
    );
    int256 forward = SettlementMath.settlingForward(expiry.forward, average, share);
    expiry.exposed = SettlementMath.exposedShare(expiry.forward, forward, share);
    expiry.ahead = WAD - SettlementMath.settledShare(int256(block.timestamp - start));
    (expiry.forward, expiry.unsettled) = (forward, WAD - share);
  }

  /// Until when the prices of a window are known: as far as rounds are told, once they are walked.
  function _knownUntil(
    State storage s,
    uint256 factor,
    Tally memory tally,
    uint256 start
  ) private view returns (uint256) {
    uint256 known = tally.seen;
    if (!_isBehind(s, factor)) known = Math.max(known, closed(s, factor));
    return Math.min(Math.max(known, start), start + WINDOW);
  }

  /// Sum and silence when a window began: of one that no round has opened yet, at the price in force.
  function _atStart(
    ExpiryState storage t,
    Tally memory tally
  ) private view returns (uint256, uint256) {
    if (t.stage == Stage.Settling) return (t.startSum, t.startSilence);
    return (sumAt(tally, t.windowStart), silenceAt(tally, t.windowStart));
  }

  function load(State storage s, uint256 factor) internal view returns (Tally memory) {
    Market storage m = s.markets[factor];
    return Tally(m.price, m.seen, m.silence, m.sum, s.oracle.life(assetId(factor, 0)));
  }

  function store(State storage s, uint256 factor, Tally memory tally) internal {
    Market storage m = s.markets[factor];
    m.price = uint96(tally.price);
    m.seen = uint32(tally.seen);
    m.silence = uint32(tally.silence);
    m.sum = uint128(tally.sum);
  }

  /// The price in force until `time` has stood; then `price` takes over.
  function advance(Tally memory tally, uint256 price, uint256 time) internal pure {
    (tally.sum, tally.silence) = (sumAt(tally, time), silenceAt(tally, time));
    tally.price = price;
    tally.seen = time;
  }

  function sumAt(Tally memory tally, uint256 time) internal pure returns (uint256) {
    int256 elapsed = int256(time - tally.seen);
    return uint256(SettlementMath.sumAfter(int256(tally.sum), int256(tally.price), elapsed));
  }

  function silenceAt(Tally memory tally, uint256 time) internal pure returns (uint256) {
    int256 elapsed = int256(time - tally.seen);
    return uint256(SettlementMath.silenceAfter(int256(tally.silence), elapsed, int256(tally.life)));
  }

  /// Opens and closes every window whose edge lies at or before `time`, at the price in force.
  function cross(State storage s, uint256 factor, Tally memory tally, uint256 time) internal {
    uint32[] storage list = s.expiries[factor];
    uint256 boundary;
    for (uint256 i = list.length; i > 0; --i) {
      uint256 edge = _pass(s, factor, list[i - 1], tally, time);
      if (edge == 0) {
        list[i - 1] = list[list.length - 1];
        list.pop();
      } else if (boundary == 0 || edge < boundary) {
        boundary = edge;
      }
    }
    s.markets[factor].boundary = uint32(boundary);
  }

  /// Passes the edges of one expiry. Returns the next one; zero once it is settled.
  function _pass(
    State storage s,
    uint256 factor,
    uint256 expiry,
    Tally memory tally,
    uint256 time
  ) private returns (uint256) {
    ExpiryState storage t = s.terms[factor][expiry];
    while (true) {
      if (t.stage == Stage.Trading) {
        if (time < t.windowStart) return t.windowStart;
        _open(t, tally, t.windowStart);
      }
      uint256 end = t.windowStart + WINDOW;
      if (time < end) return end;
      if (silenceAt(tally, end) - t.startSilence <= uint256(SettlementMath.MOST_SILENT)) {
        _settle(s, factor, expiry, tally, end);
        return 0;
      }
      _open(t, tally, _nextWindow(tally, end, time));
    }
    return 0;
  }

  /// A window too silent moves on by its length; through a silence that outlasts it, at once.
  function _nextWindow(
    Tally memory tally,
    uint256 end,
    uint256 time
  ) private pure returns (uint256) {
    if (end < tally.seen + tally.life) return end;
    return end + ((time - end) / WINDOW) * WINDOW;
  }

  function _open(ExpiryState storage t, Tally memory tally, uint256 start) private {
    t.stage = Stage.Settling;
    t.windowStart = uint32(start);
    t.startSum = uint128(sumAt(tally, start));
    t.startSilence = uint32(silenceAt(tally, start));
  }

  function _settle(
    State storage s,
    uint256 factor,
    uint256 expiry,
    Tally memory tally,
    uint256 end
  ) private {
    ExpiryState storage t = s.terms[factor][expiry];
    int256 sum = int256(sumAt(tally, end));
    int256 start = int256(uint256(t.startSum));
    int256 price = SettlementMath.averageOf(sum, start, SettlementMath.WINDOW, int256(tally.price));
    t.stage = Stage.Settled;
    t.settlement = uint96(uint256(price));
    emit IClearinghouse.ExpirySettled(factor, expiry, uint256(price));
  }
}
