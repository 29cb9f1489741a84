// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IClearinghouse} from "./interfaces/IClearinghouse.sol";
import {IClearinghouseExt} from "./interfaces/IClearinghouseExt.sol";
import {IOracle} from "./interfaces/IOracle.sol";
import {IVault} from "./interfaces/IVault.sol";
import {Cash} from "./logic/Cash.sol";
import {Health} from "./logic/Health.sol";
import {ClearinghouseBase} from "./logic/ClearinghouseBase.sol";
import {Locks} from "./logic/Locks.sol";
import {Liquidation} from "./logic/Liquidation.sol";
import {Portfolios, View} from "./logic/Portfolios.sol";
import {Quotes} from "./logic/Quotes.sol";
import {Rates} from "./logic/Rates.sol";
import {Settings} from "./logic/Settings.sol";
import {Surfaces} from "./logic/Surfaces.sol";
import {Slice} from "./types/Offer.sol";
import {AccountId, AssetId, InstrumentId} from "./types/Ids.sol";
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
  Smile,
  TIERS,
  TradeParams
} from "./types/Params.sol";
import {Margin, Portfolio} from "./types/Portfolio.sol";
import {InstrumentQuote} from "./types/Price.sol";
import {
  Account,
  Book,
  Bucket,
  CashState,
  Charges,
  PayoutHaircut,
  Estimate,
  Exit,
  FactorRamp,
  Gains,
  Interest,
  KeeperDay,
  Lock,
  Market,
  Part,
  Permission,
  Position,
  Rate,
  ExpiryState,
  Tier
} from "./types/State.sol";

/// @notice The house's office: what it is asked, and what it is told by governance.
/// @dev Run by delegatecall from the door alone; by itself it remembers nothing and obeys no one.
contract ClearinghouseExt is IClearinghouseExt, ClearinghouseBase {
  constructor() ClearinghouseBase(address(0)) {}

  /// @notice Nobody's: the door has asked for all it has.
  fallback() external {
    revert IClearinghouse.UnknownVerb(msg.sig);
  }

  /// @inheritdoc IClearinghouseExt
  function setFactor(uint256 factor, FactorParams calldata params) external verb restricted {
    Settings.setFactor(_s, factor, params);
  }

  /// @inheritdoc IClearinghouseExt
  function setAsset(
    AssetId asset,
    address token,
    AssetParams calldata params
  ) external verb restricted {
    Settings.setAsset(_s, asset, token, params);
  }

  /// @inheritdoc IClearinghouseExt
  function setRate(AssetId asset, uint96 rate) external verb restricted {
    Rates.setRate(_s, asset, rate);
  }

  /// @inheritdoc IClearinghouseExt
  function setListing(address token, bool frozen, uint112 cap) external verb restricted {
    Settings.setListing(_s, token, frozen, cap);
  }

  /// @inheritdoc IClearinghouseExt
  function lock(uint8 level) external verb restricted {
    Locks.lock(_s, level);
  }

  /// @inheritdoc IClearinghouseExt
  function unlock(uint8 level) external verb restricted {
    Locks.unlock(_s, level);
  }

  /// @inheritdoc IClearinghouseExt
  function setExit(uint32 share) external verb restricted {
    Settings.setExit(_s, share);
  }

  /// @inheritdoc IClearinghouseExt
  function delist(address token) external verb restricted {
    Settings.delist(_s, token);
  }

  /// @inheritdoc IClearinghouseExt
  function setCash(CashParams calldata params) external verb restricted {
    Settings.setCash(_s, params);
  }

  /// @inheritdoc IClearinghouseExt
  function setTiers(GraceTier[TIERS] calldata tiers) external verb restricted {
    Settings.setTiers(_s, tiers);
  }

  /// @inheritdoc IClearinghouseExt
  function setLiquidation(LiquidationParams calldata params) external verb restricted {
    Settings.setLiquidation(_s, params);
  }

  /// @inheritdoc IClearinghouseExt
  function setKeeper(KeeperParams calldata params) external verb restricted {
    Settings.setKeeper(_s, params);
  }

  /// @inheritdoc IClearinghouseExt
  function setMarket(
    uint256 factor,
    MarketParams calldata params,
    DepthParams calldata depth
  ) external verb restricted {
    Settings.setMarket(_s, factor, params, depth);
  }

  /// @inheritdoc IClearinghouseExt
  function listExpiry(
    uint256 factor,
    uint256 expiry,
    uint32 atm,
    int32 skew,
    int32 curvature
  ) external verb restricted {
    Surfaces.listExpiry(_s, factor, expiry, Smile(atm, skew, curvature, 0));
  }

  /// @inheritdoc IClearinghouseExt
  function postSurface(
    uint256 factor,
    uint256 expiry,
    uint32 atm,
    int32 skew,
    int32 curvature,
    int64 basis
  ) external verb restricted {
    Surfaces.postSurface(_s, factor, expiry, Smile(atm, skew, curvature, basis));
  }

  /// @inheritdoc IClearinghouseExt
  function setTrade(TradeParams calldata params, AccountId feeRecipient) external verb restricted {
    Settings.setTrade(_s, params, feeRecipient);
  }

  /// @inheritdoc IClearinghouseExt
  function portfolio(AccountId account) external view returns (Portfolio memory) {
    return Portfolios.portfolio(_s, account, View.Conservative);
  }

  /// @inheritdoc IClearinghouseExt
  function margin(AccountId account) external view returns (Margin memory) {
    return Health.margin(_s, account);
  }

  /// @inheritdoc IClearinghouseExt
  function quote(AccountId account, int256 fraction) external view returns (Slice memory) {
    return Liquidation.quote(_s, account, fraction);
  }

  /// @inheritdoc IClearinghouseExt
  function cashOf(AccountId account) external view returns (int256) {
    return Cash.cashOf(_s, account);
  }

  /// @inheritdoc IClearinghouseExt
  function accountOf(AccountId account) external view returns (Account memory) {
    return _s.accounts[account];
  }

  /// @inheritdoc IClearinghouseExt
  function positionsOf(
    AccountId account
  ) external view returns (Position[] memory list, int256[] memory entries, Gains memory gains) {
    Book storage book = _s.books[account];
    uint256 count = _s.accounts[account].positions;
    (list, entries) = (new Position[](count), new int256[](count));
    for (uint256 i = 0; i < count; ++i) (list[i], entries[i]) = (book.list[i], book.entries[i]);
    gains = book.gains;
  }

  /// @inheritdoc IClearinghouseExt
  function marketOf(
    uint256 factor
  )
    external
    view
    returns (
      Market memory market,
      MarketParams memory params,
      DepthParams memory depth,
      uint32[] memory expiries
    )
  {
    return (_s.markets[factor], _s.marketParams[factor], _s.depths[factor], _s.expiries[factor]);
  }

  /// @inheritdoc IClearinghouseExt
  function bucketOf(uint256 factor) external view returns (Bucket memory) {
    return _s.buckets[factor];
  }

  /// @inheritdoc IClearinghouseExt
  function quoteOf(InstrumentId instrument) external view returns (InstrumentQuote memory) {
    return Quotes.quoteOf(_s, instrument);
  }

  /// @inheritdoc IClearinghouseExt
  function expiryStateOf(
    uint256 factor,
    uint256 expiry
  ) external view returns (ExpiryState memory) {
    return _s.terms[factor][expiry];
  }

  /// @inheritdoc IClearinghouseExt
  function interestOf(InstrumentId instrument) external view returns (Interest memory) {
    return _s.interests[instrument];
  }

  /// @inheritdoc IClearinghouseExt
  function payoutHaircutsOf(
    InstrumentId instrument
  ) external view returns (PayoutHaircut[2] memory) {
    return _s.cuts[instrument];
  }

  /// @inheritdoc IClearinghouseExt
  function partsOf(AccountId account) external view returns (Part[] memory) {
    return _s.parts[account];
  }

  /// @inheritdoc IClearinghouseExt
  function filledOf(bytes32 order) external view returns (uint256) {
    return _s.filled[order];
  }

  /// @inheritdoc IClearinghouseExt
  function counterOf(AccountId account) external view returns (uint256) {
    return _s.counters[account];
  }

  /// @inheritdoc IClearinghouseExt
  function trade() external view returns (TradeParams memory params, AccountId feeRecipient) {
    return (_s.tradeParams, _s.feeRecipient);
  }

  /// @inheritdoc IClearinghouseExt
  function permissionOf(
    AccountId account,
    address operator
  ) external view returns (Permission memory) {
    return _s.permissions[account][operator];
  }

  /// @inheritdoc IClearinghouseExt
  function nonceOf(AccountId account) external view returns (uint256) {
    return _s.nonces[account];
  }

  /// @inheritdoc IClearinghouseExt
  function listingOf(address token) external view returns (Listing memory) {
    return _s.listings[token];
  }

  /// @inheritdoc IClearinghouseExt
  function assets() external view returns (AssetId[] memory) {
    return _s.assetList;
  }

  /// @inheritdoc IClearinghouseExt
  function version() external view returns (uint256) {
    return _s.version;
  }

  /// @inheritdoc IClearinghouseExt
  function tokenOf(AssetId asset) external view returns (address) {
    return _s.tokens[asset];
  }

  /// @inheritdoc IClearinghouseExt
  function assetOf(AssetId asset) external view returns (Charges memory) {
    return _s.assets[asset];
  }

  /// @inheritdoc IClearinghouseExt
  function rateOf(AssetId asset) external view returns (Rate memory) {
    return _s.rates[asset];
  }

  /// @inheritdoc IClearinghouseExt
  function factorOf(
    uint256 factor
  ) external view returns (FactorParams memory params, Estimate memory estimate) {
    return (_s.factors[factor], _s.estimates[factor]);
  }

  /// @inheritdoc IClearinghouseExt
  function rampOf(uint256 factor) external view returns (FactorRamp memory) {
    return _s.ramps[factor];
  }

  /// @inheritdoc IClearinghouseExt
  function lockOf() external view returns (Lock memory) {
    return _s.lock;
  }

  /// @inheritdoc IClearinghouseExt
  function exitOf(address token) external view returns (Exit memory) {
    return _s.exits[token];
  }

  /// @inheritdoc IClearinghouseExt
  function ledger()
    external
    view
    returns (
      CashState memory cash,
      CashParams memory params,
      Tier[TIERS] memory tiers,
      LiquidationParams memory liquidation
    )
  {
    return (_s.cash, _s.cashParams, _s.tiers, _s.liquidation);
  }

  /// @inheritdoc IClearinghouseExt
  function keeper() external view returns (KeeperParams memory params, KeeperDay memory today) {
    return (_s.keeperParams, _s.keeperDay);
  }

  /// @inheritdoc IClearinghouseExt
  function oracle() external view returns (IOracle) {
    return _s.oracle;
  }

  /// @inheritdoc IClearinghouseExt
  function vault() external view returns (IVault) {
    return _s.vault;
  }
}
