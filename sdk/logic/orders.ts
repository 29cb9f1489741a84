import type { Hex } from "viem";

import * as Errors from "../errors/pool.ts";
import { abs, bounded, ceilDiv, MAX_AMOUNT } from "../math/WadMath.ts";
import { hashOrder, orderDomain } from "../orders/typedData.ts";
import type { Snapshot } from "../snapshot/Snapshot.ts";
import { MILLIONTH } from "../snapshot/wads.ts";
import { type AccountId, FUND, ownerOf } from "../types/Ids.ts";
import { type Fill, MAKER, type Order } from "../types/Order.ts";
import { accountOf, withAccount } from "./accounts.ts";
import { authorize, type Caller, Scope } from "./authority.ts";

// What is left of signed orders. Twin of the first half of contracts/logic/Settlement.sol.

export const CANCELLED = 2n ** 256n - 1n;

/** What an account allows a signer who is not its owner. */
export interface Operator extends Caller {
  readonly account: AccountId;
  readonly lossLimit: bigint; // a day, cash millionths
  readonly lost?: bigint; // today so far, cash millionths
}

/**
 * What a preview cannot see. Signatures count as good and signers as operators who may trade, unless
 * told otherwise.
 */
export interface Trust {
  readonly forged?: readonly Hex[]; // hashes of orders whose signatures are bad
  readonly operators?: readonly Operator[]; // of whom more is known
}

/** When a fill happens, and what is known of its signatures. */
export interface Settling {
  readonly timestamp: number;
  readonly trust?: Trust;
}

/** An order's name. */
export function hashOf(s: Snapshot, order: Order): Hex {
  return hashOrder(order, orderDomain({ clearinghouse: s.pool }, s.chainId));
}

/** Units of an order that are filled; none of one the snapshot was not asked for. */
export function filledOf(s: Snapshot, hash: Hex): bigint {
  return s.orders[hash] ?? 0n;
}

/** @throws InstrumentsDiffer, NotOneMaker, SameSide, SelfMatch, AmountZero, NotNamed, PriceOutsideLimit */
export function requirePair({ maker: a, taker: b, size }: Fill): void {
  if (a.instrument !== b.instrument) {
    throw new Errors.InstrumentsDiffer(a.instrument, b.instrument);
  }
  if ((a.flags & MAKER) === 0 || (b.flags & MAKER) !== 0) {
    throw new Errors.NotOneMaker(a.flags, b.flags);
  }
  if (a.size > 0n === b.size > 0n) throw new Errors.SameSide(a.size, b.size);
  if (a.account === b.account) throw new Errors.SelfMatch(a.account);
  if (size <= 0n) throw new Errors.AmountZero();
  requireNamed(a, b.account);
  requireNamed(b, a.account);
  const crosses = b.size > 0n ? a.limitPrice <= b.limitPrice : a.limitPrice >= b.limitPrice;
  if (!crosses) throw new Errors.PriceOutsideLimit(b.account, a.limitPrice, b.limitPrice);
}

function requireNamed({ account, taker }: Order, other: AccountId): void {
  if (taker === FUND || taker === other) return;
  throw new Errors.NotNamed(account, taker, other);
}

/**
 * Takes `size` from what is left of an order, once it is sure that its account wished it.
 *
 * @throws ReservedAccount, OrderExpired, CounterTooLow, NotAuthorized, OrderCancelled, Overfilled,
 * BadSignature
 */
export function spend(s: Snapshot, order: Order, size: bigint, settling: Settling): Snapshot {
  const { account, deadline, counter } = order;
  if (BigInt(ownerOf(account)) === 0n) throw new Errors.ReservedAccount(account);
  if (BigInt(settling.timestamp) > deadline) throw new Errors.OrderExpired(account, deadline);
  const least = accountOf(s, account).counter;
  if (counter < least) throw new Errors.CounterTooLow(account, counter, least);
  requireSigner(order, settling);
  const hash = hashOf(s, order);
  const filled = filledOf(s, hash);
  if (filled === CANCELLED) throw new Errors.OrderCancelled(account, hash);
  const left = abs(bounded(order.size, -MAX_AMOUNT, MAX_AMOUNT)) - filled;
  if (size > left) throw new Errors.Overfilled(account, hash, left, size);
  const forged = settling.trust?.forged?.includes(hash) === true;
  if (forged) throw new Errors.BadSignature(account, hash, order.signer);
  return { ...s, orders: { ...s.orders, [hash]: filled + size } };
}

function operatorOf({ account, signer }: Order, trust: Trust | undefined): Operator | undefined {
  const address = signer.toLowerCase();
  return trust?.operators?.find(
    (one) => one.account === account && one.address.toLowerCase() === address,
  );
}

/** The owner signs, or an operator who may trade. */
function requireSigner(order: Order, { trust, timestamp }: Settling): void {
  const { account, signer } = order;
  if (signer.toLowerCase() === ownerOf(account)) return;
  const known = operatorOf(order, trust);
  if (known === undefined && BigInt(signer) !== 0n) return;
  const { scopes = 0, expiry = 0 } = known ?? {};
  const valid = (scopes & Scope.Trade) !== 0 && timestamp < expiry;
  if (valid && BigInt(signer) !== 0n) return;
  throw new Errors.NotAuthorized(account, signer, Scope.Trade, BigInt(expiry));
}

/** Counts what a trade of an operator lost, up to its limit of the day. @throws DailyLossExceeded */
export function countLoss(s: Snapshot, order: Order, loss: bigint, { trust }: Settling): Snapshot {
  const { account, signer } = order;
  const known = operatorOf(order, trust);
  if (known === undefined || signer.toLowerCase() === ownerOf(account) || loss === 0n) return s;
  const name = `${account} ${signer.toLowerCase()}`;
  const lost = (s.losses?.[name] ?? known.lost ?? 0n) + ceilDiv(loss, MILLIONTH);
  const limit = known.lossLimit ?? 0n; // where no compiler asked for it
  if (lost > limit) throw new Errors.DailyLossExceeded(account, signer, limit, lost);
  return { ...s, losses: { ...s.losses, [name]: lost } };
}

/** Makes orders unfillable. @throws ReservedAccount, NotAuthorized */
export function cancel(
  s: Snapshot,
  orders: readonly Order[],
  { caller, timestamp }: { readonly caller: Caller; readonly timestamp: number },
): Snapshot {
  return orders.reduce((state, order) => {
    authorize(order.account, caller, Scope.Trade, timestamp);
    return { ...state, orders: { ...state.orders, [hashOf(s, order)]: CANCELLED } };
  }, s);
}

/** Makes every order of an account below `counter` unfillable. @throws CounterTooLow */
export function cancelBelow(s: Snapshot, account: AccountId, counter: bigint): Snapshot {
  const least = accountOf(s, account).counter;
  if (counter <= least) throw new Errors.CounterTooLow(account, counter, least);
  return withAccount(s, account, { counter });
}
