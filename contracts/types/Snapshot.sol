// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AccountId, AssetId} from "./Ids.sol";
import {AssetParams, CashParams, FactorParams, GraceTier} from "./Params.sol";
import {LiquidationParams, Listing, TIERS} from "./Params.sol";
import {Price, Round} from "./Price.sol";
import {Account, CashState, Estimate} from "./State.sol";

/// @notice How the oracle keeps an asset's feed: by this a price ages. Zeros if it does not say.
struct FeedView {
  address aggregator;
  uint24 heartbeat; // seconds
  uint32 deviation; // share of price, 1e-9
  uint32 volatility; // annual, 1e-9
  uint8 decimals;
}

/// @notice A factor as stored, its price, and the rounds it has yet to see (at most nine).
struct FactorView {
  uint256 factor;
  FactorParams params;
  Estimate estimate;
  Price price;
  FeedView feed;
  Round[] pending;
}

/// @notice An asset as stored, and its price or rate.
struct AssetView {
  AssetId asset;
  address token;
  Listing listing;
  AssetParams params;
  Price price;
  FeedView feed;
}

/// @notice Everything of a pool that an account's margin can depend on.
struct PoolView {
  uint256 blockNumber;
  uint256 timestamp;
  uint256 version; // of the parameters
  CashState cash;
  CashParams cashParams;
  GraceTier[TIERS] tiers;
  LiquidationParams liquidation;
  FactorView[] factors;
  AssetView[] assets;
}

/// @notice An account as stored.
struct AccountView {
  AccountId id;
  Account account;
}

/// @notice A pool and some accounts at one moment: all a preview needs.
struct Snapshot {
  PoolView pool;
  AccountView[] accounts;
}
