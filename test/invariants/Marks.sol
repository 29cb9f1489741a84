// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {rootTimeOf} from "../../contracts/math/OptionMath.sol";
import * as PerpMath from "../../contracts/math/PerpMath.sol";
import {forwardOf} from "../../contracts/math/SettlementMath.sol";
import {optionPrice} from "../../contracts/math/TradeMath.sol";
import {InstrumentId, Kind, assetId} from "../../contracts/types/Ids.sol";
import {MarketParams} from "../../contracts/types/Params.sol";
import {
  Estimate,
  FactorRamp,
  Market as Ledger,
  Stage,
  ExpiryState
} from "../../contracts/types/State.sol";
import {Surface} from "../../contracts/types/Surface.sol";
import {LocalPool} from "./LocalPool.sol";

/// @notice What every instrument is worth, and what its profit counts from, by what the pool tells
/// anyone before an act.
abstract contract Marks is LocalPool {
  /// @notice What profit counts from, as it stood before an act and as fills move it.
  struct Scene {
    int256[5] spot;
    int256[5] premium;
    int256[5] funding;
    bool[5] walked; // rounds were observed: forwards that settle have moved
    bool[5] moved; // did a fill move the premium
  }

  int256 internal constant WAD_ = 1e18;
  int256 private constant YEAR_ = 31_536_000;

  mapping(uint256 => mapping(uint256 => uint256)) internal _settledAt; // price, by factor and expiry
  mapping(uint256 => mapping(uint256 => int256)) private _forwards; // before the act

  function _sceneNow() internal returns (Scene memory scene) {
    for (uint256 f = 1; f <= FACTORS; ++f) {
      (Ledger memory m, , , uint32[] memory expiries) = door.marketOf(f);
      MarketParams memory p = _chargesOf(f);
      scene.spot[f] = _spotOf(f);
      int256 elapsed = int256(_clock - m.time);
      int256 cap = int256(uint256(p.fundingCap)) * 1e9;
      scene.premium[f] = PerpMath.premiumAfter(m.premium, elapsed);
      scene.funding[f] = PerpMath.fundingAfter(m.funding, m.premium, scene.spot[f], elapsed, cap);
      for (uint256 i = 0; i < expiries.length; ++i) {
        _forwards[f][expiries[i]] = _forwardNow(f, expiries[i], scene.spot[f]);
      }
    }
  }

  /// What is charged now, on its way from what it was to what was set.
  function _chargesOf(uint256 f) internal view returns (MarketParams memory p) {
    FactorRamp memory r = door.rampOf(f);
    (, p, , ) = door.marketOf(f);
    if (r.marketChanged == 0) return p;
    uint256 t = _clock - r.marketChanged;
    p.fundingCap = _along(r.market.fundingCap, p.fundingCap, t);
    p.expiryBase = _along(r.market.expiryBase, p.expiryBase, t);
    p.expirySlope = _along(r.market.expirySlope, p.expirySlope, t);
    p.expiryCap = _along(r.market.expiryCap, p.expiryCap, t);
    p.perpMaintenance = _along(r.market.perpMaintenance, p.perpMaintenance, t);
  }

  function _along(uint256 first, uint256 last, uint256 t) private pure returns (uint32) {
    if (t >= 3 days) return uint32(last);
    if (last < first) return uint32(first - ((first - last) * t) / 3 days);
    return uint32(first + ((last - first) * t) / 3 days);
  }

  /// A dead feed leaves the last price that the estimates took.
  function _spotOf(uint256 f) internal view returns (int256 price) {
    price = _oracle.read(assetId(f, 0)).price;
    if (price > 0) return price;
    (, Estimate memory estimate) = door.factorOf(f);
    return int256(uint256(estimate.price));
  }

  /// The forward of an expiry from what is stored of it; averaged with the past while it settles.
  function _forwardNow(uint256 f, uint256 expiry, int256 spot) internal view returns (int256) {
    (Ledger memory m, , , ) = door.marketOf(f);
    MarketParams memory p = _chargesOf(f);
    ExpiryState memory t = door.expiryStateOf(f, expiry);
    int256 left = expiry > _clock ? int256(expiry - _clock) : int256(0);
    int256 rate = int256(uint256(p.expirySlope)) * 1e9;
    rate = int256(uint256(p.expiryBase)) * 1e9 + (rate * left + YEAR_ - 1) / YEAR_;
    int256 most = int256(uint256(p.expiryCap)) * 1e9;
    int256 forward = forwardOf(spot, t.basis, left, (rate < most ? rate : most) / 2);
    if (_clock <= t.windowStart || t.stage == Stage.Settled) return forward;
    return _settling(f, m, t, spot, forward);
  }

  /// What is known of a window: prices up to now once all rounds are walked, else up to the last one walked.
  /// The rest counts at spot; of a window with ten minutes of silence nothing is known.
  function _settling(
    uint256 f,
    Ledger memory m,
    ExpiryState memory t,
    int256 spot,
    int256 forward
  ) private view returns (int256) {
    uint256 known = _isBehind(f) || m.seen > _clock ? m.seen : _clock;
    if (known < t.windowStart) known = t.windowStart;
    if (known > t.windowStart + WINDOW) known = t.windowStart + WINDOW;
    (uint256 sum, uint256 silence) = _tallyAt(f, m, known);
    (uint256 first, uint256 silent) = (t.startSum, t.startSilence);
    if (t.stage == Stage.Trading) (first, silent) = _tallyAt(f, m, t.windowStart);
    if (silence - silent > 600) return forward;
    int256 elapsed = int256(known - t.windowStart);
    int256 share = (elapsed * WAD_) / int256(WINDOW);
    int256 average = elapsed == 0 ? spot : int256(sum - first) / elapsed;
    return (share * average) / WAD_ + ((WAD_ - share) * forward) / WAD_;
  }

  /// Price·seconds, and seconds without a good price, up to a time after the last round walked.
  function _tallyAt(
    uint256 f,
    Ledger memory m,
    uint256 time
  ) private view returns (uint256 sum, uint256 silence) {
    uint256 stood = time - m.seen;
    uint256 life = _oracle.life(assetId(f, 0));
    return (m.sum + m.price * stood, m.silence + (stood > life ? stood - life : 0));
  }

  function _isBehind(uint256 f) private view returns (bool) {
    (, Estimate memory estimate) = door.factorOf(f);
    return _oracle.next(assetId(f, 0), estimate.round).id != 0;
  }

  /// What profit of an instrument counts to now.
  function _indexOf(Scene memory scene, InstrumentId id) internal view returns (int256) {
    uint256 f = id.instrumentFactorOf();
    if (id.kindOf() == uint8(Kind.Perp)) return _markOf(scene, f) - scene.funding[f];
    uint256 expiry = id.expiryOf();
    if (_settledAt[f][expiry] > 0) return _payoffOf(id, int256(_settledAt[f][expiry]));
    if (id.kindOf() != uint8(Kind.Future)) return 0;
    return scene.walked[f] ? _forwardNow(f, expiry, scene.spot[f]) : _forwards[f][expiry];
  }

  function _markOf(Scene memory scene, uint256 f) internal pure returns (int256) {
    return scene.spot[f] + _floor(scene.spot[f] * scene.premium[f]);
  }

  function _payoffOf(InstrumentId id, int256 settlement) internal pure returns (int256) {
    if (id.kindOf() == uint8(Kind.Future)) return settlement;
    int256 payoff = settlement - id.strikeOf();
    if (id.kindOf() == uint8(Kind.Put)) payoff = -payoff;
    return payoff > 0 ? payoff : int256(0);
  }

  /// The mark of a fill: of an option Black's, on the forward and the surface as they stood.
  function _markAt(Scene memory scene, InstrumentId id) internal view returns (int256) {
    uint256 f = id.instrumentFactorOf();
    if (id.kindOf() == uint8(Kind.Perp)) return _markOf(scene, f);
    uint256 expiry = id.expiryOf();
    int256 forward = scene.walked[f] ? _forwardNow(f, expiry, scene.spot[f]) : _forwards[f][expiry];
    if (id.kindOf() == uint8(Kind.Future)) return forward;
    ExpiryState memory t = door.expiryStateOf(f, expiry);
    Surface memory surface = Surface(
      int256(uint256(t.atm)) * 1e9,
      int256(t.skew) * 1e9,
      int256(t.curvature) * 1e9
    );
    int256 root = rootTimeOf(int256(expiry - _clock));
    int256 call = _judge.callOf(id.strikeOf(), forward, root, surface);
    return optionPrice(call, forward, id.strikeOf(), id.kindOf() == uint8(Kind.Call));
  }

  function _floor(int256 squared) internal pure returns (int256) {
    return _floorOf(squared, WAD_);
  }

  function _floorOf(int256 a, int256 b) internal pure returns (int256) {
    return a % b < 0 ? a / b - 1 : a / b;
  }

  function _least(int256 a, int256 b) internal pure returns (int256) {
    return a < b ? a : b;
  }

  function _between(int256 a, int256 low, int256 high) internal pure returns (int256) {
    return
      a < low
        ? low
        : a > high
          ? high
          : a;
  }
}
