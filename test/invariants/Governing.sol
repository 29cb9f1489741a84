// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AssetId} from "../../contracts/types/Ids.sol";
import {
  AssetParams,
  DepthParams,
  FactorParams,
  GraceTier,
  MarketParams,
  TIERS
} from "../../contracts/types/Params.sol";
import {Margin} from "../../contracts/types/Portfolio.sol";
import {Charges, Tier} from "../../contracts/types/State.sol";
import {World} from "./World.sol";

/// @notice Parameters changed while the pool lives, a second time before the first has arrived too. In
/// the block of a change no margin moves by a wei.
abstract contract Governing is World {
  uint256 private constant ROUNDS = 4_096;

  function govern(uint256 what, uint256 seed) external act {
    uint256 f = 1 + ((what >> 8) % FACTORS);
    _try("observe", _keeper(), abi.encodeCall(door.observe, (f, ROUNDS)));
    Margin[] memory before = _margins();
    if (what % 4 == 0) _changeFactor(f, seed);
    else if (what % 4 == 1) _changeMarket(f, seed);
    else if (what % 4 == 2) _changeAsset(what >> 16, seed);
    else _changeTiers(seed);
    _requireStill(before);
  }

  function _changeFactor(uint256 f, uint256 seed) private {
    (FactorParams memory p, ) = door.factorOf(f);
    p.shockFloor = _near(seed, p.shockFloor, 0.01e9, 0.4e9);
    p.volatilityFloor = _near(seed >> 16, p.volatilityFloor, 0.05e9, 1e9);
    p.volatilityStress = _near(seed >> 32, p.volatilityStress, 1e9, 4e9);
    p.correlation = _near(seed >> 48, p.correlation, 0, 1e9);
    p.exitMaintenance = _near(seed >> 64, p.exitMaintenance, 0.001e9, 0.1e9);
    p.exitInitial = _near(seed >> 80, p.exitInitial, p.exitMaintenance, 0.15e9);
    p.dailyVolume = uint48(_near(seed >> 96, uint32(p.dailyVolume >> 10), 1e5, 1e9)) << 10;
    _try("setFactor", address(this), abi.encodeCall(door.setFactor, (f, p)));
  }

  function _changeMarket(uint256 f, uint256 seed) private {
    (, MarketParams memory p, DepthParams memory depth, ) = door.marketOf(f);
    p.perpMaintenance = _near(seed, p.perpMaintenance, 0.001e9, 0.1e9);
    p.perpInitial = _near(seed >> 16, p.perpInitial, p.perpMaintenance, 0.15e9);
    p.expiryBase = _near(seed >> 32, p.expiryBase, 0.001e9, 0.05e9);
    p.expirySlope = _near(seed >> 48, p.expirySlope, 0.01e9, 0.5e9);
    p.expiryCap = _near(seed >> 64, p.expiryCap, 0.005e9, 0.2e9);
    p.fundingCap = _near(seed >> 80, p.fundingCap, 0.001e9, 0.05e9);
    depth.low = uint64((uint256(depth.low) * (50 + ((seed >> 96) % 100))) / 100) + 1;
    depth.high = depth.low + uint64((uint256(depth.low) * ((seed >> 112) % 1_000)) / 100);
    _try("setMarket", address(this), abi.encodeCall(door.setMarket, (f, p, depth)));
  }

  function _changeAsset(uint256 which, uint256 seed) private {
    AssetId id = _markets[which % _markets.length].id;
    Charges memory now_ = door.assetOf(id);
    AssetParams memory p;
    p.chargeMaintenance = _near(seed, now_.chargeMaintenance, 0, 0.1e9);
    p.chargeInitial = _near(seed >> 16, now_.chargeInitial, p.chargeMaintenance, 0.13e9);
    _try("setAsset", address(this), abi.encodeCall(door.setAsset, (id, door.tokenOf(id), p)));
  }

  function _changeTiers(uint256 seed) private {
    (, , Tier[TIERS] memory old, ) = door.ledger();
    GraceTier[TIERS] memory tiers;
    uint32 multiplier = 1e9;
    uint32 longest = 300;
    for (uint256 i = 0; i < TIERS; ++i) {
      multiplier = _near(seed >> (i * 32), old[i].multiplier, multiplier, 3e9);
      longest = _near(seed >> (i * 32 + 16), old[i].longest, longest, 1 days);
      tiers[i] = GraceTier(longest, multiplier);
    }
    _try("setTiers", address(this), abi.encodeCall(door.setTiers, (tiers)));
  }

  /// From half to double of what a number was, within its bounds.
  function _near(
    uint256 seed,
    uint32 value,
    uint256 low,
    uint256 high
  ) private pure returns (uint32) {
    uint256 drawn = (uint256(value) * (500 + ((seed & 0xffff) % 1_500))) / 1_000;
    return
      uint32(
        drawn < low
          ? low
          : drawn > high
            ? high
            : drawn
      );
  }

  function _margins() private view returns (Margin[] memory list) {
    list = new Margin[](_accounts.length);
    for (uint256 i = 0; i < list.length; ++i) list[i] = door.margin(_accounts[i]);
  }

  function _requireStill(Margin[] memory before) private view {
    for (uint256 i = 0; i < before.length; ++i) {
      bytes memory now_ = abi.encode(door.margin(_accounts[i]));
      assertEq(now_, abi.encode(before[i]), "a change of parameters moved a margin in its block");
    }
  }
}
