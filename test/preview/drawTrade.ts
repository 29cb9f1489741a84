import type { Hex, WalletClient } from "viem";

import type { BallastError } from "../../sdk/errors/index.ts";
import { hashOrder, orderDomain, signOrder, type SignedOrder } from "../../sdk/orders/index.ts";
import type { Change } from "../../sdk/preview/Change.ts";
import type { Snapshot } from "../../sdk/snapshot/Snapshot.ts";
import { attempt } from "../../sdk/logic/attempt.ts";
import { quoteOf } from "../../sdk/logic/quotes.ts";
import { expiryOf, FUND, type InstrumentId, ownerOf } from "../../sdk/types/Ids.ts";
import { type Fill, MAKER, type Order, REDUCE_ONLY, REDUCING } from "../../sdk/types/Order.ts";
import type { InstrumentQuote } from "../../sdk/types/Price.ts";
import type { Random } from "../../sdk/sim/random.ts";
import type { TradingMarket } from "./openTrading.ts";

const WAD = 10n ** 18n;

/** What a draw of trades looks at. */
export interface Stage {
  readonly market: TradingMarket;
  readonly random: Random;
  readonly snapshot: Snapshot;
  readonly timestamp: number;
  readonly made: Made[]; // orders that were signed before
}

/** A signed order, and its hash. */
export interface Made extends SignedOrder {
  readonly hash: Hex;
}

let salt = 0n;

function chance(random: Random, share: number): boolean {
  return random.uniform() < share;
}

/** One or two fills, mostly such as may be. */
export async function drawSettle(stage: Stage): Promise<Change> {
  const { random } = stage;
  const fills: Fill[] = [];
  const count = chance(random, 0.2) ? 2 : 1;
  while (fills.length < count) fills.push(await drawFill(stage));
  const forged = stage.made.filter((made) => made.signature.endsWith("00")).map(({ hash }) => hash);
  const strangers = fills
    .flatMap(({ maker, taker }) => [maker, taker])
    .filter(({ signer, account }) => signer.toLowerCase() !== ownerOf(account));
  const operators = strangers.map(({ account, signer }) => ({
    ...{ account, address: signer, lossLimit: 0n },
  }));
  const trust = { forged, operators };
  return { verb: "settle", fills, atomic: chance(random, 0.7), trust };
}

/** Orders that were signed before, or a counter. */
export function drawCancel({ random, made, snapshot, market }: Stage): Change {
  if (made.length === 0 || chance(random, 0.5)) {
    const account = random.pick(market.owned);
    const counter = snapshot.accounts[account]!.counter + BigInt(random.integer(3));
    return { verb: "cancelBelow", account, counter };
  }
  const order = random.pick(made).order;
  return { verb: "cancel", orders: [order] };
}

async function drawFill(stage: Stage): Promise<Fill> {
  const { random, made } = stage;
  const again = made.length > 1 && chance(random, 0.15);
  const maker = again ? random.pick(made) : await sign(stage, drawOrder(stage, undefined));
  const taker = await sign(stage, drawOrder(stage, maker.order));
  const least = [maker.order.size, taker.order.size].map(abs).reduce((a, b) => (a < b ? a : b));
  const size = chance(random, 0.3) ? (least * BigInt(1 + random.integer(99))) / 100n : least;
  return {
    maker: maker.order,
    taker: taker.order,
    makerSignature: maker.signature,
    takerSignature: taker.signature,
    size: chance(random, 0.01) ? size * 2n : size,
  };
}

function abs(size: bigint): bigint {
  return size < 0n ? -size : size;
}

/** A maker's order, or one that meets it. */
function drawOrder(stage: Stage, maker: Order | undefined): Order {
  const { random, market, snapshot, timestamp } = stage;
  const account = random.pick(market.owned);
  const instrument = drawInstrument(stage, maker);
  const found = attempt(() => quoteOf(snapshot, instrument, timestamp));
  const held = snapshot.accounts[account]!.positions.find((p) => p.instrument === instrument);
  const size = drawSize(random, found, maker, held?.size);
  const { counter } = snapshot.accounts[account]!;
  return {
    account,
    instrument,
    size,
    limitPrice: maker?.limitPrice ?? drawPrice(random, found),
    maxFee: chance(random, 0.02) ? 1n : 10n ** 24n,
    salt: ++salt,
    counter: chance(random, 0.01) ? 0n : counter,
    deadline: BigInt(timestamp + (chance(random, 0.01) ? -1 : random.integer(9_000))),
    signer: chance(random, 0.01) ? market.dave.account.address : ownerOf(account),
    taker: chance(random, 0.01) ? random.pick(market.owned) : FUND,
    flags: drawFlags(random, maker === undefined),
  };
}

function drawFlags(random: Random, maker: boolean): number {
  const role = maker !== chance(random, 0.01) ? MAKER : 0;
  const plain = Array.from({ length: 9 }, () => 0);
  return role | random.pick([...plain, REDUCE_ONLY, REDUCING, REDUCE_ONLY | REDUCING]);
}

function drawInstrument(
  { random, market, snapshot, timestamp }: Stage,
  maker?: Order,
): InstrumentId {
  if (maker !== undefined && !chance(random, 0.01)) return maker.instrument;
  const held = market.owned.flatMap((id) => snapshot.accounts[id]!.positions);
  if (held.length > 0 && chance(random, 0.4)) return random.pick(held).instrument;
  const alive = market.instruments.filter((id) => expiryOf(id) === 0 || expiryOf(id) > timestamp);
  return random.pick(chance(random, 0.01) ? market.instruments : alive);
}

type Found = InstrumentQuote | BallastError;

/** The mark, about it, or the edge of the band and a wei beyond. */
function drawPrice(random: Random, found: Found): bigint {
  if (found instanceof Error) return WAD;
  const { mark, low, high } = found;
  const width = high - low;
  const inside = low + (width * BigInt(random.integer(1_000))) / 1_000n;
  return random.pick([
    ...Array<bigint>(8).fill(mark),
    ...Array<bigint>(8).fill(inside),
    low,
    high,
    low - 1n,
    high + 1n,
  ]);
}

function drawSize(random: Random, found: Found, maker?: Order, held?: bigint): bigint {
  if (held !== undefined && maker === undefined && chance(random, 0.5)) return -held;
  const spot = found instanceof Error ? WAD : found.spot;
  const dollars = BigInt(Math.ceil(10 ** (1 + random.uniform() * 4.3)));
  const size = (dollars * WAD * WAD) / spot + 1n;
  if (maker === undefined) return chance(random, 0.5) ? size : -size;
  const whole = chance(random, 0.5) ? abs(maker.size) : size;
  const opposite = maker.size > 0n ? -whole : whole;
  return chance(random, 0.01) ? -opposite : opposite;
}

async function sign({ market, made, random, snapshot }: Stage, order: Order): Promise<Made> {
  const hash = hashOrder(order, orderDomain(market.pool, snapshot.chainId));
  const good = await signAs(market, snapshot, order);
  const signature: Hex = chance(random, 0.01) ? (`${good.slice(0, -2)}00` as Hex) : good;
  const one = { order, signature, hash };
  made.push(one);
  return one;
}

/** The signature of the actor whom an order names. */
export async function signAs(market: TradingMarket, s: Snapshot, order: Order): Promise<Hex> {
  const actors = [market.admin, ...market.actors];
  const is = ({ account }: (typeof actors)[number]) =>
    account.address.toLowerCase() === order.signer.toLowerCase();
  const actor = actors.find(is) as unknown as WalletClient as never;
  const { signature } = await signOrder(actor, order, orderDomain(market.pool, s.chainId));
  return signature;
}
