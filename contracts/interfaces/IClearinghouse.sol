// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Offer, Slice} from "../types/Offer.sol";
import {AccountId, AssetId} from "../types/Ids.sol";
import {AssetParams, CashParams, FactorParams, GraceTier} from "../types/Params.sol";
import {LiquidationParams, Listing, TIERS} from "../types/Params.sol";
import {Margin, Portfolio} from "../types/Portfolio.sol";
import {Status} from "../types/Price.sol";
import {Account, CashState, Estimate, Permission, Phase} from "../types/State.sol";
import {IOracle} from "./IOracle.sol";
import {IVault} from "./IVault.sol";

/// @notice The one door of a pool. Token amounts are in token units at the door and wads inside.
interface IClearinghouse {
  /// @notice `amount` of `token` arrived, in token units.
  event Deposit(AccountId indexed account, address indexed token, address from, uint256 amount);
  /// @notice `amount` of `token` left, in token units; cash beyond what was held is borrowed.
  event Withdraw(AccountId indexed account, address indexed token, address to, uint256 amount);
  /// @notice `amount` of `token` moved inside the pool, in token units.
  event Transfer(
    AccountId indexed from,
    AccountId indexed to,
    address indexed token,
    uint256 amount
  );
  /// @notice `amount` of a debt was repaid, in token units of cash.
  event Repay(AccountId indexed account, address from, uint256 amount);
  /// @notice An operator may act within `scopes` until `expiry`, Unix seconds.
  event SetOperator(
    AccountId indexed account,
    address indexed operator,
    uint8 scopes,
    uint40 expiry
  );
  /// @notice An account chose its grace tier.
  event SetGrace(AccountId indexed account, uint8 tier);
  /// @notice Interest came up to now; `spread` is what the house earned, in wads of cash.
  event Accrue(uint256 supplyIndex, uint256 borrowIndex, uint256 spread);
  /// @notice A factor has seen rounds up to `round`; σused and σMM are annual wads.
  event Observe(uint256 indexed factor, uint256 round, uint256 used, uint256 maintenance);
  /// @notice A margin call opened at this equity, requirement, and share of the fund's cover.
  event Call(AccountId indexed account, int256 equity, int256 maintenance, uint256 cover);
  /// @notice An account left its call or auction at h ≥ 1.10, USD.
  event Cured(AccountId indexed account, int256 equity, int256 maintenance);
  /// @notice The fuse is burnt, or the floor confirmed: slices are for sale.
  event AuctionOpened(AccountId indexed account, int256 equity, int256 maintenance, bool low);
  /// @notice Bidders are paid from the insurance fund from now on.
  event AuctionBacked(AccountId indexed account, int256 equity);
  /// @notice A slice changed hands.
  event Bid(
    AccountId indexed account,
    AccountId indexed receiver,
    address indexed bidder,
    Slice slice
  );
  /// @notice The house took a book no one bid for; `kept` is the cash its owner keeps, in wads.
  event TakeOver(AccountId indexed account, AccountId indexed heir, int256 equity, int256 kept);
  /// @notice The insurance fund paid.
  event InsurancePaid(AccountId indexed account, uint256 amount);
  /// @notice A loss beyond the insurance fund was booked.
  event DeficitBooked(AccountId indexed account, uint256 amount);
  /// @notice Lenders bore a loss through their index.
  event LendersCharged(uint256 amount, uint256 deficitLeft);
  /// @notice Parameters of a factor, in parts per billion.
  event SetFactor(uint256 indexed factor, FactorParams params);
  /// @notice An asset was listed, or its charges changed.
  event SetAsset(AssetId indexed asset, address token, AssetParams params);
  /// @notice Deposits of a token: frozen or not, and their cap in wad units.
  event SetListing(address indexed token, bool frozen, uint256 cap);
  /// @notice The interest curve and the bounds of the cash ledger.
  event SetCash(CashParams params);
  /// @notice The grace tiers.
  event SetTiers(GraceTier[TIERS] tiers);
  /// @notice What governs liquidation.
  event SetLiquidation(LiquidationParams params);

  /// @notice The caller lacks the scope for this account, or its permission has expired.
  error NotAuthorized(AccountId account, address caller, uint8 scope, uint256 expiry);
  /// @notice Account zero and accounts of address zero take no orders.
  error HouseAccount(AccountId account);
  error UnknownAsset(address token);
  error UnknownFactor(uint256 factor);
  error AssetFrozen(address token);
  error AmountZero();
  error AmountTooLarge(address token, uint256 amount, uint256 most);
  error TransferToSelf(AccountId account);
  error MoreThanHeld(AccountId account, address token, uint256 held, uint256 requested);
  error CapExceeded(address token, uint256 cap, uint256 wanted);
  error BorrowCapExceeded(uint256 cap, uint256 wanted);
  error NotEnoughIdle(uint256 idle, uint256 minimum, uint256 requested);
  error TooManyAssets(AccountId account, uint256 limit);
  error TooManyFactors(AccountId account, uint256 limit);
  /// @notice A stranger may add only to what an account already holds.
  error NotHeld(AccountId account, address token, address caller);
  error NothingOwed(AccountId account);
  /// @notice `uncounted` is the value of assets whose price is not Ok: IM does not lean on it.
  error MarginTooLow(AccountId account, int256 equity, int256 required, int256 uncounted);
  /// @notice An act that adds exposure needs a good price.
  error PriceNotOk(AssetId asset, int256 price, uint256 updated, Status status);
  /// @notice More rounds wait than an act walks by itself: observe the factor first.
  error EstimateBehind(uint256 factor, uint256 rounds);
  error InCall(AccountId account, Phase phase);
  error UnknownTier(uint256 tier, uint256 tiers);
  error AccountHealthy(AccountId account, int256 equity, int256 maintenance);
  error NotInAuction(AccountId account, Phase phase);
  error BidTooSmall(AccountId account, int256 fraction, int256 smallest);
  error PriceTooHigh(AccountId account, int256 price, int256 maxPrice);
  error HealthOutside(AccountId account, int256 health, int256 minHealth, int256 maxHealth);
  /// @notice A bid may not come from, or go to, the account it sells.
  error SelfBid(AccountId account);
  error TakeOverTooEarly(AccountId account, uint256 backed, uint256 earliest);
  error ParameterOutOfBounds(string name, uint256 value, uint256 low, uint256 high);
  error AlreadyListed(address token, AssetId asset);
  error Reentered();

  /// @notice Puts `amount` of `token` into an account; cash repays debt first. What arrived counts.
  /// A stranger may deposit cash, or what the account already holds.
  function deposit(AccountId account, address token, uint256 amount) external;

  /// @notice Takes `amount` of `token` out; cash one does not have is borrowed. Needs IM.
  function withdraw(AccountId account, address token, uint256 amount, address to) external;

  /// @notice Moves `amount` of `token` between accounts of the pool. The sender needs IM.
  function transfer(AccountId from, AccountId to, address token, uint256 amount) external;

  /// @notice Repays up to `amount` of an account's debt; anyone may. Returns what was repaid.
  function repay(AccountId account, uint256 amount) external returns (uint256 repaid);

  /// @notice Lets `operator` act for an account within `scopes` until `expiry`; zero scopes revoke.
  function setOperator(AccountId account, address operator, uint8 scopes, uint40 expiry) external;

  /// @notice Chooses a grace tier. Needs IM under it; closed during a call.
  function setGrace(AccountId account, uint8 tier) external;

  /// @notice Many verbs, one transaction; the health of each account touched is proved at the end.
  function batch(bytes[] calldata calls) external;

  /// @notice Processes up to `maxRounds` oracle rounds of a factor, in order. Returns how many.
  function observe(uint256 factor, uint256 maxRounds) external returns (uint256 processed);

  /// @notice Brings interest up to now.
  function accrue() external;

  /// @notice Opens or continues a margin call: reads health, burns or cools the fuse.
  function call(AccountId account) external;

  /// @notice Buys a slice of an account in auction.
  function bid(Offer calldata offer) external returns (Slice memory slice);

  /// @notice Moves a book no one bid for to an account of the house.
  function takeOver(AccountId account) external returns (AccountId heir);

  /// @notice All that an account's margin depends on, as of now.
  function portfolio(AccountId account) external view returns (Portfolio memory);

  /// @notice Equity and both requirements, USD.
  function margin(AccountId account) external view returns (Margin memory);

  /// @notice Equity and maintenance requirement, USD.
  function health(AccountId account) external view returns (int256 equity, int256 maintenance);

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
