// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AssetId} from "./Ids.sol";

// What somebody chose: deployments/<network>/params.json in the contracts' units. Rates and
// volatilities that fit are kept as parts per billion so that a health check reads one slot.

/// @notice One risk factor. One slot.
struct FactorParams {
  uint32 shockFloor; // sMin of MM, 1e-9
  uint32 volatilityFloor; // σfloor, 1e-9
  uint32 volatilityStress; // σstress, 1e-9
  uint32 correlation; // ρ, 1e-9
  uint32 exitMaintenance; // exit haircut, 1e-9
  uint32 exitInitial; // 1e-9
  bool alt; // moves with the sector of alts
  bool listed;
  uint48 dailyVolume; // ADV, whole USD; zero for no size charge
}

/// @notice What the derivatives of a factor are charged in margin, and their funding. One slot.
struct MarketParams {
  bool listed; // the perp trades
  uint32 perpMaintenance; // perp basis, 1e-9
  uint32 perpInitial; // 1e-9
  uint32 expiryBase; // expiry basis at once, 1e-9
  uint32 expirySlope; // and per year, 1e-9
  uint32 expiryCap; // 1e-9
  uint32 fundingCap; // premium that funding is paid on, at most, 1e-9
  uint32 tolerance; // how far off its mark a fill may be, and what a day's losses cut payouts by, 1e-9
}

/// @notice How much of a factor may be open, and be sold, in millionths of a unit. One slot.
struct DepthParams {
  uint64 low; // open interest at which g starts to grow
  uint64 high; // at which it has doubled the shock
  uint64 cap; // at which no fill may add to it
  uint64 onePercent; // what moves its price by 1 % if sold at once; zero for no throttle
}

/// @notice A posted surface and basis.
struct Smile {
  uint32 atm; // 1e-9
  int32 skew; // 1e-9
  int32 curvature; // 1e-9
  int64 basis; // annual, a wad
}

/// @notice What governs trading, the same for every instrument. One slot.
struct TradeParams {
  uint32 makerFee; // share of notional, 1e-9
  uint32 takerFee; // 1e-9
  uint32 insuranceShare; // of fees, to the insurance fund, 1e-9
  uint32 surfaceAge; // seconds a posted surface lets options trade
  uint32 surfaceStep; // most a post may move volatility, relative, 1e-9
  uint32 surfaceWait; // seconds between two posts
  uint32 surfaceDrift; // most surfaces may move within an hour, relative, 1e-9
  uint32 surfaceDriftLocked; // while the pool is locked
}

/// @notice An asset that is not a factor's own underlying: LST, share, or stable. One slot.
struct AssetParams {
  uint32 chargeMaintenance; // LST charge, or charge on a long stable, 1e-9
  uint32 chargeInitial; // 1e-9
}

/// @notice What a token is to the pool. One slot: a deposit reads no other.
struct Listing {
  AssetId asset;
  uint8 decimals;
  bool frozen; // blocks deposits, never withdrawals
  uint112 cap; // of all deposits, wad units; for cash, of all that is lent
  uint112 total; // held in the vault for accounts, wad units; unused for cash
}

/// @notice The interest curve, annual 1e-9 rates, and the bounds of the cash ledger. One slot.
struct CashParams {
  uint32 base;
  uint32 slopeLow; // below the kink
  uint32 slopeHigh; // above it
  uint32 kink; // utilisation, 1e-9
  uint32 spread; // share of interest the house keeps, 1e-9
  uint48 borrowCap; // whole units of cash
  uint48 minimumIdle; // whole units of cash that borrowing may not take
}

/// @notice One choice of patience: longer grace for more margin.
struct GraceTier {
  uint32 longest; // Gmax, seconds
  uint32 multiplier; // m, 1e-9
}

/// @notice What governs liquidation.
struct LiquidationParams {
  uint48 dust; // gross value below which an account goes whole, whole USD
}

/// @notice What keepers are paid out of the insurance fund. One slot.
struct KeeperParams {
  uint32 roundFee; // for each round observed, millionths of cash
  uint32 dailyCap; // of all they are paid in a UTC day, whole units of cash
  uint32 finderShare; // of gross value, for a call that ends in an auction, 1e-9
  uint32 finderCap; // at most, whole units of cash
}

int256 constant PART = 1e9; // wads in a part per billion
uint256 constant TIERS = 4;
uint256 constant MAX_ASSETS = 16; // an account holds
uint256 constant MAX_FACTORS = 8;
uint256 constant MAX_POSITIONS = 32;
uint256 constant MAX_TERMS = 8; // expiries, each factor's counted apart
uint256 constant MAX_EXPIRIES = 16; // of a factor that are alive
int256 constant MILLIONTH = 1e12; // wads in a millionth
