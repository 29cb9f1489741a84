// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Slice} from "../types/Offer.sol";
import {AccountId, AssetId} from "../types/Ids.sol";
import {AssetParams, CashParams, FactorParams, GraceTier} from "../types/Params.sol";
import {LiquidationParams, Listing, TIERS} from "../types/Params.sol";
import {Margin, Portfolio} from "../types/Portfolio.sol";
import {Account, CashState, Estimate, Permission} from "../types/State.sol";
import {IOracle} from "./IOracle.sol";
import {IVault} from "./IVault.sol";

/// @notice What the house is asked, and what it is told by whom its authority lets.
interface IOffice {
  /// @notice Lists a factor, or changes its parameters, in parts per billion.
  function setFactor(uint256 factor, FactorParams calldata params) external;

  /// @notice Lists a token as an asset, or changes the charges of one that is listed.
  function setAsset(AssetId asset, address token, AssetParams calldata params) external;

  /// @notice Freezes or thaws deposits of a token and caps them, in wad units.
  function setListing(address token, bool frozen, uint112 cap) external;

  /// @notice Sets the interest curve and the bounds of the cash ledger.
  function setCash(CashParams calldata params) external;

  /// @notice Sets the grace tiers: longer never costs less.
  function setTiers(GraceTier[TIERS] calldata tiers) external;

  /// @notice Sets what governs liquidation.
  function setLiquidation(LiquidationParams calldata params) external;

  /// @notice All that an account's margin depends on, as of now.
  function portfolio(AccountId account) external view returns (Portfolio memory);

  /// @notice Equity and both requirements, USD.
  function margin(AccountId account) external view returns (Margin memory);

  /// @notice Cash with interest, in wads; negative for debt.
  function cashOf(AccountId account) external view returns (int256);

  /// @notice What a bid for `fraction` would do now to an account in auction.
  function quote(AccountId account, int256 fraction) external view returns (Slice memory);

  /// @notice What an account holds and where it stands, as stored.
  function accountOf(AccountId account) external view returns (Account memory);

  /// @notice What an account allows an address to do.
  function permissionOf(
    AccountId account,
    address operator
  ) external view returns (Permission memory);

  /// @notice What a token is to the pool; asset zero for one that is not listed.
  function listingOf(address token) external view returns (Listing memory);

  /// @notice Every listed asset, in the order they were listed.
  function assets() external view returns (AssetId[] memory);

  /// @notice How often the parameters have changed.
  function version() external view returns (uint256);

  /// @notice The token of an asset; zero for none.
  function tokenOf(AssetId asset) external view returns (address);

  /// @notice Charges of an asset that is not an underlying.
  function assetOf(AssetId asset) external view returns (AssetParams memory);

  /// @notice Parameters of a factor, and its estimates as stored.
  function factorOf(
    uint256 factor
  ) external view returns (FactorParams memory params, Estimate memory estimate);

  /// @notice The cash ledger as stored, and the parameters of cash and liquidation.
  function ledger()
    external
    view
    returns (
      CashState memory cash,
      CashParams memory params,
      GraceTier[TIERS] memory tiers,
      LiquidationParams memory liquidation
    );

  /// @notice The pool's prices.
  function oracle() external view returns (IOracle);

  /// @notice The pool's strongroom; tokens are approved to it.
  function vault() external view returns (IVault);
}
