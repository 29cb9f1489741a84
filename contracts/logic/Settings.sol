// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";

import {IClearinghouse} from "../interfaces/IClearinghouse.sol";
import {MAX_DEPTH} from "../math/ScenarioMath.sol";
import {MAX_VALUE, WAD} from "../math/WadMath.sol";
import {AccountId, AssetId, CASH, NO_ASSET, STABLES, assetId} from "../types/Ids.sol";
import {
  AssetParams,
  CashParams,
  DepthParams,
  FactorParams,
  GraceTier,
  KeeperParams,
  LiquidationParams,
  Listing,
  MarketParams,
  MILLIONTH,
  PART,
  TIERS,
  TradeParams
} from "../types/Params.sol";
import {Charges, FactorRamp, MAX_HOLDING, State, Tier} from "../types/State.sol";
import {Cash} from "./Cash.sol";
import {Estimates} from "./Estimates.sol";
import {EffectiveParams} from "./EffectiveParams.sol";
import {OpenInterest} from "./OpenInterest.sol";
import {Rates} from "./Rates.sol";

// In memory, what is set takes 180 bytes less than in calldata, and 24 KB are all there are.
// solhint-disable gas-calldata-parameters

/// @notice Every choice, within its bounds. Parts are 1e-9. What a margin check counts ramps.
library Settings {
  // What the maths is stated for, in the units of the parameters.
  uint256 private constant LARGEST = uint256(MAX_VALUE / WAD); // whole units of value
  uint256 private constant DEEPEST = uint256(MAX_DEPTH / MILLIONTH);

  /// @notice Lists a factor, or changes its parameters.
  function setFactor(State storage s, uint256 factor, FactorParams memory p) external {
    _within("factor", factor, 1, STABLES - 1);
    _within("shockFloor", p.shockFloor, 0.01e9, 0.4e9);
    _within("volatilityFloor", p.volatilityFloor, 0.05e9, 3e9);
    _within("volatilityStress", p.volatilityStress, p.volatilityFloor, 4e9);
    _within("correlation", p.correlation, 0, 1e9);
    _within("exitMaintenance", p.exitMaintenance, 0, 0.1e9);
    _within("exitInitial", p.exitInitial, p.exitMaintenance, 0.15e9);
    _within("dailyVolume", p.dailyVolume, 0, LARGEST);
    p.listed = true;
    FactorParams memory old = s.factors[factor];
    if (old.listed) _rampFactor(s, factor, old, p);
    s.factors[factor] = p;
    Estimates.list(s, factor, p);
    _changed(s);
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
    _charge(s, asset, p, listed == address(0));
    _changed(s);
    emit IClearinghouse.SetAsset(asset, token, p);
  }

  /// @notice Takes an asset off the list once no one holds any; cash stays. What trades on it must be closed,
  /// and trades no more: whoever looks at a pool finds its markets by their assets.
  function delist(State storage s, address token) external {
    Listing memory listing = s.listings[token];
    AssetId asset = listing.asset;
    require(asset != NO_ASSET, IClearinghouse.UnknownAsset(token));
    require(asset != CASH && listing.total == 0, IClearinghouse.StillHeld(token, listing.total));
    if (asset.isUnderlying()) _closeMarket(s, token, asset.factorOf());
    delete s.listings[token];
    delete s.tokens[asset];
    delete s.assets[asset];
    uint256 last = s.assetList.length - 1;
    for (uint256 i = 0; i < last; ++i) {
      if (s.assetList[i] == asset) s.assetList[i] = s.assetList[last];
    }
    s.assetList.pop();
    _changed(s);
    emit IClearinghouse.Delist(token, asset);
  }

  /// @notice Freezes or thaws deposits of a token, and caps them; the cap is in wad units.
  function setListing(State storage s, address token, bool frozen, uint112 cap) external {
    Listing storage listing = s.listings[token];
    require(listing.asset != NO_ASSET, IClearinghouse.UnknownAsset(token));
    _within("cap", cap, 0, listing.asset == CASH ? uint256(MAX_VALUE) : MAX_HOLDING);
    listing.frozen = frozen;
    listing.cap = cap;
    _changed(s);
    emit IClearinghouse.SetListing(token, frozen, cap);
  }

  /// @notice The interest curve and the bounds of the ledger; interest accrues under the old one.
  function setCash(State storage s, CashParams memory p) external {
    _within("base", p.base, 0, 0.5e9);
    _within("slopeLow", p.slopeLow, 0, 2e9);
    _within("slopeHigh", p.slopeHigh, 0, 4e9);
    _within("kink", p.kink, 0.1e9, 1e9);
    _within("spread", p.spread, 0, 0.5e9);
    _within("borrowCap", p.borrowCap, 0, LARGEST);
    _within("minimumIdle", p.minimumIdle, 0, LARGEST);
    Cash.accrue(s.cash);
    s.cashParams = p;
    Cash.reprice(s);
    _changed(s);
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
      Tier storage tier = s.tiers[i];
      if (tier.multiplier != 0) _rampTier(s, uint8(i));
      (tier.longest, tier.multiplier) = (tiers[i].longest, tiers[i].multiplier);
    }
    _changed(s);
    emit IClearinghouse.SetTiers(tiers);
  }

  /// @notice The share of what the pool holds of a token that may leave it in an hour.
  function setExit(State storage s, uint32 share) external {
    _within("exit", share, 0.01e9, 0.5e9);
    s.lock.exitShare = share;
    _changed(s);
    emit IClearinghouse.SetExit(share);
  }

  /// @notice What governs liquidation.
  function setLiquidation(State storage s, LiquidationParams memory p) external {
    _within("dust", p.dust, 0, 100_000);
    s.liquidation = p;
    _changed(s);
    emit IClearinghouse.SetLiquidation(p);
  }

  /// @notice What keepers are paid.
  function setKeeper(State storage s, KeeperParams memory p) external {
    _within("roundFee", p.roundFee, 0, 1e6);
    _within("dailyCap", p.dailyCap, 0, 100_000);
    _within("finderShare", p.finderShare, 0, 0.005e9);
    _within("finderCap", p.finderCap, 0, 10_000);
    s.keeperParams = p;
    _changed(s);
    emit IClearinghouse.SetKeeper(p);
  }

  /// @notice Lets a factor's perp trade, or changes what its derivatives are charged and may reach.
  function setMarket(
    State storage s,
    uint256 factor,
    MarketParams memory p,
    DepthParams memory depth
  ) external {
    bool held = !p.listed || s.tokens[assetId(factor, 0)] != address(0);
    require(held && s.factors[factor].listed, IClearinghouse.UnknownFactor(factor));
    _within("perpMaintenance", p.perpMaintenance, 0.001e9, 0.1e9);
    _within("perpInitial", p.perpInitial, p.perpMaintenance, 0.15e9);
    _within("expiryBase", p.expiryBase, 0, 0.05e9);
    _within("expirySlope", p.expirySlope, 0, 0.5e9);
    _within("expiryCap", p.expiryCap, 0.005e9, 0.2e9);
    _within("fundingCap", p.fundingCap, 0, 0.05e9);
    _within("tolerance", p.tolerance, 0.005e9, 0.2e9);
    _within("high", depth.high, depth.low, DEEPEST);
    _within("cap", depth.cap, 0, DEEPEST);
    _within("onePercent", depth.onePercent, 0, DEEPEST);
    if (s.markets[factor].time == 0) s.markets[factor].time = uint32(block.timestamp);
    else _rampMarket(s, factor);
    s.marketParams[factor] = p;
    s.depths[factor] = depth;
    OpenInterest.refresh(s, factor);
    _changed(s);
    emit IClearinghouse.SetMarket(factor, p, depth);
  }

  /// @notice Sets fees, how surfaces may be posted, and the account that fees go to.
  function setTrade(State storage s, TradeParams memory p, AccountId feeRecipient) external {
    _within("makerFee", p.makerFee, 0, 0.01e9);
    _within("takerFee", p.takerFee, p.makerFee, 0.01e9);
    _within("insuranceShare", p.insuranceShare, 0, 1e9);
    _within("surfaceAge", p.surfaceAge, 60, 1 days);
    _within("surfaceStep", p.surfaceStep, 0.001e9, 0.5e9);
    _within("surfaceWait", p.surfaceWait, 1, 1 hours);
    _within("surfaceDrift", p.surfaceDrift, p.surfaceStep, 1e9);
    _within("surfaceDriftLocked", p.surfaceDriftLocked, 0, p.surfaceDrift);
    s.tradeParams = p;
    s.feeRecipient = feeRecipient;
    _changed(s);
    emit IClearinghouse.SetTrade(p, feeRecipient);
  }

  function _closeMarket(State storage s, address token, uint256 factor) private {
    uint256 instruments = s.markets[factor].instruments;
    require(instruments == 0, IClearinghouse.StillTraded(token, instruments));
    s.marketParams[factor].listed = false;
  }

  /// Rounds of the time before count as they would have. What no line leads between stays as it is.
  function _rampFactor(
    State storage s,
    uint256 factor,
    FactorParams memory old,
    FactorParams memory p
  ) private {
    Estimates.walkTold(s, factor);
    bool alike = p.alt == old.alt && (p.dailyVolume == 0) == (old.dailyVolume == 0);
    require(alike, IClearinghouse.FixedOnceListed(factor));
    s.ramps[factor].factor = EffectiveParams.factorOf(s, factor);
    s.ramps[factor].factorChanged = uint40(block.timestamp);
    s.estimates[factor].ramping = true;
  }

  function _rampMarket(State storage s, uint256 factor) private {
    FactorRamp storage r = s.ramps[factor];
    (r.market, r.depth) = (EffectiveParams.marketOf(s, factor), EffectiveParams.depthOf(s, factor));
    r.marketChanged = uint40(block.timestamp);
    s.estimates[factor].ramping = true;
  }

  function _rampTier(State storage s, uint8 at) private {
    Tier storage tier = s.tiers[at];
    tier.before = uint32(uint256(EffectiveParams.multiplierOf(s, at) / PART));
    tier.changed = uint40(block.timestamp);
  }

  function _charge(State storage s, AssetId asset, AssetParams memory p, bool first) private {
    Charges storage c = s.assets[asset];
    if (!first) {
      (int256 maintenance, int256 initial) = EffectiveParams.chargesOf(s, asset);
      c.maintenanceBefore = uint32(uint256(maintenance / PART));
      c.initialBefore = uint32(uint256(initial / PART));
      c.changed = uint40(block.timestamp);
    }
    (c.chargeMaintenance, c.chargeInitial) = (p.chargeMaintenance, p.chargeInitial);
  }

  function _changed(State storage s) private {
    unchecked {
      ++s.version;
    }
  }

  function _list(State storage s, AssetId asset, address token) private {
    uint8 decimals = IERC20Metadata(token).decimals();
    _within("decimals", decimals, asset == CASH ? 2 : 0, 18);
    s.assetList.push(asset);
    s.tokens[asset] = token;
    s.listings[token].asset = asset;
    s.listings[token].decimals = decimals;
    if (Rates.hasRate(asset)) Rates.list(s, asset);
  }

  function _within(string memory name, uint256 value, uint256 low, uint256 high) private pure {
    require(
      value >= low && value <= high,
      IClearinghouse.ParameterOutOfBounds(name, value, low, high)
    );
  }
}
