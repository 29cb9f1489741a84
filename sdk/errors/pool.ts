import { errorClass } from "./BallastError.ts";

/** The caller lacks the scope for this account, or its permission has expired. */
export class NotAuthorized extends errorClass(
  "NotAuthorized(bytes32 account, address caller, uint8 scope, uint256 expiry)",
) {}

/** Account zero and accounts of address zero take no orders. */
export class HouseAccount extends errorClass("HouseAccount(bytes32 account)") {}

/** The pool does not list this token. */
export class UnknownAsset extends errorClass("UnknownAsset(address token)") {}

/** The pool does not list this factor. */
export class UnknownFactor extends errorClass("UnknownFactor(uint256 factor)") {}

/** Deposits of this token are stopped; withdrawals are not. */
export class AssetFrozen extends errorClass("AssetFrozen(address token)") {}

/** Nothing to move, or nothing arrived. */
export class AmountZero extends errorClass("AmountZero()") {}

/** More token units than a holding can say. */
export class AmountTooLarge extends errorClass(
  "AmountTooLarge(address token, uint256 amount, uint256 most)",
) {}

/** A transfer needs two accounts. */
export class TransferToSelf extends errorClass("TransferToSelf(bytes32 account)") {}

/** The account holds less than was asked for; token units. */
export class MoreThanHeld extends errorClass(
  "MoreThanHeld(bytes32 account, address token, uint256 held, uint256 requested)",
) {}

/** The deposit would push the pool past the token's cap; wads. */
export class CapExceeded extends errorClass(
  "CapExceeded(address token, uint256 cap, uint256 wanted)",
) {}

/** The pool lends no more; wads of cash. */
export class BorrowCapExceeded extends errorClass(
  "BorrowCapExceeded(uint256 cap, uint256 wanted)",
) {}

/** The vault has too little idle cash; wads of cash. */
export class NotEnoughIdle extends errorClass(
  "NotEnoughIdle(uint256 idle, uint256 minimum, uint256 requested)",
) {}

/** The account has no slot for another asset. */
export class TooManyAssets extends errorClass("TooManyAssets(bytes32 account, uint256 limit)") {}

/** The account has no slot for another factor. */
export class TooManyFactors extends errorClass("TooManyFactors(bytes32 account, uint256 limit)") {}

/** A stranger may add only to what an account already holds. */
export class NotHeld extends errorClass(
  "NotHeld(bytes32 account, address token, address caller)",
) {}

/** The account has no debt to repay. */
export class NothingOwed extends errorClass("NothingOwed(bytes32 account)") {}

/**
 * The account's equity would not cover its initial margin, USD. `uncounted` is the value of assets whose
 * price is not Ok: initial margin does not lean on it.
 */
export class MarginTooLow extends errorClass(
  "MarginTooLow(bytes32 account, int256 equity, int256 required, int256 uncounted)",
) {}

/** An act that adds exposure needs a good price. */
export class PriceNotOk extends errorClass(
  "PriceNotOk(uint16 asset, int256 price, uint256 updated, uint8 status)",
) {}

/** More rounds wait than an act walks by itself: observe the factor first. */
export class EstimateBehind extends errorClass("EstimateBehind(uint256 factor, uint256 rounds)") {}

/** Closed while the account is in call or auction. */
export class InCall extends errorClass("InCall(bytes32 account, uint8 phase)") {}

/** There are fewer grace tiers. */
export class UnknownTier extends errorClass("UnknownTier(uint256 tier, uint256 tiers)") {}

/** There is nothing to call; USD. */
export class AccountHealthy extends errorClass(
  "AccountHealthy(bytes32 account, int256 equity, int256 maintenance)",
) {}

/** The account is not for sale. */
export class NotInAuction extends errorClass("NotInAuction(bytes32 account, uint8 phase)") {}

/** The slice would be smaller than allowed, or than the bidder wants. */
export class BidTooSmall extends errorClass(
  "BidTooSmall(bytes32 account, int256 fraction, int256 smallest)",
) {}

/** The slice costs more cash than the bidder would pay. */
export class PriceTooHigh extends errorClass(
  "PriceTooHigh(bytes32 account, int256 price, int256 maxPrice)",
) {}

/** The account's health is not what the bidder expected. */
export class HealthOutside extends errorClass(
  "HealthOutside(bytes32 account, int256 health, int256 minHealth, int256 maxHealth)",
) {}

/** A bid may not come from, or go to, the account it sells. */
export class SelfBid extends errorClass("SelfBid(bytes32 account)") {}

/** The backed auction has to stay unsold for longer. Times; zero for an auction that is not backed. */
export class TakeOverTooEarly extends errorClass(
  "TakeOverTooEarly(bytes32 account, uint256 backed, uint256 earliest)",
) {}

/** A parameter outside what the code allows. */
export class ParameterOutOfBounds extends errorClass(
  "ParameterOutOfBounds(string name, uint256 value, uint256 low, uint256 high)",
) {}

/** The asset has another token, or the token another asset. */
export class AlreadyListed extends errorClass("AlreadyListed(address token, uint16 asset)") {}

/** One verb at a time. */
export class Reentered extends errorClass("Reentered()") {}

/** No function of the pool has this selector. */
export class UnknownVerb extends errorClass("UnknownVerb(bytes4 selector)") {}

/** Only the clearinghouse opens the vault. */
export class NotTheDoor extends errorClass("NotTheDoor(address caller)") {}

/** A feed's setting outside what the code allows. */
export class FeedOutOfBounds extends errorClass(
  "FeedOutOfBounds(uint16 asset, string name, uint256 value, uint256 low, uint256 high)",
) {}
