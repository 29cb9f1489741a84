import * as Errors from "../errors/pool.ts";
import * as PerpMath from "../math/PerpMath.ts";
import * as TradeMath from "../math/TradeMath.ts";
import { max, MAX_PRICE, min, mulDown } from "../math/WadMath.ts";
import { Phase, type Snapshot } from "../snapshot/Snapshot.ts";
import {
  type AccountId,
  assetId,
  FUND,
  instrumentFactorOf,
  type InstrumentId,
} from "../types/Ids.ts";
import { Kind, kindOf, strikeOf } from "../types/Ids.ts";
import { type Fill, type Order, REDUCE_ONLY, REDUCING } from "../types/Order.ts";
import type { OwnMargin } from "../types/Portfolio.ts";
import { type InstrumentQuote, Status } from "../types/Price.ts";
import { accountOf } from "./accounts.ts";
import { hasUnborne } from "./cash.ts";
import { callingOf, withOwed } from "./calling.ts";
import { chargeWithdrawerLoss } from "./custody.ts";
import { enter, enterFill } from "./estimates.ts";
import { withMarket } from "./factors.ts";
import { marketParamsAt } from "./effectiveParams.ts";
import { accrue, change, type LossShare, reprice } from "./ledger.ts";
import { ownMarginOf, requireInitial, requireReduced } from "./margin.ts";
import { requireOpenPool } from "./locks.ts";
import { changeInterest, interestOf } from "./openInterest.ts";
import { countLoss, requirePair, type Settling, spend } from "./orders.ts";
import { accruePerp } from "./perp.ts";
import { accrued, payoutHaircutOf, find, isOption, put, remember } from "./positions.ts";
import { quoteOf, requireOpen } from "./quotes.ts";
import { requireLooked } from "./withheld.ts";

// Signed orders meet here, and each fill is proved by itself. Twin of the second half of
// contracts/logic/Settlement.sol.

const LOWEST_STRIKE = 100_000_000_000_000_000n; // of spot, to open
const HIGHEST_STRIKE = 10_000_000_000_000_000_000n;

/** What both sides of a fill share. */
export interface Deal {
  readonly id: InstrumentId;
  readonly factor: number;
  readonly size: bigint; // above zero
  readonly price: bigint;
  readonly quote: InstrumentQuote;
}

/** One side of a fill. */
interface Side {
  readonly account: AccountId;
  readonly size: bigint; // signed
  readonly feeRate: bigint;
  readonly maxFee: bigint;
  readonly flags: number;
  readonly before: OwnMargin | null; // of an order sent as reducing
}

/** What a side leaves behind for losses that wait, cash. */
interface Leaves {
  readonly left: bigint;
}

/** A side that has paid its fee, cash. */
export interface Charged extends Side, Leaves {
  readonly fee: bigint;
}

/** A fill that was done, but for its proofs. */
export interface Traded {
  readonly state: Snapshot;
  readonly deal: Deal;
  readonly fees: bigint; // of both sides, cash
  readonly sides: readonly Charged[]; // the maker's, and the taker's
}

/** A fill that was done. */
export interface Filled {
  readonly state: Snapshot;
  readonly deal: Deal;
  readonly fees: bigint;
}

/** Fills two orders against each other. @throws what the chain would revert with */
export function fill(s: Snapshot, f: Fill, settling: Settling): Filled {
  requirePair(f);
  const maker = spend(s, f.maker, f.size, settling);
  const spent = spend(maker, f.taker, f.size, settling);
  const traded = trade(spent, f, settling.timestamp);
  const counted = { ...traded, state: limitLosses(traded, f, settling) };
  const state = prove(counted, traded.sides, settling.timestamp);
  return { state, deal: traded.deal, fees: traded.fees };
}

/** What windows wait for is walked before anything is priced or measured. @throws EstimateBehind */
function entered(s: Snapshot, { maker, taker }: Fill, timestamp: number): Snapshot {
  const measured = [maker, taker].filter(({ flags }) => (flags & REDUCING) !== 0);
  return measured.reduce(
    (state, { account }) => enter(state, account, timestamp),
    enterFill(s, maker.instrument, timestamp),
  );
}

/** All of a fill but what is left of its orders, and its proofs. */
export function trade(before: Snapshot, f: Fill, timestamp: number): Traded {
  const s = entered(before, f, timestamp);
  const deal = dealOf(s, f, timestamp);
  const perp = kindOf(deal.id) === Kind.Perp;
  const marked = perp ? accruePerp(s, deal.factor, deal.quote.spot, timestamp) : s;
  const { makerFee, takerFee } = s.trade;
  const maker = sideOf(marked, f.maker, f.size, makerFee, timestamp);
  const taker = sideOf(marked, f.taker, f.size, takerFee, timestamp);
  const present = accrue(marked, timestamp);
  const sides = [maker, taker] as const;
  const { state: owing, left } = chargeLeavers(present, deal, sides, timestamp);
  const { state: met, opened } = meet(owing, deal, sides, timestamp);
  const [made, took] = [
    { ...maker, left: left[0] },
    { ...taker, left: left[1] },
  ];
  const first = charge(met, deal, made);
  const second = charge(first.state, deal, took);
  const fees = first.fee + second.fee;
  const shared = share(second.state, fees);
  const moved = perp ? movePremium(shared, deal, { fees, opened, timestamp }) : shared;
  const charged = [
    { ...made, fee: first.fee },
    { ...took, fee: second.fee },
  ];
  return { state: reprice(moved), deal, fees, sides: charged };
}

/** What is traded, at which price, between which bounds. @throws PriceNotOk, PriceOutsideBand, … */
function dealOf(s: Snapshot, { maker, taker, size }: Fill, timestamp: number): Deal {
  const id = maker.instrument;
  const factor = instrumentFactorOf(id);
  const price = maker.limitPrice;
  const quote = quoteOf(s, id, timestamp);
  const { low, high } = quote;
  if ((maker.flags & taker.flags & REDUCING) === 0)
    requireGood(s, { id, factor, quote }, timestamp);
  if (price < low || price > high) throw new Errors.PriceOutsideBand(id, price, low, high);
  return { id, factor, size, price, quote };
}

/** What a fill needs unless it leaves both sides no worse. @throws PoolLocked, UnknownInstrument, SurfaceStale, PriceNotOk */
function requireGood(
  s: Snapshot,
  { id, factor, quote }: Pick<Deal, "id" | "factor" | "quote">,
  timestamp: number,
): void {
  requireOpenPool(s, timestamp);
  requireOpen(s, id, timestamp);
  const { status, spot, updated } = quote;
  if (status === Status.Ok) return;
  throw new Errors.PriceNotOk(assetId(factor, 0), spot, BigInt(updated), status);
}

function sideOf(s: Snapshot, order: Order, size: bigint, feeRate: bigint, timestamp: number): Side {
  const { account, flags } = order;
  const maxFee = min(order.maxFee, MAX_PRICE);
  const side = { account, size: order.size > 0n ? size : -size, feeRate, maxFee, flags };
  if ((flags & REDUCING) !== 0) return { ...side, before: ownMarginOf(s, account, timestamp) };
  const { phase } = accountOf(s, account);
  if (phase !== Phase.Clear) throw new Errors.InCall(account, phase);
  return { ...side, before: null };
}

/** Long units opened by both sides, and the state with open interest after them. */
function meet(s: Snapshot, deal: Deal, sides: readonly Side[], timestamp: number) {
  let state = s;
  let opened = 0n;
  for (const side of sides) {
    opened += openedBy(state, deal, side);
    state = tradeSide(state, deal, side, timestamp);
  }
  const { id, quote } = deal;
  const open = changeInterest(state, id, opened, quote.delta, timestamp);
  if (opened > 0n) requireRoom(open, deal, timestamp);
  return { state: open, opened };
}

/** What both sides leave behind for losses that wait, cash, and the state once they have. */
interface Left {
  readonly state: Snapshot;
  readonly left: readonly [bigint, bigint];
}

/** A premium, or a price off the mark, may pay the other's debt out of lent cash. */
function chargeLeavers(
  s: Snapshot,
  deal: Deal,
  [maker, taker]: readonly [Side, Side],
  timestamp: number,
): Left {
  if (!hasUnborne(s.cash)) return { state: s, left: [0n, 0n] };
  const one = leaveShare(s, deal, [maker, taker], timestamp);
  const other = leaveShare(one.state, deal, [taker, maker], timestamp);
  return { state: other.state, left: [one.share, other.share] };
}

function leaveShare(
  s: Snapshot,
  deal: Deal,
  [{ account, size }, { account: debtor }]: readonly [Side, Side],
  timestamp: number,
): LossShare {
  const paid = TradeMath.costOf(size, priceOf(deal));
  if (paid <= 0n) return { state: s, share: 0n };
  return chargeWithdrawerLoss(s, account, { debtor, paid, fraction: 0n }, timestamp);
}

/** What is paid in cash for a unit. */
function priceOf({ id, price, quote }: Deal): bigint {
  return isOption(id) ? price : price - quote.mark;
}

function heldBy(s: Snapshot, deal: Deal, side: Side): bigint {
  const account = accountOf(s, side.account);
  return account.positions[find(account, deal.id)]?.size ?? 0n;
}

/** @throws WouldGrow */
function openedBy(s: Snapshot, deal: Deal, side: Side): bigint {
  const held = heldBy(s, deal, side);
  if ((side.flags & REDUCE_ONLY) !== 0 && TradeMath.growsPosition(held, side.size)) {
    throw new Errors.WouldGrow(side.account, deal.id, held, side.size);
  }
  return TradeMath.openedBy(held, side.size);
}

/** Moves a position to its new size: what it earned is paid, and what the price is off the mark. */
function tradeSide(s: Snapshot, deal: Deal, side: Side, timestamp: number): Snapshot {
  const { id, price, quote } = deal;
  const account = accountOf(s, side.account);
  const i = find(account, id);
  const before = account.positions[i];
  // What the price is off the mark is a gain in options too: no one may pass theirs on by it.
  const off = -TradeMath.costOf(side.size, price - quote.mark);
  const held = before?.size ?? 0n;
  const due =
    before === undefined ? 0n : accrued(before, quote.index - payoutHaircutOf(s, id, held));
  const earned = off + due;
  const cash = due - TradeMath.costOf(side.size, priceOf(deal));
  const size = held + side.size;
  const entry = quote.index - payoutHaircutOf(s, id, size);
  const moved = put(s, side.account, i, { instrument: id, size, entry });
  const settled = change(moved, side.account, cash);
  return remember(settled, side.account, earned, timestamp);
}

/** Open interest that grows needs an open market, room, and a strike within reach. */
function requireRoom(s: Snapshot, { id, factor, quote }: Deal, timestamp: number): void {
  requireOpen(s, id, timestamp);
  requireLooked(s, id, timestamp);
  const { market, marketParams } = s.factors[factor]!;
  if (market.openInterest > marketParams.cap) {
    const [cap, open] = [marketParams.cap, market.openInterest];
    throw new Errors.OpenInterestCapExceeded(BigInt(factor), cap, open);
  }
  if (!isOption(id)) return;
  const strike = strikeOf(id);
  const [low, high] = [LOWEST_STRIKE, HIGHEST_STRIKE].map((share) => mulDown(share, quote.spot));
  if (strike < low! || strike > high!) {
    throw new Errors.StrikeOutOfReach(id, strike, low!, high!);
  }
}

/** @throws FeeTooHigh */
function charge(s: Snapshot, { id, size, price, quote }: Deal, side: Side & Leaves) {
  const { account, feeRate, maxFee, left } = side;
  const fee = TradeMath.feeOf(size, quote.spot, feeRate, price, isOption(id));
  const most = TradeMath.costOf(size, maxFee);
  if (fee + left > most) throw new Errors.FeeTooHigh(account, fee + left, most);
  return { state: change(s, account, -fee), fee };
}

function share(s: Snapshot, fees: bigint): Snapshot {
  const insured = mulDown(s.trade.insuranceShare, fees);
  return change(change(s, FUND, insured), s.trade.feeRecipient, fees - insured);
}

/** What a fill paid and opened, and when. */
interface Paid {
  readonly fees: bigint;
  readonly opened: bigint;
  readonly timestamp: number;
}

/** The premium follows a fill's price as far as its fees pay for the move of every open position. */
function movePremium(s: Snapshot, deal: Deal, { fees, opened, timestamp }: Paid): Snapshot {
  const factor = s.factors[deal.factor]!;
  const { open } = interestOf(s, deal.id);
  const { spot } = deal.quote;
  const depth = mulDown(max(open, open - opened), spot) + 1n;
  const reach = PerpMath.premiumReach(fees, depth);
  const limit = marketParamsAt(factor, timestamp).basis.perp[0] / 2n;
  const premium = PerpMath.premiumAfterFill(factor.market.premium, deal.price, spot, reach, limit);
  return withMarket(s, deal.factor, { premium });
}

/**
 * What an operator's order costs beyond the mark, its fee and what it leaves behind among it, counts against
 * its limit.
 */
function limitLosses(traded: Traded, { maker, taker }: Fill, settling: Settling): Snapshot {
  const { price, quote } = traded.deal;
  return [maker, taker].reduce((state, order, i) => {
    const { size, fee, left } = traded.sides[i]!;
    return countLoss(state, order, TradeMath.lossOf(size, price, quote.mark, fee + left), settling);
  }, traded.state);
}

/**
 * IM of each side, or, if its order was sent as reducing, that nothing became worse. Whoever reduced is
 * measured before a proof of IM walks rounds, which may move what all need.
 */
export function prove(
  { state, deal }: Pick<Traded, "state" | "deal">,
  sides: readonly Charged[],
  timestamp: number,
): Snapshot {
  for (const { account, before, fee: fees } of sides) {
    if (before !== null) requireReduced(state, account, { before, fees, timestamp });
  }
  const rest = sides.filter(({ before }) => before === null);
  return rest.reduce((s, { account }) => {
    requireGood(s, deal, timestamp);
    if (account === callingOf(s)?.receiver) return withOwed(s, false);
    return requireInitial(s, account, timestamp, "stays");
  }, state);
}
