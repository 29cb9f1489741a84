// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Slice} from "../types/Offer.sol";
import {AccountId, AssetId, InstrumentId} from "../types/Ids.sol";
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
  TIERS,
  TradeParams
} from "../types/Params.sol";
import {Margin, Portfolio} from "../types/Portfolio.sol";
import {InstrumentQuote} from "../types/Price.sol";
import {
  Account,
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
} from "../types/State.sol";
import {IOracle} from "./IOracle.sol";
import {IVault} from "./IVault.sol";

/// @notice What the house is asked, and what it is told by whom its authority lets.
interface IClearinghouseExt {
  /// @notice Lists a factor, or changes its parameters, in parts per billion.
  function setFactor(uint256 factor, FactorParams calldata params) external;

  /// @notice Lists a token as an asset, or changes the charges of one that is listed.
  function setAsset(AssetId asset, address token, AssetParams calldata params) external;

  /// @notice Names the rate, or a stable's price, of an asset whose feed is dead, a wad: from half the last
  /// sound one to 1 % over it. Margin calls move there within a day.
  function setRate(AssetId asset, uint96 rate) external;

  /// @notice Freezes or thaws deposits of a token and caps them, in wad units.
  function setListing(address token, bool frozen, uint112 cap) external;

  /// @notice Locks the pool, at once: 1 for no new risk, 2 for tokens leaving slowly too.
  function lock(uint8 level) external;

  /// @notice Loosens the lock, a day from now.
  function unlock(uint8 level) external;

  /// @notice Sets the share of what the pool holds of a token that may leave in an hour at level 2, 1e-9.
  function setExit(uint32 share) external;

  /// @notice Takes an asset off the list; no one may hold any.
  function delist(address token) external;

  /// @notice Sets the interest curve and the bounds of the cash ledger.
  function setCash(CashParams calldata params) external;

  /// @notice Sets the grace tiers: longer never costs less.
  function setTiers(GraceTier[TIERS] calldata tiers) external;

  /// @notice Sets what governs liquidation.
  function setLiquidation(LiquidationParams calldata params) external;

  /// @notice Sets what keepers are paid out of the insurance fund.
  function setKeeper(KeeperParams calldata params) external;

  /// @notice Lets a factor's perp trade, or changes what its derivatives are charged and may reach.
  function setMarket(
    uint256 factor,
    MarketParams calldata params,
    DepthParams calldata depth
  ) external;

  /// @notice Lets futures and options of an expiry trade, under this surface; half-hours of the clock.
  function listExpiry(
    uint256 factor,
    uint256 expiry,
    uint32 atm,
    int32 skew,
    int32 curvature
  ) external;

  /// @notice Posts the surface of an expiry, 1e-9, and the annual basis of its forward, a wad.
  function postSurface(
    uint256 factor,
    uint256 expiry,
    uint32 atm,
    int32 skew,
    int32 curvature,
    int64 basis
  ) external;

  /// @notice Sets fees, how surfaces may be posted, and the account that fees go to.
  function setTrade(TradeParams calldata params, AccountId feeRecipient) external;

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

  /// @notice The derivatives an account holds, the index each was last touched at, and recent gains.
  function positionsOf(
    AccountId account
  ) external view returns (Position[] memory list, int256[] memory entries, Gains memory gains);

  /// @notice A factor's market as stored, its parameters, and the expiries that have not settled.
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
    );

  /// @notice What auctions sold of a factor a moment ago, as stored.
  function bucketOf(uint256 factor) external view returns (Bucket memory);

  /// @notice What an instrument is worth now, and between which prices it may trade. One that is listed no
  /// more, or has an old surface, has a price at which it may be closed.
  function quoteOf(InstrumentId instrument) external view returns (InstrumentQuote memory);

  /// @notice One expiry of a factor as stored.
  function expiryStateOf(uint256 factor, uint256 expiry) external view returns (ExpiryState memory);

  /// @notice Open units of an instrument, and its delta at its last fill.
  function interestOf(InstrumentId instrument) external view returns (Interest memory);

  /// @notice What losses took of a unit of an instrument: of longs, and of shorts.
  function payoutHaircutsOf(
    InstrumentId instrument
  ) external view returns (PayoutHaircut[2] memory);

  /// @notice What winners are charged for what an account is seen to lack, leg by leg.
  function partsOf(AccountId account) external view returns (Part[] memory);

  /// @notice Units of an order that are filled, by its hash; all ones once it is cancelled.
  function filledOf(bytes32 order) external view returns (uint256);

  /// @notice Orders of an account with a lower counter are cancelled.
  function counterOf(AccountId account) external view returns (uint256);

  /// @notice What governs trading, and the account that fees go to.
  function trade() external view returns (TradeParams memory params, AccountId feeRecipient);

  /// @notice What an account allows an address to do.
  function permissionOf(
    AccountId account,
    address operator
  ) external view returns (Permission memory);

  /// @notice The nonce that the next signed grant of an account must have.
  function nonceOf(AccountId account) external view returns (uint256);

  /// @notice What a token is to the pool; asset zero for one that is not listed.
  function listingOf(address token) external view returns (Listing memory);

  /// @notice Every listed asset, in the order they were listed.
  function assets() external view returns (AssetId[] memory);

  /// @notice How often the parameters have changed.
  function version() external view returns (uint256);

  /// @notice The token of an asset; zero for none.
  function tokenOf(AssetId asset) external view returns (address);

  /// @notice Charges of an asset that is not an underlying.
  function assetOf(AssetId asset) external view returns (Charges memory);

  /// @notice The last sound rate of a follower, or price of a stable, as stored.
  function rateOf(AssetId asset) external view returns (Rate memory);

  /// @notice Parameters of a factor, and its estimates as stored.
  function factorOf(
    uint256 factor
  ) external view returns (FactorParams memory params, Estimate memory estimate);

  /// @notice What a factor's parameters, and its market's, were when they were last changed.
  function rampOf(uint256 factor) external view returns (FactorRamp memory);

  /// @notice What a guardian has locked.
  function lockOf() external view returns (Lock memory);

  /// @notice What left of a token while tokens leave slowly.
  function exitOf(address token) external view returns (Exit memory);

  /// @notice The cash ledger as stored, and the parameters of cash and liquidation.
  function ledger()
    external
    view
    returns (
      CashState memory cash,
      CashParams memory params,
      Tier[TIERS] memory tiers,
      LiquidationParams memory liquidation
    );

  /// @notice What keepers are paid, and what they were on the last day that paid any.
  function keeper() external view returns (KeeperParams memory params, KeeperDay memory today);

  /// @notice The pool's prices.
  function oracle() external view returns (IOracle);

  /// @notice The pool's strongroom; tokens are approved to it.
  function vault() external view returns (IVault);
}
