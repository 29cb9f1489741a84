// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {IClearinghouse} from "../interfaces/IClearinghouse.sol";
import {HOUR, clamp, min} from "../math/WadMath.sol";
import {AssetId, assetId} from "../types/Ids.sol";
import {MAX_EXPIRIES, Smile} from "../types/Params.sol";
import {Price} from "../types/Price.sol";
import {Market, Stage, State, ExpiryState} from "../types/State.sol";
import {Locks} from "./Locks.sol";
import {Expiries} from "./instruments/Expiries.sol";

// In memory, what is posted takes less code than in calldata.
// solhint-disable gas-calldata-parameters

/// @notice What a poster says of an expiry: that it trades, and its surface. A poster who goes mad moves a
/// mark by a step at a time, and by a drift within an hour; by less once a guardian has locked the pool.
library Surfaces {
  /// @notice Lets futures and options of an expiry trade under a first surface.
  function listExpiry(
    State storage s,
    uint256 factor,
    uint256 expiry,
    Smile memory smile
  ) external {
    require(s.marketParams[factor].listed, IClearinghouse.UnknownFactor(factor));
    ExpiryState storage t = s.terms[factor][expiry];
    require(t.stage == Stage.Unlisted, IClearinghouse.ExpiryListed(factor, expiry));
    uint256 soonest = block.timestamp + 2 * Expiries.WINDOW;
    _within("expiry", expiry, soonest, block.timestamp + 400 days);
    _within("half-hour", expiry % Expiries.WINDOW, 0, 0);
    require(
      s.expiries[factor].length < MAX_EXPIRIES,
      IClearinghouse.TooManyExpiries(factor, MAX_EXPIRIES)
    );
    _requireSmile(smile);
    t.stage = Stage.Trading;
    t.windowStart = uint32(expiry - Expiries.WINDOW);
    _post(t, smile);
    s.anchors[factor][expiry] = smile;
    _watch(s, factor, expiry);
    ++s.version;
    emit IClearinghouse.ListExpiry(factor, expiry);
  }

  /// @notice Posts a surface: forward in time, not too soon, no further than a step from the last one, and no
  /// further than a drift from where surfaces were within the hour.
  function postSurface(
    State storage s,
    uint256 factor,
    uint256 expiry,
    Smile calldata smile
  ) external {
    ExpiryState storage t = s.terms[factor][expiry];
    bool open = t.stage == Stage.Trading || t.stage == Stage.Settling;
    require(open, IClearinghouse.UnknownFactor(factor));
    uint256 earliest = uint256(t.posted) + s.tradeParams.surfaceWait;
    require(block.timestamp >= earliest, IClearinghouse.SurfaceTooSoon(factor, expiry, earliest));
    uint256 step = s.tradeParams.surfaceStep;
    uint256 reach = (uint256(t.atm) * step) / 1e9;
    _within("atm", smile.atm, t.atm - reach, t.atm + reach);
    _within("skew step", _apart(smile.skew, t.skew), 0, step);
    _within("curvature step", _apart(smile.curvature, t.curvature), 0, step);
    _within("basis step", _apart(smile.basis, t.basis), 0, step * 1e9);
    _requireSmile(smile);
    Smile memory anchor = _anchor(s, factor, expiry);
    _requireNear(s, t, smile, anchor);
    s.anchors[factor][expiry] = anchor;
    _post(t, smile);
    emit IClearinghouse.PostSurface(
      factor,
      expiry,
      smile.atm,
      smile.skew,
      smile.curvature,
      smile.basis
    );
  }

  function _driftOf(State storage s) private view returns (int256) {
    bool open = Locks.levelOf(s.lock) == 0;
    return int256(uint256(open ? s.tradeParams.surfaceDrift : s.tradeParams.surfaceDriftLocked));
  }

  /// Where surfaces were: it follows the one that has stood since the last post by a drift an hour.
  function _anchor(
    State storage s,
    uint256 factor,
    uint256 expiry
  ) private view returns (Smile memory a) {
    a = s.anchors[factor][expiry];
    ExpiryState storage t = s.terms[factor][expiry];
    int256 elapsed = min(int256(block.timestamp - t.posted), HOUR);
    int256 part = (_driftOf(s) * elapsed) / HOUR;
    int256 reach = (int256(uint256(a.atm)) * part) / 1e9;
    a.atm = uint32(uint256(_toward(int256(uint256(a.atm)), int256(uint256(t.atm)), reach)));
    a.skew = int32(_toward(a.skew, t.skew, part));
    a.curvature = int32(_toward(a.curvature, t.curvature, part));
    a.basis = int64(_toward(a.basis, t.basis, part * 1e9));
  }

  function _toward(int256 from, int256 to, int256 reach) private pure returns (int256) {
    return clamp(to, from - reach, from + reach);
  }

  /// As near to the anchor as a drift, or as what stands: the way back is free.
  function _requireNear(
    State storage s,
    ExpiryState storage t,
    Smile memory smile,
    Smile memory a
  ) private view {
    uint256 drift = uint256(_driftOf(s));
    uint256 reach = Math.max((uint256(a.atm) * drift) / 1e9, _gap(t.atm, a.atm));
    uint256 skew = Math.max(drift, _apart(t.skew, a.skew));
    uint256 curvature = Math.max(drift, _apart(t.curvature, a.curvature));
    uint256 basis = Math.max(drift * 1e9, _apart(t.basis, a.basis));
    _within("atm drift", _gap(smile.atm, a.atm), 0, reach);
    _within("skew drift", _apart(smile.skew, a.skew), 0, skew);
    _within("curvature drift", _apart(smile.curvature, a.curvature), 0, curvature);
    _within("basis drift", _apart(smile.basis, a.basis), 0, basis);
  }

  function _gap(uint32 a, uint32 b) private pure returns (uint256) {
    return a < b ? b - a : a - b;
  }

  function _requireSmile(Smile memory smile) private pure {
    _within("atm", smile.atm, 0.05e9, 4e9);
    _within("skew", _apart(smile.skew, 0), 0, 1e9);
    _within("curvature", _apart(smile.curvature, 0), 0, 1e9);
    _within("basis", _apart(smile.basis, 0), 0, 1e18);
  }

  function _post(ExpiryState storage t, Smile memory smile) private {
    t.atm = smile.atm;
    t.skew = smile.skew;
    t.curvature = smile.curvature;
    t.basis = smile.basis;
    t.posted = uint32(block.timestamp);
  }

  /// The rounds of a factor are summed from now on, if they were not.
  function _watch(State storage s, uint256 factor, uint256 expiry) private {
    Market storage m = s.markets[factor];
    uint32 start = uint32(expiry - Expiries.WINDOW);
    if (m.boundary == 0) {
      AssetId asset = assetId(factor, 0);
      Price memory price = s.oracle.read(asset);
      require(
        price.price > 0,
        IClearinghouse.PriceNotOk(asset, price.price, price.updated, price.status)
      );
      (m.price, m.seen) = (uint96(uint256(price.price)), uint32(block.timestamp));
    }
    if (m.boundary == 0 || start < m.boundary) m.boundary = start;
    s.expiries[factor].push(uint32(expiry));
  }

  function _apart(int256 a, int256 b) private pure returns (uint256) {
    return uint256(a < b ? b - a : a - b);
  }

  function _within(string memory name, uint256 value, uint256 low, uint256 high) private pure {
    require(
      value >= low && value <= high,
      IClearinghouse.ParameterOutOfBounds(name, value, low, high)
    );
  }
}
