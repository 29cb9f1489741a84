import type { Address } from "viem";

import { AmountZero, AssetFrozen, CapExceeded, MoreThanHeld, NotHeld } from "../errors/pool.ts";
import { NoDestination, NothingOwed, PriceNotOk, TransferToSelf } from "../errors/pool.ts";
import { max, min, mulDown } from "../math/WadMath.ts";
import { Phase, type Snapshot } from "../snapshot/Snapshot.ts";
import {
  type AccountId,
  type AssetId,
  assetId,
  CASH,
  factorOf,
  isStable,
  isUnderlying,
  ownerOf,
} from "../types/Ids.ts";
import { Status } from "../types/Price.ts";
import { accountOf, add, amountOf, remove } from "./accounts.ts";
import { cashListed, type Listed, listedAt, unitOf, wadsOf, withTotal } from "./assets.ts";
import { type Act, isAuthorized, Scope } from "./authority.ts";
import { borrowed, takeCash } from "./borrow.ts";
import { cashOf, lent, principalOf } from "./cash.ts";
import { accrue, change, type LossShare, lossShare, reprice, withCash } from "./ledger.ts";
import { enter } from "./estimates.ts";
import { come, leave } from "./locks.ts";
import { observeRate } from "./rates.ts";
import { accountHealthOf } from "./margin.ts";
import { dueOf, settleIfHeld } from "./positions.ts";
import { priceAt } from "../snapshot/price.ts";
import { earn, isToppingUp } from "./sponsors.ts";

// Tokens in, tokens out, and between accounts, in token units. Twin of contracts/logic/Custody.sol.
// What a token itself refuses, or keeps on its way, is not known here: what is sent arrives.

const MOST_TOPPED_UP = 1_250_000_000_000_000_000n; // health up to which no cap stops a top-up
const KNOWN = 3_600; // seconds: how old a price may be that is not Ok, for what comes in

/** An amount of a token for an account. */
export interface TokenAmount {
  readonly account: AccountId;
  readonly token: Address;
  readonly amount: bigint; // token units
}

/** @throws UnknownAsset, AssetFrozen, AmountZero, NotHeld, PriceNotOk, AmountTooLarge, CapExceeded, TooMany… */
export function deposit(s: Snapshot, { account, token, amount }: TokenAmount, act: Act): Snapshot {
  const asset = listedAt(s, token);
  if (asset.frozen) throw new AssetFrozen(token);
  if (amount <= 0n) throw new AmountZero();
  requireReached(s, account);
  requireWelcome(s, account, asset, { ...act, token });
  const known = requireKnown(s, account, asset.id, act.timestamp);
  const wads = wadsOf(asset, token, amount);
  const counted = come(known, { ...asset, token }, { wads, held: heldOf(s, asset) }, act.timestamp);
  const next = put(counted, account, { ...asset, token, wads }, act.timestamp);
  return isToppingUp(s, account, act.caller) ? earn(known, next, account, act.timestamp) : next;
}

/** @throws UnknownAsset, AmountZero, AmountTooLarge, ExitLimited, MoreThanHeld, and what borrowing throws */
export function withdraw(
  s: Snapshot,
  { account, token, amount }: TokenAmount,
  timestamp: number,
): Snapshot {
  const asset = listedAt(s, token);
  if (amount <= 0n) throw new AmountZero();
  const wads = wadsOf(asset, token, amount);
  const settled = settleIfHeld(enter(s, account, timestamp), account, timestamp);
  const paid = leave(settled, { ...asset, token }, { wads, held: heldOf(s, asset) }, timestamp);
  if (asset.id === CASH) return takeCash(paid, account, wads, timestamp);
  const left = removed(paid, account, { ...asset, token }, amount);
  return withTotal(left, asset.id, asset.total - wads);
}

/** What moves between two accounts. */
export interface Move {
  readonly from: AccountId;
  readonly to: AccountId;
  readonly token: Address;
  readonly amount: bigint; // token units
}

/** @throws AmountZero, TransferToSelf, UnknownAsset, NotHeld, PriceNotOk, MoreThanHeld, … */
export function transfer(s: Snapshot, { from, to, token, amount }: Move, act: Act): Snapshot {
  if (amount <= 0n) throw new AmountZero();
  if (from === to) throw new TransferToSelf(from);
  requireReached(s, to);
  const asset = listedAt(s, token);
  requireWelcome(s, to, asset, { ...act, token });
  const known = requireKnown(s, to, asset.id, act.timestamp);
  const paid = settleIfHeld(enter(known, from, act.timestamp), from, act.timestamp);
  if (asset.id === CASH) {
    return moveCash(paid, from, to, wadsOf(asset, token, amount), act.timestamp);
  }
  const left = removed(paid, from, { ...asset, token }, amount);
  return add(left, to, asset.id, amount * unitOf(asset));
}

/** The state after a repayment, and what was repaid in token units. */
export interface Repayment {
  readonly state: Snapshot;
  readonly repaid: bigint;
}

/** Repays up to `amount` of a debt. @throws UnknownAsset, NothingOwed, AmountZero */
export function repay(
  s: Snapshot,
  account: AccountId,
  amount: bigint,
  timestamp: number,
): Repayment {
  const listed = cashListed(s);
  const unit = unitOf(listed);
  const accrued = accrue(s, timestamp);
  const cash = cashOf(accrued, account, timestamp);
  if (cash >= 0n) throw new NothingOwed(account);
  const repaid = min(amount, (-cash + unit - 1n) / unit);
  if (repaid <= 0n) throw new AmountZero();
  const flow = { wads: repaid * unit, held: heldOf(s, listed) };
  const counted = come(accrued, listed, flow, timestamp);
  return { state: credit(counted, account, repaid * unit), repaid };
}

/** What is about to be paid of another's debt, and which fraction of the debt is about to be taken over. */
export interface Leaving {
  readonly debtor: AccountId;
  readonly paid: bigint;
  readonly fraction: bigint;
}

/** What pays another's debt leaves lenders as if it were withdrawn, and a share behind. @throws NotEnoughIdle */
export function chargeWithdrawerLoss(
  s: Snapshot,
  payer: AccountId,
  { debtor, paid, fraction }: Leaving,
  timestamp: number,
): LossShare {
  const debt = max(0n, -cashOf(s, debtor, timestamp) - dueOf(s, debtor, timestamp));
  const repaid = min(debt, paid + mulDown(fraction, debt));
  const { state, share } = lossShare(s, payer, repaid);
  return { state: change(state, payer, -share), share };
}

type Arrived = Listed & { readonly wads: bigint };

function put(s: Snapshot, account: AccountId, asset: Arrived, timestamp: number): Snapshot {
  if (asset.id === CASH) return depositCash(s, account, asset, timestamp);
  const total = asset.total + asset.wads;
  const next = add(withTotal(s, asset.id, total), account, asset.id, asset.wads);
  if (total > asset.cap) requireTopUp(next, account, { ...asset, total }, timestamp);
  return next;
}

function depositCash(
  s: Snapshot,
  account: AccountId,
  { wads, ...asset }: Arrived,
  timestamp: number,
): Snapshot {
  const next = credit(accrue(s, timestamp), account, wads);
  const total = lent(next.cash);
  const lends = principalOf(next, account) > 0n;
  if (lends && total > asset.cap) requireTopUp(next, account, { ...asset, total }, timestamp);
  return next;
}

/**
 * Over its cap goes what an account in call is topped up with, in cash or a major, up to a health.
 *
 * @throws CapExceeded
 */
function requireTopUp(s: Snapshot, account: AccountId, asset: Listed, timestamp: number): void {
  const tops = accountOf(s, account).phase !== Phase.Clear && isMajor(s, asset.id);
  if (tops && accountHealthOf(s, account, timestamp).health <= MOST_TOPPED_UP) return;
  throw new CapExceeded(asset.token, asset.cap, asset.total);
}

/** Cash, or the underlying of a factor that is no alt. */
function isMajor(s: Snapshot, asset: AssetId): boolean {
  if (isStable(asset)) return asset === CASH;
  return isUnderlying(asset) && !s.factors[factorOf(asset)]!.params.alt;
}

function credit(s: Snapshot, account: AccountId, wads: bigint): Snapshot {
  return reprice(change(withCash(s, { booked: s.cash.booked + wads }), account, wads));
}

function moveCash(
  s: Snapshot,
  from: AccountId,
  to: AccountId,
  wads: bigint,
  timestamp: number,
): Snapshot {
  const { state, share } = lossShare(accrue(s, timestamp), from, wads);
  const moved = change(change(state, from, -wads - share), to, wads);
  return reprice(borrowed(moved, from, 0n, timestamp));
}

/** Neither the clearinghouse nor its vault can ever send on what it is given. @throws NoDestination */
function requireReached({ pool, vault }: Snapshot, account: AccountId): void {
  const owner = ownerOf(account).toLowerCase();
  const lost = [pool, vault].find((one) => one.toLowerCase() === owner);
  if (lost !== undefined) throw new NoDestination(lost);
}

/** What the pool holds of a token, by the books. */
function heldOf(s: Snapshot, asset: Listed): bigint {
  return asset.id === CASH ? s.cash.booked : asset.total;
}

function removed(s: Snapshot, account: AccountId, asset: Listed, amount: bigint): Snapshot {
  const held = amountOf(accountOf(s, account), asset.id) / unitOf(asset);
  if (amount > held) throw new MoreThanHeld(account, asset.token, held, amount);
  return remove(s, account, asset.id, amount * unitOf(asset));
}

/** A stranger may add cash, or to what is already held: no one can fill another's slots. */
function requireWelcome(
  s: Snapshot,
  account: AccountId,
  { id }: Listed,
  { caller, token, timestamp }: Act & { readonly token: Address },
): void {
  if (id === CASH || isAuthorized(account, caller, Scope.Deposit, timestamp)) return;
  if (amountOf(accountOf(s, account), id) > 0n) return;
  throw new NotHeld(account, token, caller.address);
}

/**
 * Margin calls count what is held at the last price known, however old: so nothing comes in at one that is old.
 * Of an account in no call a round processed within the hour says enough. What a rate says is noted.
 *
 * @throws PriceNotOk
 */
function requireKnown(
  s: Snapshot,
  account: AccountId,
  asset: AssetId,
  timestamp: number,
): Snapshot {
  if (asset === CASH) return s;
  if (isStable(asset)) return requireRate(s, asset, timestamp);
  const factor = factorOf(asset);
  const recent = timestamp <= s.factors[factor]!.estimate.time + KNOWN;
  const clear = accountOf(s, account).phase === Phase.Clear;
  if (!recent || !clear) requirePrice(s, assetId(factor, 0), timestamp);
  return isUnderlying(asset) ? s : requireRate(s, asset, timestamp);
}

function requireRate(s: Snapshot, asset: AssetId, timestamp: number): Snapshot {
  requirePrice(s, asset, timestamp);
  return observeRate(s, asset, timestamp);
}

/**
 * Are the prices of a token, and of cash that may be repaid for it, good? What counts for less than it is
 * worth, or for nothing, would leave a batch sent as reducing without a trace in its measure.
 *
 * @throws UnknownAsset, PriceNotOk
 */
export function requireGood(s: Snapshot, token: Address, timestamp: number): void {
  const { id } = listedAt(s, token);
  requireOk(s, CASH, timestamp);
  if (!isStable(id)) requireOk(s, assetId(factorOf(id), 0), timestamp);
  if (!isUnderlying(id)) requireOk(s, id, timestamp);
}

function requireOk(s: Snapshot, asset: AssetId, timestamp: number): void {
  const { price, updated, status } = priceAt(s, asset, timestamp);
  if (status !== Status.Ok) throw new PriceNotOk(asset, price, BigInt(updated), status);
}

function requirePrice(s: Snapshot, asset: AssetId, timestamp: number): void {
  const { price, updated, status } = priceAt(s, asset, timestamp);
  const recent = timestamp <= updated + KNOWN;
  if (price > 0n && (status === Status.Ok || recent)) return;
  throw new PriceNotOk(asset, price, BigInt(updated), status);
}
