// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AccountId, AssetId} from "./Ids.sol";
import {
  AssetParams,
  CashParams,
  FactorParams,
  GraceTier,
  LiquidationParams,
  Listing,
  MAX_ASSETS,
  TIERS
} from "./Params.sol";
import {IOracle} from "../interfaces/IOracle.sol";
import {IVault} from "../interfaces/IVault.sol";

/// @notice Where an account stands. CALLED: the fuse burns. AUCTION: slices are for sale.
enum Phase {
  Clear,
  Called,
  Auction
}

/// @notice One collateral balance: amount in wad units (112 bits) ‖ asset (16 bits). Two to a slot;
/// an account's list ends at its first empty holding.
type Holding is uint128;

using {assetOf, amountOf} for Holding global;

function holding(AssetId asset, uint256 amount) pure returns (Holding) {
  return Holding.wrap(uint128((amount << 16) | AssetId.unwrap(asset)));
}

function assetOf(Holding self) pure returns (AssetId) {
  return AssetId.wrap(uint16(Holding.unwrap(self)));
}

function amountOf(Holding self) pure returns (uint256) {
  return Holding.unwrap(self) >> 16;
}

/// @notice An account's own slot, and its collateral.
struct Account {
  int128 principal; // of cash: positive lends, negative borrows
  Phase phase;
  uint8 tier; // index of its grace tier
  uint64 fuse; // 1e18 is burnt through
  uint40 poked; // time of the last poke
  Holding[MAX_ASSETS] holdings;
  CallState call;
}

/// @notice What a margin call remembers between two pokes. Times are zero for "not".
struct CallState {
  uint64 cover; // of the insurance fund, fixed at the first poke
  int72 health; // at the last poke
  bool fresh; // were prices at the last poke
  uint40 opened; // the auction
  uint40 lowSeen; // first seen at or under the floor
  uint40 low; // confirmed
  uint40 thinSeen; // first seen too thin to pay its bidders
  uint40 backed; // confirmed
  uint40 sold; // the last bid
}

/// @notice A factor's estimates. The first slot is all a health check right after a round reads.
struct Estimate {
  uint64 used; // σused
  uint64 maintenance; // σMM
  uint72 hour; // v1
  uint32 time; // lastT
  uint24 crowding; // gMM − 1, 1e-7
  uint80 day; // vF
  uint80 month; // vS
  uint96 price; // P_last
  uint80 round; // the last round processed
}

/// @notice The borrow and lend ledger. The first slot is all a health check reads.
struct CashState {
  uint72 supplyIndex;
  uint72 borrowIndex;
  uint32 accrued; // time of the last accrual
  uint40 supplyRate; // per second, as set at the end of the last change
  uint40 borrowRate; // per second
  uint128 supplied; // Σ positive principal, the fund's included
  uint128 borrowed; // Σ |negative principal|
  int128 fund; // principal of account zero: never below 0
  uint128 booked; // cash of the vault by the books, never balanceOf
  uint128 deficit; // booked losses that lenders do not bear yet
  uint128 lossToday; // what lenders bore on `lossDay`
  uint32 lossDay; // UTC day
}

/// @notice What one account allows another address to do.
struct Permission {
  uint8 scopes;
  uint40 expiry;
}

/// @notice All the house remembers.
struct State {
  IOracle oracle;
  IVault vault;
  mapping(AccountId => Account) accounts;
  mapping(AccountId => mapping(address => Permission)) permissions;
  mapping(address => Listing) listings;
  mapping(AssetId => address) tokens;
  mapping(AssetId => AssetParams) assets;
  mapping(uint256 => FactorParams) factors;
  mapping(uint256 => Estimate) estimates;
  CashState cash;
  CashParams cashParams;
  LiquidationParams liquidation;
  GraceTier[TIERS] tiers;
  uint96 takeovers; // accounts (zero, n) opened so far
  uint64 version; // of the parameters: how often they changed
  AssetId[] assetList; // in the order they were listed
}
