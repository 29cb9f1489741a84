// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AccountId, AssetId, InstrumentId} from "./Ids.sol";
import {CashParams, DepthParams, FactorParams, KeeperParams, LiquidationParams} from "./Params.sol";
import {Listing, MarketParams, TIERS, TradeParams} from "./Params.sol";
import {Price, Round} from "./Price.sol";
import {
  Account,
  Bucket,
  CashState,
  Charges,
  PayoutHaircut,
  Estimate,
  Exit,
  FactorRamp
} from "./State.sol";
import {Gains, Interest, KeeperDay, Lock, Market, Part, Rate, ExpiryState, Tier} from "./State.sol";

/// @notice How the oracle keeps an asset's feed: by this a price ages. Zeros if it does not say.
struct FeedView {
  address aggregator;
  uint24 heartbeat; // seconds
  uint32 deviation; // share of price, 1e-9
  uint32 volatility; // annual, 1e-9
  uint8 decimals;
}

/// @notice An expiry that has not settled, as stored.
struct ExpiryView {
  uint256 expiry;
  ExpiryState term;
}

/// @notice A factor as stored, its price, the rounds it has yet to see (at most nine), and its market.
struct FactorView {
  uint256 factor;
  FactorParams params;
  Estimate estimate;
  Price price;
  FeedView feed;
  Round[] pending;
  Market market;
  MarketParams marketParams;
  DepthParams depth;
  Bucket bucket;
  FactorRamp ramp; // what these were
  ExpiryView[] expiries; // in the order the house keeps them
  uint256 life; // seconds a round of its feed is good
  uint256 closed; // until when its rounds are told; `SELF_TOLD` where no one has to
  Round told; // the last one, where someone has to
}

/// @notice An asset as stored, and its price or rate.
struct AssetView {
  AssetId asset;
  address token;
  Listing listing;
  Exit exit; // what left of it under a lock
  Charges params;
  Rate rate; // zeros for a factor's underlying
  Price price;
  FeedView feed;
}

/// @notice Everything of a pool that an account's margin can depend on.
struct PoolView {
  uint256 chainId;
  uint256 blockNumber;
  uint256 timestamp;
  uint256 version; // of the parameters
  CashState cash;
  CashParams cashParams;
  Tier[TIERS] tiers;
  LiquidationParams liquidation;
  KeeperParams keeper;
  KeeperDay keeperDay; // the last that paid any
  TradeParams trade;
  Lock lock;
  AccountView fees; // who they go to
  FactorView[] factors;
  AssetView[] assets;
}

/// @notice What all holders of an instrument share.
struct InstrumentView {
  InstrumentId instrument;
  Interest interest;
  PayoutHaircut[2] cuts; // of longs, of shorts
  ExpiryState term; // of its expiry; zeros for a perp
}

/// @notice A position as stored.
struct PositionView {
  int256 size; // units, signed
  int256 entry; // index at the last touch, of what accrues
  InstrumentView shared;
}

/// @notice An account as stored.
struct AccountView {
  AccountId id;
  Account account;
  PositionView[] positions;
  Gains gains;
  uint256 counter; // orders below are cancelled
  Part[] parts; // of what it is seen to lack
}

/// @notice A pool and some accounts at one moment: all a preview needs.
struct Snapshot {
  PoolView pool;
  AccountView[] accounts;
}
