// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {Address} from "@openzeppelin/contracts/utils/Address.sol";

import {IClearinghouse} from "./interfaces/IClearinghouse.sol";
import {IOracle} from "./interfaces/IOracle.sol";
import {IVault} from "./interfaces/IVault.sol";
import {Accounts} from "./logic/Accounts.sol";
import {Cash} from "./logic/Cash.sol";
import {Custody} from "./logic/Custody.sol";
import {Estimates} from "./logic/Estimates.sol";
import {Guard} from "./logic/Guard.sol";
import {Liquidation} from "./logic/Liquidation.sol";
import {Risk} from "./logic/Risk.sol";
import {Settings} from "./logic/Settings.sol";
import {Offer, Slice} from "./types/Offer.sol";
import {AccountId, AssetId} from "./types/Ids.sol";
import {
  AssetParams,
  CashParams,
  FactorParams,
  GraceTier,
  LiquidationParams,
  Listing,
  TIERS
} from "./types/Params.sol";
import {Margin, Portfolio} from "./types/Portfolio.sol";
import {Account, CashState, Estimate, Permission, Phase, State} from "./types/State.sol";
import {Vault} from "./Vault.sol";

/// @notice The one door of a pool: who may, what happens, proof of health.
contract Clearinghouse is IClearinghouse, AccessManaged, Guard {
  State private _s;

  constructor(address authority, IOracle oracle_) AccessManaged(authority) {
    _s.oracle = oracle_;
    _s.vault = new Vault(address(this));
    _s.cash.supplyIndex = 1e18;
    _s.cash.borrowIndex = 1e18;
    _s.cash.accrued = uint32(block.timestamp);
  }

  /// @inheritdoc IClearinghouse
  function deposit(AccountId account, address token, uint256 amount) external verb {
    _poke(account);
    Custody.deposit(_s, account, token, amount);
    _poke(account);
  }

  /// @inheritdoc IClearinghouse
  function withdraw(AccountId account, address token, uint256 amount, address to) external verb {
    Accounts.authorize(_s, account, Accounts.WITHDRAW);
    _poke(account);
    Custody.withdraw(_s, account, token, amount, to);
    _prove(account);
  }

  /// @inheritdoc IClearinghouse
  function transfer(AccountId from, AccountId to, address token, uint256 amount) external verb {
    Accounts.authorize(_s, from, Accounts.TRANSFER);
    _poke(from);
    _poke(to);
    Custody.transfer(_s, from, to, token, amount);
    _poke(to);
    _prove(from);
  }

  /// @inheritdoc IClearinghouse
  function repay(AccountId account, uint256 amount) external verb returns (uint256 repaid) {
    _poke(account);
    repaid = Custody.repay(_s, account, amount);
    _poke(account);
  }

  /// @inheritdoc IClearinghouse
  function setOperator(
    AccountId account,
    address operator,
    uint8 scopes,
    uint40 expiry
  ) external verb {
    Accounts.authorize(_s, account, Accounts.OWNER);
    _s.permissions[account][operator] = Permission(scopes, expiry);
    emit SetOperator(account, operator, scopes, expiry);
  }

  /// @inheritdoc IClearinghouse
  function setGrace(AccountId account, uint8 tier) external verb {
    Accounts.authorize(_s, account, Accounts.OWNER);
    _poke(account);
    Accounts.setTier(_s, account, tier);
    _prove(account);
  }

  /// @inheritdoc IClearinghouse
  function batch(bytes[] calldata calls) external {
    _beginBatch();
    for (uint256 i = 0; i < calls.length; ++i) {
      _issuePass();
      Address.functionDelegateCall(address(this), calls[i]);
      _revokePass();
    }
    for (uint256 i = 0; i < _touchedCount(); ++i) {
      Risk.requireInitial(_s, _touchedAt(i));
    }
    _endBatch();
  }

  /// @inheritdoc IClearinghouse
  function observe(uint256 factor, uint256 maxRounds) external verb returns (uint256) {
    return Estimates.observe(_s, factor, maxRounds);
  }

  /// @inheritdoc IClearinghouse
  function accrue() external verb {
    Cash.accrue(_s.cash);
    Cash.reprice(_s);
  }

  /// @inheritdoc IClearinghouse
  function call(AccountId account) external verb {
    Accounts.requireOwned(account);
    Liquidation.call(_s, account);
  }

  /// @inheritdoc IClearinghouse
  function bid(Offer calldata offer) external verb returns (Slice memory slice) {
    Accounts.authorize(_s, offer.receiver, Accounts.LIQUIDATE);
    _poke(offer.receiver);
    slice = Liquidation.bid(_s, offer);
    Risk.requireCapacity(_s, offer.receiver);
  }

  /// @inheritdoc IClearinghouse
  function takeOver(AccountId account) external verb returns (AccountId heir) {
    Accounts.requireOwned(account);
    return Liquidation.takeOver(_s, account);
  }

  /// @notice Lists a factor, or changes its parameters, in parts per billion.
  function setFactor(uint256 factor, FactorParams calldata params) external verb restricted {
    Settings.setFactor(_s, factor, params);
  }

  /// @notice Lists a token as an asset, or changes the charges of one that is listed.
  function setAsset(
    AssetId asset,
    address token,
    AssetParams calldata params
  ) external verb restricted {
    Settings.setAsset(_s, asset, token, params);
  }

  /// @notice Freezes or thaws deposits of a token and caps them, in wad units.
  function setListing(address token, bool frozen, uint112 cap) external verb restricted {
    Settings.setListing(_s, token, frozen, cap);
  }

  /// @notice Sets the interest curve and the bounds of the cash ledger.
  function setCash(CashParams calldata params) external verb restricted {
    Settings.setCash(_s, params);
  }

  /// @notice Sets the grace tiers: longer never costs less.
  function setTiers(GraceTier[TIERS] calldata tiers) external verb restricted {
    Settings.setTiers(_s, tiers);
  }

  /// @notice Sets what governs liquidation.
  function setLiquidation(LiquidationParams calldata params) external verb restricted {
    Settings.setLiquidation(_s, params);
  }

  /// @inheritdoc IClearinghouse
  function portfolio(AccountId account) external view returns (Portfolio memory) {
    return Risk.portfolio(_s, account, Risk.View.Conservative);
  }

  /// @inheritdoc IClearinghouse
  function margin(AccountId account) external view returns (Margin memory) {
    return Risk.margin(_s, account);
  }

  /// @inheritdoc IClearinghouse
  function health(AccountId account) external view returns (int256 equity, int256 maintenance) {
    Margin memory now_ = Risk.margin(_s, account);
    return (now_.equity, now_.maintenance);
  }

  /// @inheritdoc IClearinghouse
  function quote(AccountId account, int256 fraction) external view returns (Slice memory) {
    return Liquidation.quote(_s, account, fraction);
  }

  /// @inheritdoc IClearinghouse
  function cashOf(AccountId account) external view returns (int256) {
    return Cash.cashOf(_s, account);
  }

  /// @inheritdoc IClearinghouse
  function accountOf(AccountId account) external view returns (Account memory) {
    return _s.accounts[account];
  }

  /// @inheritdoc IClearinghouse
  function permissionOf(
    AccountId account,
    address operator
  ) external view returns (Permission memory) {
    return _s.permissions[account][operator];
  }

  /// @inheritdoc IClearinghouse
  function listingOf(address token) external view returns (Listing memory) {
    return _s.listings[token];
  }

  /// @inheritdoc IClearinghouse
  function assets() external view returns (AssetId[] memory) {
    return _s.assetList;
  }

  /// @inheritdoc IClearinghouse
  function version() external view returns (uint256) {
    return _s.version;
  }

  /// @inheritdoc IClearinghouse
  function tokenOf(AssetId asset) external view returns (address) {
    return _s.tokens[asset];
  }

  /// @inheritdoc IClearinghouse
  function assetOf(AssetId asset) external view returns (AssetParams memory) {
    return _s.assets[asset];
  }

  /// @inheritdoc IClearinghouse
  function factorOf(
    uint256 factor
  ) external view returns (FactorParams memory params, Estimate memory estimate) {
    return (_s.factors[factor], _s.estimates[factor]);
  }

  /// @inheritdoc IClearinghouse
  function ledger()
    external
    view
    returns (
      CashState memory cash,
      CashParams memory params,
      GraceTier[TIERS] memory tiers,
      LiquidationParams memory liquidation
    )
  {
    return (_s.cash, _s.cashParams, _s.tiers, _s.liquidation);
  }

  /// @inheritdoc IClearinghouse
  function oracle() external view returns (IOracle) {
    return _s.oracle;
  }

  /// @inheritdoc IClearinghouse
  function vault() external view returns (IVault) {
    return _s.vault;
  }

  /// An account in call or auction is poked before and after every verb that touches it.
  function _poke(AccountId account) private {
    if (_s.accounts[account].phase != Phase.Clear) Liquidation.poke(_s, account);
  }

  /// Risk-adding acts need IM: at once, or once at the end of a batch.
  function _prove(AccountId account) private {
    if (_isBatching()) _touch(account);
    else Risk.requireInitial(_s, account);
    _poke(account);
  }
}
