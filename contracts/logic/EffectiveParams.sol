// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import * as RampMath from "../math/RampMath.sol";
import {AssetId} from "../types/Ids.sol";
import {DepthParams, FactorParams, MarketParams, PART} from "../types/Params.sol";
import {Charges, State, Tier} from "../types/State.sol";
import {Ramps} from "./Ramps.sol";

/// @notice Parameters as they count now: what was set, or on the way there. Whatever a margin check counts
/// is asked here.
library EffectiveParams {
  function factorOf(State storage s, uint256 factor) internal view returns (FactorParams memory p) {
    if (s.estimates[factor].ramping) return Ramps.factorAt(s, factor, block.timestamp);
    p = s.factors[factor];
  }

  function marketOf(State storage s, uint256 factor) internal view returns (MarketParams memory p) {
    if (s.estimates[factor].ramping) return Ramps.marketNow(s, factor);
    p = s.marketParams[factor];
  }

  function depthOf(State storage s, uint256 factor) internal view returns (DepthParams memory p) {
    if (s.estimates[factor].ramping) return Ramps.depthNow(s, factor);
    p = s.depths[factor];
  }

  /// Charges on an asset, MM and IM, wads.
  function chargesOf(State storage s, AssetId asset) internal view returns (int256, int256) {
    Charges memory c = s.assets[asset];
    int256 elapsed = Ramps.elapsed(c.changed, block.timestamp);
    return (
      RampMath.maintenanceRamp(_int(c.maintenanceBefore), _int(c.chargeMaintenance), elapsed) *
        PART,
      RampMath.initialRamp(_int(c.initialBefore), _int(c.chargeInitial), elapsed) * PART
    );
  }

  /// What a tier's patience costs, a wad.
  function multiplierOf(State storage s, uint8 tier) internal view returns (int256) {
    Tier memory t = s.tiers[tier];
    int256 elapsed = Ramps.elapsed(t.changed, block.timestamp);
    return RampMath.maintenanceRamp(_int(t.before), _int(t.multiplier), elapsed) * PART;
  }

  function _int(uint32 value) private pure returns (int256) {
    return int256(uint256(value));
  }
}
