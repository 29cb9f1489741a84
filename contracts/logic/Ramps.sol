// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import * as RampMath from "../math/RampMath.sol";
import {clamp} from "../math/WadMath.sol";
import {DepthParams, FactorParams, MarketParams} from "../types/Params.sol";
import {FactorRamp, State} from "../types/State.sol";

/// @notice The parameters of a factor on their way from what they were to what somebody set.
library Ramps {
  using SafeCast for int256;
  using SafeCast for uint256;

  /// @notice A factor's parameters as they are in force at `time`.
  function factorAt(
    State storage s,
    uint256 factor,
    uint256 time
  ) external view returns (FactorParams memory p) {
    FactorRamp memory r = s.ramps[factor];
    p = s.factors[factor];
    if (r.factorChanged == 0) return p;
    int256 t = elapsed(r.factorChanged, time);
    FactorParams memory old = r.factor;
    p.shockFloor = _slow(old.shockFloor, p.shockFloor, t);
    p.volatilityFloor = _slow(old.volatilityFloor, p.volatilityFloor, t);
    p.volatilityStress = _slow(old.volatilityStress, p.volatilityStress, t);
    p.correlation = _slow(old.correlation, p.correlation, t);
    p.exitMaintenance = _slow(old.exitMaintenance, p.exitMaintenance, t);
    p.exitInitial = _fast(old.exitInitial, p.exitInitial, t);
    p.dailyVolume = uint48(_of(old.dailyVolume, p.dailyVolume, t));
  }

  /// @notice What a factor's derivatives are charged now.
  function marketNow(
    State storage s,
    uint256 factor
  ) external view returns (MarketParams memory p) {
    FactorRamp memory r = s.ramps[factor];
    p = s.marketParams[factor];
    if (r.marketChanged == 0) return p;
    int256 t = elapsed(r.marketChanged, block.timestamp);
    MarketParams memory old = r.market;
    p.perpMaintenance = _slow(old.perpMaintenance, p.perpMaintenance, t);
    p.perpInitial = _fast(old.perpInitial, p.perpInitial, t);
    p.expiryBase = _slow(old.expiryBase, p.expiryBase, t);
    p.expirySlope = _slow(old.expirySlope, p.expirySlope, t);
    p.expiryCap = _slow(old.expiryCap, p.expiryCap, t);
    p.fundingCap = _slow(old.fundingCap, p.fundingCap, t);
  }

  /// @notice At which open interest a factor's shocks grow now.
  function depthNow(State storage s, uint256 factor) external view returns (DepthParams memory p) {
    FactorRamp memory r = s.ramps[factor];
    p = s.depths[factor];
    if (r.marketChanged == 0) return p;
    int256 t = elapsed(r.marketChanged, block.timestamp);
    p.low = _of(r.depth.low, p.low, t).toUint64();
    p.high = _of(r.depth.high, p.high, t).toUint64();
  }

  /// Have all numbers arrived?
  function areDone(FactorRamp storage r) internal view returns (bool) {
    uint256 last = r.factorChanged > r.marketChanged ? r.factorChanged : r.marketChanged;
    return block.timestamp >= last + uint256(RampMath.SLOW_RAMP);
  }

  /// Seconds since a number was changed: none before that, and no more than a ramp lasts.
  function elapsed(uint256 changed, uint256 time) internal pure returns (int256) {
    return clamp(int256(time) - int256(changed), 0, RampMath.SLOW_RAMP);
  }

  function _of(uint256 first, uint256 last, int256 time) private pure returns (uint256) {
    return RampMath.maintenanceRamp(int256(first), int256(last), time).toUint256();
  }

  function _slow(uint32 first, uint32 last, int256 time) private pure returns (uint32) {
    return _of(first, last, time).toUint32();
  }

  function _fast(uint32 first, uint32 last, int256 time) private pure returns (uint32) {
    int256 value = RampMath.initialRamp(int256(uint256(first)), int256(uint256(last)), time);
    return value.toUint256().toUint32();
  }
}
