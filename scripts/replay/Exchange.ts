import { parseEventLogs, type Hash, type LocalAccount } from "viem";

import { clearinghouseAbi } from "../../sdk/generated/clearinghouseAbi.ts";
import { BallastError } from "../../sdk/errors/BallastError.ts";
import { decodeError } from "../../sdk/errors/decodeError.ts";
import { abs, clamp, mulDown } from "../../sdk/math/WadMath.ts";
import { buildOrder, orderDomain, signOrder, type OrderDomain } from "../../sdk/orders/index.ts";
import { createRelay, type FillResult, type Relay } from "../../sdk/relay/index.ts";
import type { Snapshot } from "../../sdk/snapshot/Snapshot.ts";
import { isOption } from "../../sdk/logic/positions.ts";
import { quoteOf } from "../../sdk/logic/quotes.ts";
import { accountId, instrumentFactorOf, type InstrumentId } from "../../sdk/types/Ids.ts";
import type { Fill } from "../../sdk/types/Order.ts";
import type { InstrumentQuote } from "../../sdk/types/Price.ts";
import { verb, type LocalChain } from "./LocalChain.ts";

const DEPTH = 1_000n; // a maker shows so many times what the first taker wants
const SPREAD = 500_000_000_000_000n; // of the mark, either way
const OPTION_SPREAD = 20_000_000_000_000_000n; // of the premium, and a tenth of SPREAD of spot
const MAX_FEE = 2_000_000_000_000_000n; // of spot

/** Where the orders of a replay meet: a relay, and makers who quote whatever is asked for. */
export interface Exchange {
  readonly chain: LocalChain;
  readonly relay: Relay;
  readonly domain: OrderDomain;
  readonly makers: readonly LocalAccount[];
  readonly quotes: Map<string, Hash>; // what makers show now, by instrument and side
  readonly refusals: Map<string, number>; // fills the chain refused, by error
  time: number; // of orders and fills, Unix seconds
  salt: bigint;
}

/** What a trader wants. */
export interface Wanted {
  readonly signer: LocalAccount;
  readonly instrument: InstrumentId;
  readonly size: bigint; // units; positive buys
  readonly reduceOnly?: boolean;
  readonly reducing?: boolean;
}

type Side = Pick<Wanted, "instrument" | "size">;

/** What is known when an order is written: the pool as reckoned, and the time of the fill. */
export interface View {
  readonly snapshot: Snapshot;
  readonly time: number;
}

/** Opens a relay between traders and makers; its fills are sent to the chain. */
export async function openExchange(
  chain: LocalChain,
  makers: readonly LocalAccount[],
): Promise<Exchange> {
  const domain = orderDomain(chain.pool, await chain.client.getChainId());
  const state = { time: 0, salt: 0n, quotes: new Map(), refusals: new Map() };
  const relay = createRelay({
    ...{ domain, now: () => exchange.time },
    settle: (fills) => settle(exchange, fills),
  });
  const exchange: Exchange = { chain, relay, domain, makers, ...state };
  return exchange;
}

/** Meets a maker near the mark, if chain and maker let it. Units filled, unsigned. */
export async function trade(exchange: Exchange, wanted: Wanted, view: View): Promise<bigint> {
  exchange.time = view.time;
  const { signer, instrument, size, reduceOnly = false, reducing = false } = wanted;
  const quote = quoted(exchange, instrument, view);
  if (quote === undefined) return 0n;
  await show(exchange, { instrument, size: -size }, quote);
  const limitPrice = size > 0n ? quote.high : quote.low;
  const wish = { instrument, size, limitPrice, reduceOnly, reducing };
  const { filled } = await exchange.relay.submit(await signed(exchange, signer, wish, quote));
  return filled;
}

/** No quote, no order. */
function quoted(exchange: Exchange, instrument: InstrumentId, { snapshot, time }: View) {
  try {
    return quoteOf(snapshot, instrument, time);
  } catch (error) {
    if (!(error instanceof BallastError)) throw error;
    refused(exchange, error);
    return undefined;
  }
}

/** Has the maker of a factor show the other side of what is wanted, if it does not yet. */
async function show(exchange: Exchange, side: Side, quote: InstrumentQuote): Promise<void> {
  const { instrument, size } = side;
  const key = `${instrument}/${size > 0n}`;
  const shown = exchange.quotes.get(key);
  if (shown && (await exchange.relay.left(shown)) >= abs(size)) return;
  const maker = exchange.makers[instrumentFactorOf(instrument) % exchange.makers.length]!;
  const wish = { instrument, size: size * DEPTH, limitPrice: priceOf(quote, side), maker: true };
  const { hash } = await exchange.relay.submit(await signed(exchange, maker, wish, quote));
  exchange.quotes.set(key, hash);
}

/** A little under the mark for who buys, over it for who sells, within what a fill may cost. */
function priceOf({ mark, spot, low, high }: InstrumentQuote, { instrument, size }: Side): bigint {
  const spread = isOption(instrument)
    ? mulDown(OPTION_SPREAD, mark) + mulDown(SPREAD / 10n, spot)
    : mulDown(SPREAD, mark);
  return clamp(size > 0n ? mark - spread : mark + spread, low, high);
}

type Wish = Omit<Wanted, "signer"> & { readonly limitPrice: bigint; readonly maker?: boolean };

/** Signed by a local key, good for this second. */
async function signed(
  exchange: Exchange,
  signer: LocalAccount,
  wish: Wish,
  { spot }: InstrumentQuote,
) {
  const { time } = exchange;
  const order = buildOrder({
    ...{ ...wish, account: accountId(signer.address), now: time, deadline: time },
    ...{ maxFee: mulDown(MAX_FEE, spot) + 1n, salt: (exchange.salt += 1n) },
  });
  return signOrder(signer, order, exchange.domain);
}

/** Sends fills, each to stand or fall alone, and says which stood. */
async function settle(exchange: Exchange, fills: readonly Fill[]): Promise<FillResult[]> {
  const { chain, time } = exchange;
  const hash = await verb(chain, "settle", [fills, false], chain.actors[0]!, time);
  const { logs } = await chain.client.getTransactionReceipt({ hash });
  const failed = parseEventLogs({ abi: clearinghouseAbi, logs, eventName: "FillFailed" });
  const reasons = new Map(failed.map(({ args }) => [Number(args.index), args.reason]));
  return fills.map((_, i) => {
    const reason = reasons.get(i);
    return reason === undefined ? { ok: true } : refused(exchange, decodeError(reason));
  });
}

function refused({ refusals }: Exchange, error: Error): FillResult {
  refusals.set(error.name, (refusals.get(error.name) ?? 0) + 1);
  return { ok: false, error };
}
