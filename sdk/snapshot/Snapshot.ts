import type { Address, Hex } from "viem";

import type { AccountId, AssetId, InstrumentId } from "../types/Ids.ts";
import type { BasisRates, Pair } from "../types/Portfolio.ts";
import type { Price, SoundRate } from "../types/Price.ts";
import type { Surface } from "../types/Surface.ts";
import type { Volatility } from "../types/Volatility.ts";

// A pool and some of its accounts at one moment: all that a margin can depend on. Frozen and plain, so
// that one snapshot is a test vector, a bug report and a replay input. Numbers are wads as the
// contracts reckon with them (rates and caps included), times are Unix seconds, token amounts stand
// in wads too. Objects are keyed by factor, asset or account.

/** The block a snapshot was read at; one that was reckoned on from there keeps it. */
export interface BlockStamp {
  readonly number: bigint;
  readonly hash: Hex;
  readonly timestamp: number;
}

/** A pool as stored, its prices, and some accounts. */
export interface Snapshot {
  readonly pool: Address; // the clearinghouse
  readonly vault: Address;
  readonly chainId: number; // orders are signed for it
  readonly block: BlockStamp;
  readonly version: bigint; // of the parameters
  readonly cash: CashState;
  readonly cashParams: CashParams;
  readonly tiers: readonly GraceTier[];
  readonly liquidation: LiquidationParams;
  readonly keeper: KeeperParams;
  readonly keeperDay: KeeperDay;
  readonly factors: Readonly<Record<number, Factor>>;
  readonly assets: Readonly<Record<AssetId, Asset>>;
  readonly feeds: Readonly<Record<AssetId, Feed>>; // of assets, and of every factor's underlying
  readonly trade: TradeParams;
  readonly lock: Lock;
  readonly interests: Readonly<Record<InstrumentKey, Interest>>; // of what accounts hold, and was asked for
  readonly orders: Readonly<Record<Hex, bigint>>; // filled units by hash; of the orders asked for
  readonly losses?: Readonly<Record<string, bigint>>; // of operators, once their fills are previewed
  readonly accounts: Readonly<Record<AccountId, Account>>;
}

/** What a guardian has locked. */
export interface Lock {
  readonly level: number; // 0 open, 1 no new risk, 2 tokens leave slowly too
  readonly next: number; // level from `nextAt` on
  readonly nextAt: number; // zero for no unlocking on its way
  readonly since: number; // when tokens last began to leave slowly
  readonly exitShare: bigint; // of what the pool holds of a token, an hour
}

/** What left of a token while tokens leave slowly. */
export interface Exit {
  readonly base: bigint; // held when the lock began; what came since and stays counts within the hour
  readonly used: bigint; // what left less what came, as of `time`; goes to zero from both sides
  readonly time: number;
}

/** An instrument's id in decimals. */
export type InstrumentKey = string;

/** The member of an instrument in `interests`. */
export function keyOf(instrument: InstrumentId): InstrumentKey {
  return instrument.toString();
}

/** What governs trading, the same for every instrument. */
export interface TradeParams {
  readonly makerFee: bigint; // share of notional
  readonly takerFee: bigint;
  readonly insuranceShare: bigint; // of fees, to the insurance fund
  readonly feeRecipient: AccountId; // of the rest
  readonly surfaceAge: number; // seconds a posted surface lets options trade
  readonly surfaceStep: bigint; // most a post may move volatility, relative
  readonly surfaceWait: number; // seconds between two posts
}

/** Open units of one instrument, and its |delta| at its last fill. */
export interface Interest {
  readonly open: bigint; // Σ long size = Σ short size
  readonly delta: bigint;
  readonly closed: bigint; // Σ signed size of what was paid out since it settled: shorts left = open + closed
  readonly cuts: readonly [longs: PayoutHaircut, shorts: PayoutHaircut];
}

/** What losses took of a unit held on one side of an instrument. */
export interface PayoutHaircut {
  readonly sum: bigint; // cash, since it was first traded
  readonly today: bigint; // on `day`
  readonly day: number; // UTC
  readonly stamp: number; // of the rounds at which accounts that lack something were last looked at
  readonly held: bigint; // of the sum: not booked yet
  readonly known: bigint; // of that: for accounts that were looked at then
  readonly factors: bigint; // that those accounts hold something of, a bit each
}

/** What falls on the winners of one leg of a book that lacks something. */
export interface Part {
  readonly instrument: InstrumentId;
  readonly longs: boolean; // the side that won
  readonly weight: bigint; // share of what the fund does not cover
  readonly stamp: number; // of the rounds at which the account was last looked at
  readonly rate: bigint; // what every unit is charged before it is booked, cash
  readonly amount: bigint; // and all of them, cash
}

/** The borrow and lend ledger, as stored at its last accrual. */
export interface CashState {
  readonly supplyIndex: bigint;
  readonly borrowIndex: bigint;
  readonly accrued: number; // time of the last accrual
  readonly supplyRate: bigint; // per second
  readonly borrowRate: bigint; // per second
  readonly supplied: bigint; // Σ positive principal, the fund's included
  readonly borrowed: bigint; // Σ |negative principal|
  readonly fund: bigint; // principal of account zero
  readonly booked: bigint; // cash of the vault by the books
  readonly deficit: bigint; // booked losses that lenders do not bear yet
  readonly shortfall: bigint; // Σ of what accounts were seen to lack, not booked yet
  readonly lossToday: bigint; // what lenders bore on `lossDay`
  readonly lossDay: number; // UTC day
}

/** The interest curve, annual rates, and the bounds of the cash ledger. */
export interface CashParams {
  readonly base: bigint;
  readonly slopeLow: bigint;
  readonly slopeHigh: bigint;
  readonly kink: bigint;
  readonly spread: bigint;
  readonly borrowCap: bigint; // cash
  readonly minimumIdle: bigint; // cash that borrowing may not take
}

/** One choice of patience. */
export interface GraceTier {
  readonly longest: number; // Gmax, seconds
  readonly multiplier: bigint; // m
  readonly before: bigint; // m, when it was last changed
  readonly changed: number; // zero for never
}

export interface LiquidationParams {
  readonly dust: bigint; // gross value below which an account goes whole, USD
}

/** What keepers are paid out of the insurance fund. */
export interface KeeperParams {
  readonly roundFee: bigint; // for each round observed, cash
  readonly dailyCap: bigint; // of all they are paid in a UTC day, cash
  readonly finderShare: bigint; // of gross value, for a call that ends in an auction
  readonly finderCap: bigint; // at most, cash
}

/** What keepers were paid on the last day that paid any. */
export interface KeeperDay {
  readonly paid: bigint; // cash
  readonly day: number; // since 1970
}

/** One risk factor: what was chosen, what is measured, the rounds yet to be measured, and its market. */
export interface Factor {
  readonly params: FactorParams;
  readonly estimate: Estimate;
  readonly pending: readonly PendingRound[]; // in order
  readonly market: Market;
  readonly marketParams: MarketParams;
  readonly bucket: Bucket;
  readonly ramp: FactorRamp | null; // null if these stand still
  readonly expiries: readonly number[]; // that have not settled, in the house's order
  readonly terms: Readonly<Record<number, ExpiryState>>; // of those, of what accounts hold, and was asked for
  readonly life: number; // seconds a round of its feed is good
  readonly told: Told | null; // null for a feed that tells its own rounds
}

/** Rounds that somebody has to tell: how far they are. */
export interface Told {
  readonly closed: number; // none to come is older
  readonly price: bigint; // of the last one; zero for none
  readonly updated: number; // its time
}

/** What a factor's parameters were when they were last changed; zero for never. */
export interface FactorRamp {
  readonly params: FactorParams;
  readonly paramsChanged: number;
  readonly marketParams: MarketParams;
  readonly marketChanged: number;
}

/** What auctions sold of a factor a moment ago. */
export interface Bucket {
  readonly used: bigint; // units, as of `time`
  readonly time: number;
  readonly scarce: bigint; // seconds it was ever under half full, until `time`, a wad
}

/** What the derivatives of a factor share. */
export interface Market {
  readonly premium: bigint; // of the perp over spot, as of `time`
  readonly funding: bigint; // what a long has paid per unit
  readonly time: number;
  readonly boundary: number; // the next moment a settlement window starts or ends; zero for none
  readonly openInterest: bigint; // Σ long |delta| units, as of the last fills
  readonly earlier: bigint; // the same before the block that changed it last
  readonly changed: number; // time of that block; zero if it is older than the snapshot's
  readonly crowding: bigint; // gMM, as of `crowdedAt`
  readonly crowdedAt: number;
  readonly price: bigint; // of the last round that settlement saw
  readonly seen: number; // its time
  readonly silence: bigint; // seconds without a good price so far
  readonly sum: bigint; // price·seconds up to `seen`
}

/** What the derivatives of a factor are charged, and how much of them may be open. */
export interface MarketParams {
  readonly listed: boolean;
  readonly basis: BasisRates;
  readonly fundingCap: bigint; // premium that funding is paid on, at most
  readonly tolerance: bigint; // how far off its mark a fill may be, and what a day's losses cut payouts by
  readonly low: bigint; // open interest at which g starts to grow, units
  readonly high: bigint; // at which it has doubled the shock
  readonly cap: bigint; // at which no fill may add to it
  readonly onePercent: bigint; // what moves its price by 1 % if sold at once; zero for no throttle
}

/** How far an expiry is. */
export const Stage = { Unlisted: 0, Trading: 1, Settling: 2, Settled: 3 } as const;
export type Stage = (typeof Stage)[keyof typeof Stage];

/** One expiry of a factor. */
export interface ExpiryState {
  readonly surface: Surface;
  readonly basis: bigint; // annual
  readonly posted: number; // time of the post
  readonly stage: Stage;
  readonly windowStart: number;
  readonly settlement: bigint; // USD, final
  readonly startSum: bigint; // price·seconds when the window began
  readonly startSilence: bigint; // and seconds without a good price
}

export interface FactorParams {
  readonly shockFloor: bigint; // sMin of MM
  readonly volatilityFloor: bigint; // σfloor
  readonly volatilityStress: bigint; // σstress
  readonly correlation: bigint; // ρ
  readonly exit: Pair; // exit haircut
  readonly alt: boolean;
  readonly dailyVolume: bigint; // ADV, USD; zero for no size charge
}

/** A factor's estimates, as stored at its last round. */
export interface Estimate extends Volatility {
  readonly time: number; // of the last round that moved them; zero for a factor not listed
  readonly crowded: boolean; // does open interest shock it harder
  readonly cut: boolean; // did a loss ever cut payouts of its instruments
  readonly round: bigint; // the last round processed
}

/** A round that no one has observed yet. Chainlink's ids need 80 bits. */
export interface PendingRound {
  readonly id: bigint;
  readonly price: bigint; // zero for nonsense
  readonly updated: number;
  readonly skipped: boolean; // were there rounds before it that no one told?
}

/** A listed token. */
export interface Asset {
  readonly token: Address;
  readonly decimals: number;
  readonly frozen: boolean; // blocks deposits, never withdrawals
  readonly cap: bigint; // of all deposits; for cash, of all that is lent
  readonly total: bigint; // held in the vault for accounts; unused for cash
  readonly charge: Pair; // LST charge, or charge on a long stable
  readonly chargeBefore: Pair; // when it was last changed
  readonly chargeChanged: number; // zero for never
  readonly rate: Rate; // zeros for a factor's underlying
  readonly exit: Exit;
}

/** The last sound rate of what follows an underlying, or price of a stable, and what moves it. */
export interface Rate extends SoundRate {
  readonly heardAt: number; // time of the last sound round noted
  readonly grown: number; // time of the round at which R was last the highest ever
  readonly namedAt: number;
}

/** A price as its last round told it, and how it ages since; or as read at the snapshot's block. */
export interface Feed {
  readonly price: Price;
  readonly ageing: Ageing | null; // null if the oracle does not say: the price stands as read
}

export interface Ageing {
  readonly aggregator: Address;
  readonly heartbeat: number; // seconds
  readonly deviation: bigint; // the feed's threshold, share of price
  readonly volatility: bigint; // by which the band grows past the heartbeat, annual
  readonly decimals: number; // of the feed
}

/** Where an account stands. Called: the fuse burns. Auction: slices are for sale. */
export const Phase = { Clear: 0, Called: 1, Auction: 2 } as const;
export type Phase = (typeof Phase)[keyof typeof Phase];

/** One collateral balance. */
export interface Holding {
  readonly asset: AssetId;
  readonly amount: bigint;
}

/** An account as stored. */
export interface Account {
  readonly principal: bigint; // of cash: positive lends, negative borrows
  readonly phase: Phase;
  readonly tier: number; // index of its grace tier
  readonly fuse: bigint; // 1e18 is burnt through
  readonly poked: number; // time of the last poke
  readonly holdings: readonly Holding[]; // in slot order
  readonly positions: readonly Position[]; // in slot order
  readonly gains: Gains;
  readonly counter: bigint; // orders below are cancelled
  readonly call: CallState;
  readonly finder: Address; // who opened its last call, in lower case
  readonly warned: boolean; // since it fell under the warning
  readonly heaviest: number; // its heaviest factor when its auction opened
  readonly scarce: bigint; // and that factor's scarce seconds until then, a wad
  readonly parts: readonly Part[]; // of what it is seen to lack
  readonly sponsorship: Sponsorship;
}

/** Who may top an account up for a fee, and what it owes for that. */
export interface Sponsorship {
  readonly sponsor: Address; // in lower case; zero for none
  readonly fee: bigint; // share of a top-up
  readonly owed: bigint; // cash
}

/** One derivative held. */
export interface Position {
  readonly instrument: InstrumentId;
  readonly size: bigint; // units, signed
  readonly entry: bigint; // index at the last touch, of what accrues
}

/** Settlement gains in one half-hour of the clock and in the one before. */
export interface Gains {
  readonly period: number; // half-hours since 1970
  readonly current: bigint; // cash
  readonly previous: bigint;
}

/** What a margin call remembers between two pokes. Times are zero for "not". */
export interface CallState {
  readonly cover: bigint; // of the insurance fund, fixed at the first poke
  readonly health: bigint; // at the last poke
  readonly certain: boolean; // was it below MM then, whatever prices in doubt are
  readonly longest: number; // Gmax, fixed at the first poke
  readonly opened: number; // the auction
  readonly lowSeen: number; // first seen at or under the floor
  readonly brokeSeen: number; // first seen below zero
  readonly low: number; // confirmed
  readonly thinSeen: number; // first seen too thin to pay its bidders
  readonly backed: number; // confirmed
  readonly sold: number; // the last bid
  readonly unbookedLoss: bigint; // what it is below zero and winners do not bear, cash
}
