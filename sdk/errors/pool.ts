import { errorClass } from "./BallastError.ts";

/** The caller lacks the scope for this account, or its permission has expired. */
export class NotAuthorized extends errorClass(
  "NotAuthorized(bytes32 account, address caller, uint8 scope, uint256 expiry)",
) {}

/** Account zero and accounts of address zero take no orders. */
export class ReservedAccount extends errorClass("ReservedAccount(bytes32 account)") {}

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

/** It is no follower and no stable, or not listed: no rate is noted of it. */
export class NoRate extends errorClass("NoRate(uint16 asset)") {}

/** Governance names no rate while a feed tells one. */
export class RateAlive extends errorClass("RateAlive(uint16 asset, int256 price)") {}

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

/** A sponsor takes no more than `most` of a top-up, 1e-9. */
export class SponsorFeeTooHigh extends errorClass(
  "SponsorFeeTooHigh(bytes32 account, uint256 fee, uint256 most)",
) {}

/** Nothing leaves an account, nor is another sponsor named, before this one is paid; cash. */
export class SponsorUnpaid extends errorClass(
  "SponsorUnpaid(bytes32 account, address sponsor, uint256 owed)",
) {}

/** There is nothing to call; USD. */
export class AccountHealthy extends errorClass(
  "AccountHealthy(bytes32 account, int256 equity, int256 maintenance)",
) {}

/** The account is not for sale. */
export class NotBacked extends errorClass(
  "NotBacked(bytes32 account, int256 equity, int256 maintenance)",
) {}
export class NotInAuction extends errorClass("NotInAuction(bytes32 account, uint8 phase)") {}

/** The slice would be smaller than allowed, or than the bidder wants. */
export class BidTooSmall extends errorClass(
  "BidTooSmall(bytes32 account, int256 fraction, int256 smallest)",
) {}

/** The throttle lets no such slice through now: what it would sell of the factor, and what is left, units. */
export class Throttled extends errorClass(
  "Throttled(bytes32 account, uint256 factor, int256 units, int256 left)",
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

/** The guardian lets no one take on new risk. */
export class PoolLocked extends errorClass("PoolLocked(uint8 level)") {}

/** A lock is only tightened, an unlocking only loosens. */
export class LockLevel extends errorClass("LockLevel(uint8 level, uint8 current)") {}

/**
 * No more than `left` of a token may leave now, wads; what was requested, or as much as ever may at once, from
 * `earliest` on, Unix seconds.
 */
export class ExitLimited extends errorClass(
  "ExitLimited(address token, uint256 left, uint256 requested, uint256 earliest)",
) {}

/** No line leads from one sector to another, nor from no size charge to one. */
export class FixedOnceListed extends errorClass("FixedOnceListed(uint256 factor)") {}

/** What accounts hold, and the pool's cash, stay listed. */
export class StillHeld extends errorClass("StillHeld(address token, uint256 held)") {}

/** As long as so many instruments of its factor are open, its underlying stays listed. */
export class StillTraded extends errorClass("StillTraded(address token, uint256 instruments)") {}

/** The pool, its vault, the token itself or nobody: what were sent there could never be sent on. */
export class NoDestination extends errorClass("NoDestination(address to)") {}

/** The asset has another token, or the token another asset. */
export class AlreadyListed extends errorClass("AlreadyListed(address token, uint16 asset)") {}

/** One verb at a time. */
export class Reentered extends errorClass("Reentered()") {}

/** A batch that contains a fill may not contain a call, a bid or a takeover. */
export class BatchMixed extends errorClass("BatchMixed()") {}

/** In the middle of a bid only its receiver acts, and nothing moves to the account sold, nor to one in call. */
export class ClosedDuringBid extends errorClass(
  "ClosedDuringBid(bytes32 account, bytes32 receiver)",
) {}

/** The pool lists no such instrument. */
export class UnknownInstrument extends errorClass("UnknownInstrument(uint96 instrument)") {}

/** It trades no more. */
export class InstrumentExpired extends errorClass(
  "InstrumentExpired(uint96 instrument, uint256 expiry)",
) {}

/** The two orders of a fill are for different instruments. */
export class InstrumentsDiffer extends errorClass(
  "InstrumentsDiffer(uint96 maker, uint96 taker)",
) {}

/** A pair of orders has exactly one maker, and it comes first. */
export class NotOneMaker extends errorClass("NotOneMaker(uint8 makerFlags, uint8 takerFlags)") {}

/** Both orders of a fill buy, or both sell. */
export class SameSide extends errorClass("SameSide(int256 makerSize, int256 takerSize)") {}

/** An account does not trade with itself; two accounts of one owner may. */
export class SelfMatch extends errorClass("SelfMatch(bytes32 account)") {}

/** Units open once accounts whose losses are withheld of this side were called at the last prices. */
export class LookDue extends errorClass("LookDue(uint96 instrument, bool longs)") {}

/** An order that names the account it may meet met another. */
export class NotNamed extends errorClass("NotNamed(bytes32 account, bytes32 named, bytes32 met)") {}

/** The maker's price is worse than the taker accepts. */
export class PriceOutsideLimit extends errorClass(
  "PriceOutsideLimit(bytes32 account, int256 price, int256 limitPrice)",
) {}

/** No fill may be this far from the mark. */
export class PriceOutsideBand extends errorClass(
  "PriceOutsideBand(uint96 instrument, int256 price, int256 low, int256 high)",
) {}

/** The order's deadline, Unix seconds, is past. */
export class OrderExpired extends errorClass("OrderExpired(bytes32 account, uint256 deadline)") {}

/** The time until which a signed grant could be sent, Unix seconds, is past. */
export class GrantExpired extends errorClass("GrantExpired(bytes32 account, uint256 deadline)") {}

/** A signed grant was sent already, or another came before it; `next` is what the account takes. */
export class WrongNonce extends errorClass(
  "WrongNonce(bytes32 account, uint256 nonce, uint256 next)",
) {}

/** With this fill, what an operator's trades lost today against the mark; cash millionths. */
export class DailyLossExceeded extends errorClass(
  "DailyLossExceeded(bytes32 account, address operator, uint256 limit, uint256 lost)",
) {}

/** The order was cancelled. */
export class OrderCancelled extends errorClass("OrderCancelled(bytes32 account, bytes32 order)") {}

/** Orders with counters below `least` are cancelled. */
export class CounterTooLow extends errorClass(
  "CounterTooLow(bytes32 account, uint256 counter, uint256 least)",
) {}

/** Less of the order is left; units. */
export class Overfilled extends errorClass(
  "Overfilled(bytes32 account, bytes32 order, uint256 left, uint256 size)",
) {}

/** The signer it names did not sign the order. */
export class BadSignature extends errorClass(
  "BadSignature(bytes32 account, bytes32 order, address signer)",
) {}

/** The fee is more than the order accepts; cash. */
export class FeeTooHigh extends errorClass(
  "FeeTooHigh(bytes32 account, int256 fee, int256 most)",
) {}

/** Options of an expiry do not trade on a surface this old. */
export class SurfaceStale extends errorClass(
  "SurfaceStale(uint256 factor, uint256 expiry, uint256 posted, uint256 age)",
) {}

/** A surface may be posted later than the last, not before `earliest`. */
export class SurfaceTooSoon extends errorClass(
  "SurfaceTooSoon(uint256 factor, uint256 expiry, uint256 earliest)",
) {}

/** The fill would push a factor's open interest past its cap; units. */
export class OpenInterestCapExceeded extends errorClass(
  "OpenInterestCapExceeded(uint256 factor, uint256 cap, uint256 wanted)",
) {}

/** A strike this far from spot may only be closed. */
export class StrikeOutOfReach extends errorClass(
  "StrikeOutOfReach(uint96 instrument, int256 strike, int256 low, int256 high)",
) {}

/** An order that only reduces would grow the position, or turn it. */
export class WouldGrow extends errorClass(
  "WouldGrow(bytes32 account, uint96 instrument, int256 held, int256 size)",
) {}

/** An act sent as reducing left the account worse; USD. */
export class NotReducing extends errorClass(
  "NotReducing(bytes32 account, int256 equityBefore, int256 maintenanceBefore, int256 equityAfter, int256 maintenanceAfter)",
) {}

/** The account has no slot for another position. */
export class TooManyPositions extends errorClass(
  "TooManyPositions(bytes32 account, uint256 limit)",
) {}

/** The account has no room for another expiry, of whatever factor. */
export class TooManyTerms extends errorClass("TooManyTerms(bytes32 account, uint256 limit)") {}

/** The factor has no room for another expiry. */
export class TooManyExpiries extends errorClass("TooManyExpiries(uint256 factor, uint256 limit)") {}

/** The expiry is listed already. */
export class ExpiryListed extends errorClass("ExpiryListed(uint256 factor, uint256 expiry)") {}

/** No function of the pool has this selector. */
export class UnknownVerb extends errorClass("UnknownVerb(bytes4 selector)") {}

/** Only the clearinghouse opens the vault. */
export class NotClearinghouse extends errorClass("NotClearinghouse(address caller)") {}

/** A feed's setting outside what the code allows. */
export class FeedOutOfBounds extends errorClass(
  "FeedOutOfBounds(uint16 asset, string name, uint256 value, uint256 low, uint256 high)",
) {}
