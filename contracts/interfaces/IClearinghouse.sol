// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

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
  MarketParams,
  TIERS,
  TradeParams
} from "../types/Params.sol";
import {Status} from "../types/Price.sol";
import {Phase} from "../types/State.sol";
import {IClearinghouseExt} from "./IClearinghouseExt.sol";
import {IVerbs} from "./IVerbs.sol";

/// @notice The one door of a pool, whole. Token amounts are in token units at the door, wads inside.
interface IClearinghouse is IVerbs, IClearinghouseExt, IAccessManaged {
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
    uint40 expiry,
    uint64 lossLimit
  );
  /// @notice An account chose its grace tier.
  event SetGrace(AccountId indexed account, uint8 tier);
  /// @notice Whoever may top an account up for `fee` of what it brings towards a cure, 1e-9; zero for no one.
  event SetSponsor(AccountId indexed account, address indexed sponsor, uint32 fee);
  /// @notice What an account owes its sponsor from now on, cash; nothing once a slice of it was sold.
  event SponsorOwed(AccountId indexed account, address indexed sponsor, uint256 owed);
  /// @notice An account paid its sponsor out of equity above IM, cash; `left` is still owed.
  event SponsorPaid(
    AccountId indexed account,
    address indexed sponsor,
    uint256 amount,
    uint256 left
  );
  /// @notice Interest came up to now; `spread` is what the house earned, in wads of cash.
  event Accrue(uint256 supplyIndex, uint256 borrowIndex, uint256 spread);
  /// @notice The last sound rate of an asset, as what its feed says was noted; a wad.
  event ObserveRate(AssetId indexed asset, uint256 sound);
  /// @notice A factor has seen rounds up to `round`; σused and σMM are annual wads.
  event Observe(uint256 indexed factor, uint256 round, uint256 used, uint256 maintenance);
  /// @notice A margin call opened at this equity, requirement, and share of the fund's cover.
  event Call(AccountId indexed account, int256 equity, int256 maintenance, uint256 cover);
  /// @notice An account is near its margin call; once, until its health has been 1.35.
  event MarginWarning(AccountId indexed account, int256 equity, int256 maintenance);
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
  /// @notice The house took a book no one bid for: its owner keeps `kept`, the waterfall pays `lost`, cash.
  event TakeOver(
    AccountId indexed account,
    AccountId indexed backstopAccount,
    int256 equity,
    int256 kept,
    int256 lost
  );
  /// @notice The insurance fund paid.
  event InsurancePaid(AccountId indexed account, uint256 amount);
  /// @notice A keeper was paid out of the insurance fund, for rounds observed or a call that it opened.
  event KeeperPaid(AccountId indexed account, uint256 amount);
  /// @notice Who holds an instrument on this side gives up `cut` of every unit, cash: `amount` in all.
  event PayoutCut(InstrumentId indexed instrument, bool longs, uint256 cut, uint256 amount);
  /// @notice For a loss that is seen and not booked yet, every unit on this side is worth `cut` of cash less,
  /// `amount` in all; below zero, so much comes back or is booked, and `left` goes to the insurance fund:
  /// what those had paid who closed.
  event PayoutWithheld(
    InstrumentId indexed instrument,
    bool longs,
    int256 cut,
    int256 amount,
    uint256 left
  );
  /// @notice What an account is seen to lack, cash millionths, and Σ of what all are, cash.
  event LossSeen(AccountId indexed account, uint256 unbookedLoss, uint256 shortfall);
  /// @notice What cash left inside as it went: for losses that are booked, and for those that are not yet.
  event LossLeft(AccountId indexed account, uint256 booked, uint256 seen);
  /// @notice A loss beyond the insurance fund and payouts was booked.
  event DeficitBooked(AccountId indexed account, uint256 amount);
  /// @notice Lenders bore a loss through their index.
  event LendersCharged(uint256 amount, uint256 deficitLeft);
  /// @notice Two orders met: `size` is what the maker bought, at `price`; `fees` of both sides, cash.
  event Filled(
    InstrumentId indexed instrument,
    AccountId indexed maker,
    AccountId indexed taker,
    int256 size,
    int256 price,
    int256 fees
  );
  /// @notice A fill of a transaction that goes on without it; `reason` is what it reverted with.
  event FillFailed(uint256 indexed index, bytes reason);
  /// @notice An order will fill no more.
  event Cancelled(AccountId indexed account, bytes32 indexed order);
  /// @notice Orders of an account with a lower counter will fill no more.
  event CancelledBelow(AccountId indexed account, uint256 counter);
  /// @notice A position was paid what it had earned since it was last touched, cash.
  event Settled(AccountId indexed account, InstrumentId indexed instrument, int256 earned);
  /// @notice The price at which an expiry settles, USD.
  event ExpirySettled(uint256 indexed factor, uint256 indexed expiry, uint256 price);
  /// @notice A market's margin rates and the open interest it can bear.
  event SetMarket(uint256 indexed factor, MarketParams params, DepthParams depth);
  /// @notice Futures and options of an expiry may trade.
  event ListExpiry(uint256 indexed factor, uint256 indexed expiry);
  /// @notice A volatility surface and a basis were posted, 1e-9 and a wad.
  event PostSurface(
    uint256 indexed factor,
    uint256 indexed expiry,
    uint32 atm,
    int32 skew,
    int32 curvature,
    int64 basis
  );
  /// @notice What governs trading, and the account that fees go to.
  event SetTrade(TradeParams params, AccountId feeRecipient);
  /// @notice Parameters of a factor, in parts per billion.
  event SetFactor(uint256 indexed factor, FactorParams params);
  /// @notice The sound rate of an asset whose feed is dead was named; a wad.
  event SetRate(AssetId indexed asset, uint256 rate);
  /// @notice An asset was listed, or its charges changed.
  event SetAsset(AssetId indexed asset, address token, AssetParams params);
  /// @notice From now on no new risk is taken (1), and tokens leave slowly (2).
  event Locked(uint8 level);
  /// @notice From `time` on the lock is at `level`.
  event Unlocking(uint8 level, uint256 time);
  /// @notice The share of what the pool holds of a token that may leave in an hour at level 2, 1e-9.
  event SetExit(uint32 share);
  /// @notice An asset that no one holds is off the list.
  event Delist(address indexed token, AssetId indexed asset);
  /// @notice Deposits of a token: frozen or not, and their cap in wad units.
  event SetListing(address indexed token, bool frozen, uint256 cap);
  /// @notice The interest curve and the bounds of the cash ledger.
  event SetCash(CashParams params);
  /// @notice The grace tiers.
  event SetTiers(GraceTier[TIERS] tiers);
  /// @notice What keepers are paid.
  event SetKeeper(KeeperParams params);
  /// @notice What governs liquidation.
  event SetLiquidation(LiquidationParams params);

  /// @notice The caller lacks the scope for this account, or its permission has expired.
  error NotAuthorized(AccountId account, address caller, uint8 scope, uint256 expiry);
  /// @notice Account zero and accounts of address zero take no orders.
  error ReservedAccount(AccountId account);
  error UnknownAsset(address token);
  error UnknownFactor(uint256 factor);
  error AssetFrozen(address token);
  error AmountZero();
  /// @notice The guardian lets no one take on new risk.
  error PoolLocked(uint8 level);
  /// @notice A lock is only tightened, an unlocking only loosens; `inForce` is the level now.
  error LockLevel(uint8 level, uint8 current);
  /// @notice At level 2 no more than `left` of a token may leave now, wads; what was requested, or as much as
  /// ever may at once, from `earliest` on, Unix seconds.
  error ExitLimited(address token, uint256 left, uint256 requested, uint256 earliest);
  /// @notice No line leads from one sector to another, nor from no size charge to one.
  error FixedOnceListed(uint256 factor);
  /// @notice What accounts hold, and the pool's cash, stay listed; `held` is in wad units.
  error StillHeld(address token, uint256 held);
  /// @notice As long as so many instruments of its factor are open, its underlying stays listed.
  error StillTraded(address token, uint256 instruments);
  /// @notice What were sent there could never be sent on.
  error NoDestination(address to);
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
  error NoRate(AssetId asset);
  error RateAlive(AssetId asset, int256 price);
  error PriceNotOk(AssetId asset, int256 price, uint256 updated, Status status);
  /// @notice More rounds wait than an act walks by itself: observe the factor first.
  error EstimateBehind(uint256 factor, uint256 rounds);
  error InCall(AccountId account, Phase phase);
  error UnknownTier(uint256 tier, uint256 tiers);
  /// @notice A sponsor takes no more than `most` of a top-up, 1e-9.
  error SponsorFeeTooHigh(AccountId account, uint256 fee, uint256 most);
  /// @notice Nothing leaves an account, nor is another sponsor named, before this one is paid, cash.
  error SponsorUnpaid(AccountId account, address sponsor, uint256 owed);
  error AccountHealthy(AccountId account, int256 equity, int256 maintenance);
  error NotInAuction(AccountId account, Phase phase);
  error BidTooSmall(AccountId account, int256 fraction, int256 smallest);
  error Throttled(AccountId account, uint256 factor, int256 units, int256 left);
  error PriceTooHigh(AccountId account, int256 price, int256 maxPrice);
  error HealthOutside(AccountId account, int256 health, int256 minHealth, int256 maxHealth);
  /// @notice A bid may not come from, or go to, the account it sells.
  error SelfBid(AccountId account);
  error TakeOverTooEarly(AccountId account, uint256 backed, uint256 earliest);
  /// @notice The house takes over only what is too thin to pay its bidders.
  error NotBacked(AccountId account, int256 equity, int256 maintenance);
  error ParameterOutOfBounds(string name, uint256 value, uint256 low, uint256 high);
  error AlreadyListed(address token, AssetId asset);
  error Reentered();
  /// @notice While its bidder is called, a bid is open to its receiver alone, and nothing moves to the account
  /// that it sells, nor to one in call.
  error ClosedDuringBid(AccountId account, AccountId receiver);
  /// @notice A batch that contains a fill may not contain a call, a bid or a takeover; nor may one
  /// that owes a proof of an account; and none a bid that calls its bidder.
  error BatchMixed();
  error UnknownInstrument(InstrumentId instrument);
  error InstrumentExpired(InstrumentId instrument, uint256 expiry);
  error InstrumentsDiffer(InstrumentId maker, InstrumentId taker);
  /// @notice A pair of orders has exactly one maker, and it comes first.
  error NotOneMaker(uint8 makerFlags, uint8 takerFlags);
  error SameSide(int256 makerSize, int256 takerSize);
  /// @notice An account does not trade with itself; two accounts of one owner may.
  error SelfMatch(AccountId account);
  /// @notice Units open once accounts whose losses are withheld of this side were called at the last prices.
  error LookDue(InstrumentId instrument, bool longs);
  /// @notice An order that names the account it may meet met another.
  error NotNamed(AccountId account, AccountId named, AccountId met);
  error PriceOutsideLimit(AccountId account, int256 price, int256 limitPrice);
  /// @notice No fill may be this far from the mark.
  error PriceOutsideBand(InstrumentId instrument, int256 price, int256 low, int256 high);
  error OrderExpired(AccountId account, uint256 deadline);
  error GrantExpired(AccountId account, uint256 deadline);
  error WrongNonce(AccountId account, uint256 nonce, uint256 next);
  /// @notice What an operator's trades lost today against the mark, cash millionths.
  error DailyLossExceeded(AccountId account, address operator, uint256 limit, uint256 lost);
  error OrderCancelled(AccountId account, bytes32 order);
  error CounterTooLow(AccountId account, uint256 counter, uint256 least);
  error Overfilled(AccountId account, bytes32 order, uint256 left, uint256 size);
  error BadSignature(AccountId account, bytes32 order, address signer);
  error FeeTooHigh(AccountId account, int256 fee, int256 most);
  error SurfaceStale(uint256 factor, uint256 expiry, uint256 posted, uint256 age);
  /// @notice A surface may be posted later than the last, not before `earliest`.
  error SurfaceTooSoon(uint256 factor, uint256 expiry, uint256 earliest);
  error OpenInterestCapExceeded(uint256 factor, uint256 cap, uint256 wanted);
  error StrikeOutOfReach(InstrumentId instrument, int256 strike, int256 low, int256 high);
  error WouldGrow(AccountId account, InstrumentId instrument, int256 held, int256 size);
  /// @notice An act sent as reducing left the account worse.
  error NotReducing(
    AccountId account,
    int256 equityBefore,
    int256 maintenanceBefore,
    int256 equityAfter,
    int256 maintenanceAfter
  );
  error TooManyPositions(AccountId account, uint256 limit);
  /// @notice The account has no room for another expiry, of whatever factor.
  error TooManyTerms(AccountId account, uint256 limit);
  error TooManyExpiries(uint256 factor, uint256 limit);
  error ExpiryListed(uint256 factor, uint256 expiry);
  /// @notice No function of the pool has this selector.
  error UnknownVerb(bytes4 selector);
}
