import type { Address } from "viem";

import { InCall, UnknownTier } from "../errors/pool.ts";
import { WAD } from "../math/WadMath.ts";
import { Phase, type Snapshot } from "../snapshot/Snapshot.ts";
import { type AccountId } from "../types/Ids.ts";
import type { Offer } from "../types/Offer.ts";
import type { Fill, Order } from "../types/Order.ts";
import { accountOf, withAccount } from "./accounts.ts";
import { type Act, authorize, requireOwned, Scope } from "./authority.ts";
import { type Sale, sell } from "./bid.ts";
import { callingOf, openTo, requireOpenFill, shut, withOwed } from "./calling.ts";
import * as Custody from "./custody.ts";
import type { Move, TokenAmount, Repayment } from "./custody.ts";
import { observe as walk, settleTerms, type Walk } from "./estimates.ts";
import { payObserver } from "./keeperRewards.ts";
import { multiplierAt } from "./effectiveParams.ts";
import * as Ledger from "./ledger.ts";
import { type Leaving, requireCapacity, requireInitial } from "./margin.ts";
import { requireOpenPool } from "./locks.ts";
import * as Orders from "./orders.ts";
import type { Settling } from "./orders.ts";
import * as Poke from "./poke.ts";
import { settlePositions } from "./positions.ts";
import * as Settlement from "./settlement.ts";
import type { Filled } from "./settlement.ts";
import * as Sponsors from "./sponsors.ts";
import { touch } from "./sponsors.ts";
import * as TakeOver from "./takeOver.ts";

// The clearinghouse, verb by verb: who may, what happens, proof of health. Twin of contracts/Clearinghouse.sol.
// Each takes a state and gives the next; what the chain would refuse is thrown as the error the revert
// decodes to, with the same numbers.

export { observeRate } from "./rates.ts";

/** How a verb ends: at once, or with the rest of its batch. */
export type Prove = (
  s: Snapshot,
  account: AccountId,
  timestamp: number,
  leaving: Leaving,
) => Snapshot;

/** Proves IM at once. @throws MarginTooLow, EstimateBehind */
export const proveNow: Prove = requireInitial;

/** Leaves the proof to the end of the batch, or of the bid. */
export const proveLater: Prove = (s, _account, _timestamp, leaving) =>
  callingOf(s) === undefined ? s : withOwed(s, leaving === "leaves");

/** Puts a token into an account; cash repays debt first. */
export function deposit(s: Snapshot, parcel: TokenAmount, act: Act): Snapshot {
  const before = touch(s, parcel.account, act.timestamp);
  const next = Custody.deposit(before, parcel, act);
  return touch(next, parcel.account, act.timestamp);
}

/** Before a token leaves: out of a batch sent as reducing only at good prices. @throws PriceNotOk */
function touchBefore(s: Snapshot, id: AccountId, token: Address, timestamp: number): Snapshot {
  if (!Poke.isReducing(s, id)) return touch(s, id, timestamp);
  Custody.requireGood(s, token, timestamp);
  return s;
}

/** Takes a token out; cash one does not have is borrowed. Needs IM. */
export function withdraw(s: Snapshot, parcel: TokenAmount, act: Act, prove = proveNow): Snapshot {
  authorize(parcel.account, act.caller, Scope.Withdraw, act.timestamp);
  const before = touchBefore(s, parcel.account, parcel.token, act.timestamp);
  const next = Custody.withdraw(before, parcel, act.timestamp);
  return proven(next, parcel.account, act, { prove, leaving: "leaves" });
}

/** Moves a token between accounts of the pool. The sender needs IM. */
export function transfer(s: Snapshot, move: Move, act: Act, prove = proveNow): Snapshot {
  authorize(move.from, act.caller, Scope.Transfer, act.timestamp);
  const one = touchBefore(s, move.from, move.token, act.timestamp);
  const both = touch(one, move.to, act.timestamp);
  const next = touch(Custody.transfer(both, move, act), move.to, act.timestamp);
  return proven(next, move.from, act, { prove, leaving: "leaves" });
}

/** Repays up to `amount` token units of an account's debt; anyone may. */
export function repay(
  s: Snapshot,
  { account, amount }: Omit<TokenAmount, "token">,
  timestamp: number,
): Repayment {
  const before = touch(s, account, timestamp);
  const { state, repaid } = Custody.repay(before, account, amount, timestamp);
  return { state: touch(state, account, timestamp), repaid };
}

/** Chooses a grace tier. Needs IM under it; closed during a call. */
export function setGrace(
  s: Snapshot,
  { account, tier }: { readonly account: AccountId; readonly tier: number },
  act: Act,
  prove = proveNow,
): Snapshot {
  authorize(account, act.caller, Scope.Owner, act.timestamp);
  const before = touch(s, account, act.timestamp);
  const next = withTier(before, { account, tier }, act.timestamp);
  return proven(next, account, act, { prove, leaving: "stays" });
}

/** Names who may top an account up for a fee. Closed during a call. */
export function setSponsor(s: Snapshot, choice: Sponsors.Choice, act: Act): Snapshot {
  authorize(choice.account, act.caller, Scope.Owner, act.timestamp);
  return Sponsors.set(touch(s, choice.account, act.timestamp), choice);
}

/** What a bidder does when it is called. */
export type CallBidder = (s: Snapshot) => Snapshot;

/** Calls no one. */
export const noCall: CallBidder = (s) => s;

/**
 * Buys a slice of an account in auction. The receiver needs IM at σused; if it traded while its bidder was
 * called, the IM of what trades, and if anything left it, of what leaves.
 */
export function bid(s: Snapshot, offer: Offer, act: Act, callBidder = noCall): Sale {
  const { receiver } = offer;
  const { timestamp } = act;
  authorize(receiver, act.caller, Scope.Liquidate, timestamp);
  const sale = sell(touch(s, receiver, timestamp), offer, timestamp, act.caller);
  const open = openTo(Sponsors.forfeit(sale.state, offer.account, sale.slice.fraction), offer);
  const { owes, left, ...state } = shut(callBidder(open));
  if (!owes) requireCapacity(state, receiver, timestamp);
  const proof = owes
    ? requireInitial(state, receiver, timestamp, left ? "leaves" : "stays")
    : state;
  const paid = touch(proof, receiver, timestamp);
  if (left) Sponsors.requirePaid(paid, receiver);
  return { state: paid, slice: sale.slice };
}

/** Opens or continues a margin call, or warns of one. */
export function call(s: Snapshot, account: AccountId, act: Act): Snapshot {
  requireOwned(account);
  return Sponsors.pay(Poke.call(s, account, act).state, account, act.timestamp);
}

/** Moves a book no one bid for to an account of the house. */
export function takeOver(
  s: Snapshot,
  inheritance: TakeOver.Inheritance,
  timestamp: number,
): Snapshot {
  requireOwned(inheritance.account);
  return Sponsors.forfeit(TakeOver.takeOver(s, inheritance, timestamp), inheritance.account, WAD);
}

/** Fills a pair of signed orders, or refuses it whole. Each side needs IM, or is no worse. */
export function settle(s: Snapshot, fill: Fill, settling: Settling): Filled {
  const { timestamp } = settling;
  if (callingOf(s) !== undefined) requireOpenFill(s, fill);
  const accounts = [fill.maker.account, fill.taker.account];
  const poked = (state: Snapshot) =>
    accounts.reduce((next, id) => Poke.pokeIfCalled(next, id, timestamp), state);
  const filled = Settlement.fill(poked(s), fill, settling);
  return { ...filled, state: poked(filled.state) };
}

/** Makes orders unfillable. */
export function cancel(s: Snapshot, orders: readonly Order[], act: Act): Snapshot {
  return Orders.cancel(s, orders, act);
}

/** Makes every order of an account with a counter below `counter` unfillable. */
export function cancelBelow(
  s: Snapshot,
  { account, counter }: { readonly account: AccountId; readonly counter: bigint },
  act: Act,
): Snapshot {
  authorize(account, act.caller, Scope.Trade, act.timestamp);
  return Orders.cancelBelow(s, account, counter);
}

/** Fixes the settlement price of what has expired of a factor. */
export function settleExpiries(s: Snapshot, factor: number, timestamp: number): Snapshot {
  return settleTerms(s, factor, timestamp);
}

/** Processes up to `maxRounds` rounds of a factor, for a fee for each that counts. */
export function observe(
  s: Snapshot,
  { factor, maxRounds }: { readonly factor: number; readonly maxRounds: number },
  { caller, timestamp }: Act,
): Walk {
  const { state, ...walked } = walk(s, factor, maxRounds, timestamp);
  const paid = payObserver(state, caller.address, BigInt(walked.counted), timestamp);
  return { state: paid, ...walked };
}

/**
 * Pays what an account's positions have earned, and closes those that have settled; and what it can of a fee
 * that it owes its sponsor. Of an account that cannot pay the loss is seen first, as a call would.
 */
export function settleExpired(s: Snapshot, account: AccountId, act: Act): Snapshot {
  const { timestamp } = act;
  const seen = Poke.isRuined(s, account, timestamp)
    ? Sponsors.pay(Poke.call(s, account, act).state, account, timestamp)
    : s;
  const before = touch(seen, account, timestamp);
  return touch(settlePositions(before, account, timestamp), account, timestamp);
}

/** Brings interest up to now. */
export function accrue(s: Snapshot, timestamp: number): Snapshot {
  return Ledger.reprice(Ledger.accrue(s, timestamp));
}

interface Proving {
  readonly prove: Prove;
  readonly leaving: Leaving;
}

function proven(
  s: Snapshot,
  account: AccountId,
  { timestamp }: Act,
  { prove, leaving }: Proving,
): Snapshot {
  const next = touch(prove(s, account, timestamp, leaving), account, timestamp);
  if (leaving === "leaves" && prove !== proveLater) Sponsors.requirePaid(next, account);
  return next;
}

/** Closed during a call: a call is answered under the tier it was opened in. */
function withTier(
  s: Snapshot,
  { account, tier }: { readonly account: AccountId; readonly tier: number },
  timestamp: number,
): Snapshot {
  const { phase, tier: before } = accountOf(s, account);
  if (tier >= s.tiers.length) throw new UnknownTier(BigInt(tier), BigInt(s.tiers.length));
  if (phase !== Phase.Clear) throw new InCall(account, phase);
  const [from, to] = [before, tier].map((one) => multiplierAt(s.tiers[one]!, timestamp));
  if (to! < from!) requireOpenPool(s, timestamp);
  return withAccount(s, account, { tier });
}
