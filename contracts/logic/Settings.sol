// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";

import {IClearinghouse} from "../interfaces/IClearinghouse.sol";
import {AssetId, CASH, NO_ASSET, STABLES} from "../types/Ids.sol";
import {
  AssetParams,
  CashParams,
  FactorParams,
  GraceTier,
  LiquidationParams,
  Listing,
  TIERS
} from "../types/Params.sol";
import {State} from "../types/State.sol";
import {Cash} from "./Cash.sol";
import {Estimates} from "./Estimates.sol";

/// @notice Every choice, within its bounds. Parts are 1e-9.
library Settings {
  /// @notice Lists a factor, or changes its parameters.
  function setFactor(State storage s, uint256 factor, FactorParams memory p) external {
    _within("factor", factor, 1, STABLES - 1);
    _within("shockFloor", p.shockFloor, 0.01e9, 0.4e9);
    _within("volatilityFloor", p.volatilityFloor, 0.05e9, 3e9);
    _within("volatilityStress", p.volatilityStress, p.volatilityFloor, 4e9);
    _within("correlation", p.correlation, 0, 1e9);
    _within("exitMaintenance", p.exitMaintenance, 0, 0.1e9);
    _within("exitInitial", p.exitInitial, p.exitMaintenance, 0.15e9);
    p.listed = true;
    s.factors[factor] = p;
    Estimates.list(s, factor, p);
    ++s.version;
    emit IClearinghouse.SetFactor(factor, p);
  }

  /// @notice Lists a token as an asset, or changes the charges of one that is listed.
  function setAsset(State storage s, AssetId asset, address token, AssetParams memory p) external {
    _within("chargeMaintenance", p.chargeMaintenance, 0, 0.1e9);
    _within("chargeInitial", p.chargeInitial, p.chargeMaintenance, 0.13e9);
    bool known = asset.isStable() || s.factors[asset.factorOf()].listed;
    require(known && asset != NO_ASSET, IClearinghouse.UnknownFactor(asset.factorOf()));
    Listing storage listing = s.listings[token];
    address listed = s.tokens[asset];
    if (listed == address(0) && listing.asset == NO_ASSET) _list(s, asset, token);
    else require(listed == token, IClearinghouse.AlreadyListed(token, asset));
    s.assets[asset] = p;
    ++s.version;
    emit IClearinghouse.SetAsset(asset, token, p);
  }

  /// @notice Freezes or thaws deposits of a token, and caps them; the cap is in wad units.
  function setListing(State storage s, address token, bool frozen, uint112 cap) external {
    Listing storage listing = s.listings[token];
    require(listing.asset != NO_ASSET, IClearinghouse.UnknownAsset(token));
    _within("cap", cap, 0, 1e33);
    listing.frozen = frozen;
    listing.cap = cap;
    ++s.version;
    emit IClearinghouse.SetListing(token, frozen, cap);
  }

  /// @notice The interest curve and the bounds of the ledger; interest accrues under the old one.
  function setCash(State storage s, CashParams memory p) external {
    _within("base", p.base, 0, 0.5e9);
    _within("slopeLow", p.slopeLow, 0, 2e9);
    _within("slopeHigh", p.slopeHigh, 0, 4e9);
    _within("kink", p.kink, 0.1e9, 1e9);
    _within("spread", p.spread, 0, 0.5e9);
    _within("borrowCap", p.borrowCap, 0, 1e11);
    _within("minimumIdle", p.minimumIdle, 0, 1e11);
    Cash.accrue(s.cash);
    s.cashParams = p;
    Cash.reprice(s);
    ++s.version;
    emit IClearinghouse.SetCash(p);
  }

  /// @notice The tiers of patience: longer never costs less.
  function setTiers(State storage s, GraceTier[TIERS] memory tiers) external {
    uint256 longest = 300;
    uint256 multiplier = 1e9;
    for (uint256 i = 0; i < TIERS; ++i) {
      _within("longest", tiers[i].longest, longest, 1 days);
      _within("multiplier", tiers[i].multiplier, multiplier, 3e9);
      longest = tiers[i].longest;
      multiplier = tiers[i].multiplier;
      s.tiers[i] = tiers[i];
    }
    ++s.version;
    emit IClearinghouse.SetTiers(tiers);
  }

  /// @notice What governs liquidation.
  function setLiquidation(State storage s, LiquidationParams memory p) external {
    _within("dust", p.dust, 0, 100_000);
    s.liquidation = p;
    ++s.version;
    emit IClearinghouse.SetLiquidation(p);
  }

  function _list(State storage s, AssetId asset, address token) private {
    uint8 decimals = IERC20Metadata(token).decimals();
    _within("decimals", decimals, asset == CASH ? 2 : 0, 18);
    s.assetList.push(asset);
    s.tokens[asset] = token;
    s.listings[token].asset = asset;
    s.listings[token].decimals = decimals;
  }

  function _within(string memory name, uint256 value, uint256 low, uint256 high) private pure {
    require(
      value >= low && value <= high,
      IClearinghouse.ParameterOutOfBounds(name, value, low, high)
    );
  }
}
