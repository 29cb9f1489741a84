import type { Address } from "viem";

import { ReservedAccount } from "../errors/pool.ts";
import { expiryOf, FUND, ownerOf, type AccountId, type InstrumentId } from "../types/Ids.ts";
import { requireAddress, requireWord } from "../types/addresses.ts";
import { MAKER, REDUCE_ONLY, REDUCING, type Order } from "../types/Order.ts";
import { AlreadyPast, NothingOrdered } from "./errors.ts";
import { describeInstrument, within } from "./instrument.ts";

const HOUR = 3_600;
const MAX_INT = 2n ** 255n - 1n;
const MAX_UINT = 2n ** 256n - 1n;
const MAX_SIZE = 2n ** 127n - 1n;
const NO_ONE = BigInt(ownerOf(FUND));

/** The `taker` of an order that may meet any account. */
export const ANYONE: AccountId = FUND;

/** What a trader wants. Wads; prices are cash per unit of the underlying. */
export interface OrderRequest {
  readonly account: AccountId;
  readonly instrument: InstrumentId;
  readonly size: bigint; // units of the underlying; positive buys
  readonly limitPrice: bigint; // the worst accepted: the most a buyer pays, the least a seller gets
  readonly maxFee: bigint; // the most accepted, cash per unit
  readonly now: number; // Unix seconds; the latest block's time serves
  readonly deadline?: number; // Unix seconds, the last that counts; an hour from now, unless said
  readonly salt?: bigint; // random, unless said
  readonly counter?: bigint; // zero: an account that cancelled below 5 needs 5
  readonly signer?: Address; // the owner
  readonly taker?: AccountId; // `ANYONE`
  readonly maker?: boolean; // its price wins, and it waits to be met
  readonly reduceOnly?: boolean; // never grows or turns the position
  readonly reducing?: boolean; // proved by before and after, not by initial margin
}

/**
 * An order, checked, to be signed.
 *
 * ```ts
 * const order = buildOrder({
 *   account: accountId(client.account.address),
 *   instrument: buildInstrument({ factor: 2, kind: "perp" }), // ETH, by params.json
 *   size: parseEther("-2.5"), // sells
 *   limitPrice: parseEther("4000"),
 *   maxFee: parseEther("2"),
 *   now: Number(block.timestamp),
 *   maker: true,
 * });
 * ```
 *
 * @throws BadAddress, BadWord, NothingOrdered, FieldOutOfRange, AlreadyPast, ReservedAccount, and what
 * `describeInstrument` throws of an instrument that is none
 */
export function buildOrder(wish: OrderRequest): Order {
  const { now, deadline = now + HOUR } = wish;
  within("now", now, 0n, MAX_UINT);
  within("deadline", deadline, 0n, MAX_UINT);
  requireWord("account", wish.account);
  const account = lower(wish.account);
  const order: Order = {
    account,
    instrument: wish.instrument,
    size: wish.size,
    limitPrice: wish.limitPrice,
    maxFee: wish.maxFee,
    salt: wish.salt ?? randomSalt(),
    counter: wish.counter ?? 0n,
    deadline: BigInt(deadline),
    signer: wish.signer ?? ownerOf(account),
    taker: lower(wish.taker ?? ANYONE),
    flags: flagsOf(wish),
  };
  requireOrder(order, now);
  return order;
}

/**
 * Throws unless a chain at `now` (Unix seconds) could take this order from someone.
 *
 * @throws what `buildOrder` does
 */
export function requireOrder(order: Order, now: number): void {
  requireNames(order);
  requireTradable(order.account);
  if (lower(order.taker) !== ANYONE) requireTradable(order.taker);
  describeInstrument(order.instrument);
  requireNumbers(order);
  const past = pastOf(order, now);
  if (past !== undefined) throw past;
}

/** What has ended by `now`, Unix seconds: the order's deadline, its instrument, or nothing. */
export function pastOf(order: Order, now: number): AlreadyPast | undefined {
  if (order.deadline < now) return new AlreadyPast("deadline", order.deadline, now);
  const expiry = expiryOf(order.instrument); // zero: a perp has none
  if (expiry === 0 || expiry > now) return undefined;
  return new AlreadyPast("expiry", BigInt(expiry), now);
}

function requireNames({ account, taker, signer }: Order): void {
  requireWord("account", account);
  requireWord("taker", taker);
  requireAddress("signer", signer);
}

function requireNumbers(order: Order): void {
  if (order.size === 0n) throw new NothingOrdered();
  within("size", order.size, -MAX_SIZE, MAX_SIZE);
  within("limitPrice", order.limitPrice, 0n, MAX_INT);
  within("maxFee", order.maxFee, 0n, MAX_INT);
  within("salt", order.salt, 0n, MAX_UINT);
  within("counter", order.counter, 0n, MAX_UINT);
  within("deadline", order.deadline, 0n, MAX_UINT);
  within("signer", BigInt(order.signer), 1n, 2n ** 160n - 1n);
  within("flags", order.flags, 0n, BigInt(MAKER | REDUCE_ONLY | REDUCING));
}

/** Account zero, and any account of address zero, trades with no one. */
function requireTradable(account: AccountId): void {
  if (BigInt(ownerOf(account)) === NO_ONE) throw new ReservedAccount(account);
}

function flagsOf({ maker = false, reduceOnly = false, reducing = false }: OrderRequest): number {
  return (maker ? MAKER : 0) | (reduceOnly ? REDUCE_ONLY : 0) | (reducing ? REDUCING : 0);
}

function randomSalt(): bigint {
  return crypto.getRandomValues(new BigUint64Array(4)).reduce((salt, word) => (salt << 64n) | word);
}

function lower(account: AccountId): AccountId {
  return account.toLowerCase() as AccountId;
}
