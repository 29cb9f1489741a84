// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";

import {IClearinghouse} from "../interfaces/IClearinghouse.sol";
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
  MAX_EXPIRIES,
  PART,
  Smile,
  TIERS,
  TradeParams
} from "../types/Params.sol";
import {Price} from "../types/Price.sol";
import {Charges, FactorRamp, Market, Stage, State, Term, Tier} from "../types/State.sol";
import {Cash} from "./Cash.sol";
import {Estimates} from "./Estimates.sol";
import {InForce} from "./InForce.sol";
import {OpenInterest} from "./OpenInterest.sol";
import {Rates} from "./Rates.sol";
import {Terms} from "./instruments/Terms.sol";

// In memory, what is set takes 180 bytes less than in calldata, and 24 KB are all there are.
// solhint-disable gas-calldata-parameters

/// @notice Every choice, within its bounds. Parts are 1e-9. What a margin check counts ramps.
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

  /// @notice Takes an asset off the list once no one holds any; cash stays.
  function delist(State storage s, address token) external {
    Listing memory listing = s.listings[token];
    AssetId asset = listing.asset;
    require(asset != NO_ASSET, IClearinghouse.UnknownAsset(token));
    require(asset != CASH && listing.total == 0, IClearinghouse.StillHeld(token, listing.total));
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
    _within("cap", cap, 0, 1e33);
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
    _within("borrowCap", p.borrowCap, 0, 1e11);
    _within("minimumIdle", p.minimumIdle, 0, 1e11);
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

  /// @notice What governs liquidation.
  function setLiquidation(State storage s, LiquidationParams memory p) external {
    _within("dust", p.dust, 0, 100_000);
    s.liquidation = p;
    _changed(s);
    emit IClearinghouse.SetLiquidation(p);
  }

  /// Bounds of what keepers are paid; `Liquidation` sets it, for this room is full.
  function requireWithin(KeeperParams memory p) internal pure {
    _within("roundFee", p.roundFee, 0, 1e6);
    _within("dailyCap", p.dailyCap, 0, 100_000);
    _within("finderShare", p.finderShare, 0, 0.005e9);
    _within("finderCap", p.finderCap, 0, 10_000);
  }

  /// @notice Lets a factor's perp trade, or changes what its derivatives are charged and may reach.
  function setMarket(
    State storage s,
    uint256 factor,
    MarketParams memory p,
    DepthParams memory depth
  ) external {
    require(s.factors[factor].listed, IClearinghouse.UnknownFactor(factor));
    _within("perpMaintenance", p.perpMaintenance, 0.001e9, 0.1e9);
    _within("perpInitial", p.perpInitial, p.perpMaintenance, 0.15e9);
    _within("expiryBase", p.expiryBase, 0, 0.05e9);
    _within("expirySlope", p.expirySlope, 0, 0.5e9);
    _within("expiryCap", p.expiryCap, 0.005e9, 0.2e9);
    _within("fundingCap", p.fundingCap, 0, 0.05e9);
    _within("high", depth.high, depth.low, type(uint64).max);
    _within("onePercent", depth.onePercent, 0, 1e19);
    if (s.markets[factor].time == 0) s.markets[factor].time = uint32(block.timestamp);
    else _rampMarket(s, factor);
    s.marketParams[factor] = p;
    s.depths[factor] = depth;
    OpenInterest.refresh(s, factor);
    _changed(s);
    emit IClearinghouse.SetMarket(factor, p, depth);
  }

  /// @notice Lets futures and options of an expiry trade under a first surface.
  function listExpiry(
    State storage s,
    uint256 factor,
    uint256 expiry,
    Smile memory smile
  ) external {
    require(s.marketParams[factor].listed, IClearinghouse.UnknownFactor(factor));
    Term storage t = s.terms[factor][expiry];
    require(t.stage == Stage.Unlisted, IClearinghouse.ExpiryListed(factor, expiry));
    uint256 soonest = block.timestamp + 2 * Terms.WINDOW;
    _within("expiry", expiry, soonest, block.timestamp + 400 days);
    _within("half-hour", expiry % Terms.WINDOW, 0, 0);
    require(
      s.expiries[factor].length < MAX_EXPIRIES,
      IClearinghouse.TooManyExpiries(factor, MAX_EXPIRIES)
    );
    _requireSmile(smile);
    t.stage = Stage.Trading;
    t.windowStart = uint32(expiry - Terms.WINDOW);
    _post(t, smile);
    _watch(s, factor, expiry);
    _changed(s);
    emit IClearinghouse.ListExpiry(factor, expiry);
  }

  /// @notice Posts a surface: forward in time, not too soon, and no further than a step.
  function postSurface(
    State storage s,
    uint256 factor,
    uint256 expiry,
    Smile calldata smile
  ) external {
    Term storage t = s.terms[factor][expiry];
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

  /// @notice Sets fees, how surfaces may be posted, and the account that fees go to.
  function setTrade(State storage s, TradeParams memory p, AccountId feeRecipient) external {
    _within("makerFee", p.makerFee, 0, 0.01e9);
    _within("takerFee", p.takerFee, p.makerFee, 0.01e9);
    _within("insuranceShare", p.insuranceShare, 0, 1e9);
    _within("surfaceAge", p.surfaceAge, 60, 1 days);
    _within("surfaceStep", p.surfaceStep, 0.001e9, 0.5e9);
    _within("surfaceWait", p.surfaceWait, 1, 1 hours);
    s.tradeParams = p;
    s.feeRecipient = feeRecipient;
    _changed(s);
    emit IClearinghouse.SetTrade(p, feeRecipient);
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
    s.ramps[factor].factor = InForce.factorOf(s, factor);
    s.ramps[factor].factorChanged = uint40(block.timestamp);
    s.estimates[factor].ramping = true;
  }

  function _rampMarket(State storage s, uint256 factor) private {
    FactorRamp storage r = s.ramps[factor];
    (r.market, r.depth) = (InForce.marketOf(s, factor), InForce.depthOf(s, factor));
    r.marketChanged = uint40(block.timestamp);
    s.estimates[factor].ramping = true;
  }

  function _rampTier(State storage s, uint8 at) private {
    Tier storage tier = s.tiers[at];
    tier.before = uint32(uint256(InForce.multiplierOf(s, at) / PART));
    tier.changed = uint40(block.timestamp);
  }

  function _charge(State storage s, AssetId asset, AssetParams memory p, bool first) private {
    Charges storage c = s.assets[asset];
    if (!first) {
      (int256 maintenance, int256 initial) = InForce.chargesOf(s, asset);
      c.maintenanceBefore = uint32(uint256(maintenance / PART));
      c.initialBefore = uint32(uint256(initial / PART));
      c.changed = uint40(block.timestamp);
    }
    (c.chargeMaintenance, c.chargeInitial) = (p.chargeMaintenance, p.chargeInitial);
  }

  function _requireSmile(Smile memory smile) private pure {
    _within("atm", smile.atm, 0.05e9, 4e9);
    _within("skew", _apart(smile.skew, 0), 0, 1e9);
    _within("curvature", _apart(smile.curvature, 0), 0, 1e9);
    _within("basis", _apart(smile.basis, 0), 0, 1e18);
  }

  function _post(Term storage t, Smile memory smile) private {
    t.atm = smile.atm;
    t.skew = smile.skew;
    t.curvature = smile.curvature;
    t.basis = smile.basis;
    t.posted = uint32(block.timestamp);
  }

  /// The rounds of a factor are summed from now on, if they were not.
  function _watch(State storage s, uint256 factor, uint256 expiry) private {
    Market storage m = s.markets[factor];
    uint32 start = uint32(expiry - Terms.WINDOW);
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

  function _changed(State storage s) private {
    unchecked {
      ++s.version;
    }
  }

  function _apart(int256 a, int256 b) private pure returns (uint256) {
    return uint256(a < b ? b - a : a - b);
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
