// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AccountId, AssetId, InstrumentId} from "./Ids.sol";
import {
  CashParams,
  DepthParams,
  FactorParams,
  KeeperParams,
  LiquidationParams,
  Listing,
  MarketParams,
  MAX_ASSETS,
  MAX_POSITIONS,
  Smile,
  TIERS,
  TradeParams
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

uint256 constant MAX_HOLDING = 1e33; // wads

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
  int120 principal; // of cash: positive lends, negative borrows
  Phase phase;
  uint8 tier; // index of its grace tier
  uint64 fuse; // 1e18 is burnt through
  uint32 poked; // time of the last poke
  uint8 positions; // how many it holds
  bool gained; // did a settlement ever pay it: then recent gains have to be looked up
  bool owes; // a fee to its sponsor: then `sponsorship` has to be looked up
  Holding[MAX_ASSETS] holdings;
  CallState call;
  address finder; // who opened its last call
  bool warned; // since it fell under the warning
  uint8 heaviest; // its heaviest factor when its auction opened
  uint80 scarce; // and that factor's scarce seconds until then, 1e-9
  Sponsorship sponsorship;
}

/// @notice Who may top an account up for a fee, and what it owes for that. One slot.
struct Sponsorship {
  address sponsor; // zero for none
  uint32 fee; // share of a top-up, 1e-9
  uint64 owed; // cash millionths
}

/// @notice What a margin call remembers between two pokes. Times are zero for "not".
struct CallState {
  uint64 cover; // of the insurance fund, fixed at the first poke
  int72 health; // at the last poke
  bool certain; // was it below MM then, whatever prices in doubt are
  uint32 longest; // Gmax, fixed at the first poke
  uint40 opened; // the auction
  uint40 lowSeen; // first seen at or under the floor
  uint40 low; // confirmed
  uint40 thinSeen; // first seen too thin to pay its bidders
  uint40 backed; // confirmed
  uint40 sold; // the last bid
  uint32 brokeSeen; // first seen below zero
  uint64 unbookedLoss; // what it is below zero and winners do not bear, cash millionths
}

/// @notice A factor's estimates. The first slot is all a health check right after a round reads.
struct Estimate {
  uint64 used; // σused
  uint64 maintenance; // σMM
  uint72 hour; // v1
  uint32 time; // lastT
  bool crowded; // does open interest shock it harder: then its market has to be looked up
  bool ramping; // do its parameters move: then its ramp has to be looked up
  bool cut; // did a loss ever cut payouts of its instruments: then their cuts have to be looked up
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
  uint112 deficit; // booked losses that lenders do not bear yet
  uint112 shortfall; // Σ of what accounts were seen to lack, not booked yet
  uint32 lossDay; // UTC day
  uint128 lossToday; // what lenders bore on `lossDay`
}

/// @notice One derivative held: one slot.
struct Position {
  InstrumentId instrument;
  int128 size; // units, signed
}

/// @notice Settlement gains of an account in one half-hour of the clock and in the one before.
struct Gains {
  uint32 period; // half-hours since 1970
  int112 current; // cash
  int112 previous;
}

/// @notice The derivatives of an account. Its first `Account.positions` places are filled.
struct Book {
  Position[MAX_POSITIONS] list;
  int128[MAX_POSITIONS] entries; // index at the last touch, of what accrues
  Gains gains;
}

/// @notice What the derivatives of a factor share. The first slot is all a margin check of a perp reads.
struct Market {
  int64 premium; // of the perp over spot, as of `time`
  int96 funding; // what a long has paid per unit
  uint32 time;
  uint32 boundary; // the next moment a settlement window starts or ends; zero for none
  uint32 changed; // block of the last change of open interest
  uint128 openInterest; // Σ long |delta| units, as of the last fills
  uint128 earlier; // the same at the end of an earlier block
  uint64 crowding; // gMM − 1, as of `crowdedAt`
  uint32 crowdedAt;
  uint96 price; // of the last round seen
  uint32 seen; // its time
  uint32 silence; // seconds without a good price so far
  uint128 sum; // price·seconds up to `seen`
  uint32 instruments; // that are open
}

/// @notice How far an expiry is.
enum Stage {
  Unlisted,
  Trading,
  Settling,
  Settled
}

/// @notice One expiry of a factor. The first slot is all a margin check reads before it settles.
// solhint-disable-next-line gas-struct-packing
struct ExpiryState {
  uint32 atm; // posted surface, 1e-9
  int32 skew; // 1e-9
  int32 curvature; // 1e-9
  int64 basis; // annual, a wad
  uint32 posted; // time of the post
  Stage stage;
  uint32 windowStart;
  uint96 settlement; // USD, final
  uint128 startSum; // price·seconds when the window began
  uint32 startSilence; // and seconds without a good price
}

/// @notice Open units of one instrument, and its delta at its last fill.
struct Interest {
  uint128 open; // Σ long size = Σ short size
  uint64 delta; // |delta|, a wad
  int128 closed; // Σ signed size of what was paid out since it settled: shorts left = open + closed
}

/// @notice What the parameters of a factor and its market were when they were last changed.
struct FactorRamp {
  FactorParams factor;
  MarketParams market;
  DepthParams depth;
  uint40 factorChanged; // zero for never
  uint40 marketChanged;
}

/// @notice What an asset is charged. One slot.
struct Charges {
  uint32 chargeMaintenance; // 1e-9
  uint32 chargeInitial;
  uint32 maintenanceBefore; // when they were last changed
  uint32 initialBefore;
  uint40 changed;
}

/// @notice The last sound rate of what follows an underlying, or price of a stable, and what moves it.
struct Rate {
  uint96 sound; // R
  uint96 heard; // of the last sound round noted
  uint32 heardAt; // its time
  uint32 grown; // time of the round at which R was last the highest ever
  uint96 top; // that R
  uint96 named; // what governance moves R to within a day; zero for nothing
  uint32 namedAt;
}

/// @notice A grace tier. One slot.
struct Tier {
  uint32 longest; // Gmax, seconds
  uint32 multiplier; // m, 1e-9
  uint32 before; // m, when it was last changed
  uint40 changed;
}

/// @notice What a guardian has locked. One slot.
struct Lock {
  uint8 level; // 0 open, 1 no new risk, 2 tokens leave slowly too
  uint8 next; // level from `nextAt` on
  uint40 nextAt; // zero for no unlocking on its way
  uint40 since; // when tokens last began to leave slowly
  uint32 exitShare; // of what the pool holds of a token, an hour, 1e-9
}

/// @notice What left of a token while tokens leave slowly, wads. One slot.
struct Exit {
  uint112 base; // held when the lock began; what came since and stays counts within the hour
  int112 used; // what left less what came, as of `time`; goes to zero from both sides
  uint32 time;
}

/// @notice What losses took of a unit held on one side of an instrument. A touch reads the first slot.
struct PayoutHaircut {
  uint96 sum; // cash, since it was first traded
  uint96 today; // on `day`
  uint32 day; // UTC
  uint32 stamp; // of the rounds at which accounts that lack something were last looked at
  uint96 held; // of the sum: not booked yet
  uint96 known; // of that: for accounts that were looked at then
  uint256 factors; // that those accounts hold something of, a bit each
}

/// @notice What falls on the winners of one leg of a book that lacks something, and what they are charged for
/// it before it is booked.
struct Part {
  InstrumentId instrument;
  bool longs; // the side that won
  uint64 weight; // share of what the fund does not cover, a wad
  uint32 stamp; // of the rounds at which the account was last looked at
  uint96 rate; // of every unit, cash
  uint128 amount; // of all of them, cash
}

/// @notice What one account allows another address to do.
struct Permission {
  uint8 scopes;
  uint40 expiry;
  uint64 lossLimit; // of what its trades lose against the mark in a day, cash millionths
  uint64 lost; // on `day`
  uint32 day; // since 1970
}

/// @notice What auctions sold of a factor a moment ago. One slot.
struct Bucket {
  uint128 used; // units, as of `time`
  uint32 time;
  uint96 scarce; // seconds it was ever under half full, until `time`, a wad
}

/// @notice What keepers were paid on a UTC day. One slot.
struct KeeperDay {
  uint128 paid; // cash
  uint32 day; // since 1970
}

/// @notice All the house remembers.
struct State {
  IOracle oracle;
  IVault vault;
  bool slows; // may tokens leave slowly: then `lock` has to be looked up
  mapping(AccountId => Account) accounts;
  mapping(AccountId => mapping(address => Permission)) permissions;
  mapping(AccountId => uint256) nonces; // of the next signed grant
  mapping(address => Listing) listings;
  mapping(AssetId => address) tokens;
  mapping(AssetId => Charges) assets;
  mapping(AssetId => Rate) rates;
  mapping(uint256 => FactorParams) factors;
  mapping(uint256 => Estimate) estimates;
  CashState cash;
  CashParams cashParams;
  LiquidationParams liquidation;
  KeeperParams keeperParams;
  KeeperDay keeperDay;
  Tier[TIERS] tiers;
  mapping(AccountId => Book) books;
  mapping(uint256 => Market) markets;
  mapping(uint256 => MarketParams) marketParams;
  mapping(uint256 => DepthParams) depths;
  mapping(uint256 => Bucket) buckets;
  mapping(uint256 => FactorRamp) ramps;
  mapping(uint256 => mapping(uint256 => ExpiryState)) terms; // by factor and expiry
  mapping(uint256 => mapping(uint256 => Smile)) anchors; // that surfaces may not drift far from
  mapping(uint256 => uint32[]) expiries; // of a factor, not yet settled
  mapping(InstrumentId => Interest) interests;
  mapping(InstrumentId => PayoutHaircut[2]) cuts; // of longs, of shorts
  mapping(AccountId => Part[]) parts; // of what an account lacks
  mapping(bytes32 => uint256) filled; // units of an order, by its hash
  mapping(AccountId => uint256) counters; // orders below are cancelled
  Lock lock;
  mapping(address => Exit) exits;
  TradeParams tradeParams;
  AccountId feeRecipient;
  uint96 takeovers; // accounts (zero, n) opened so far
  uint64 version; // of the parameters: how often they changed
  AssetId[] assetList; // in the order they were listed
}
