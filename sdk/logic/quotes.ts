import { InstrumentExpired, SurfaceStale, UnknownInstrument } from "../errors/pool.ts";
import { callAt, strikeAt } from "../math/CurveMath.ts";
import * as TradeMath from "../math/TradeMath.ts";
import { max, mulDown, WAD } from "../math/WadMath.ts";
import { type Factor, type Snapshot, Stage, type ExpiryState } from "../snapshot/Snapshot.ts";
import { expiryOf, instrumentFactorOf, type InstrumentId } from "../types/Ids.ts";
import { Kind, kindOf, strikeOf } from "../types/Ids.ts";
import type { Expiry } from "../types/Portfolio.ts";
import type { InstrumentQuote } from "../types/Price.ts";
import { expiryStateOf } from "./factors.ts";
import { quotePerp } from "./perp.ts";
import { isOption, spotOf } from "./positions.ts";
import { factorPriceAt } from "../snapshot/price.ts";
import { expiryAt } from "./expiries.ts";

// What an instrument is worth now, and between which prices it may trade. Twin of
// contracts/logic/Quotes.sol.

/** What differs from one kind of instrument to the other. */
type Worth = Pick<InstrumentQuote, "mark" | "index" | "delta" | "low" | "high">;

/**
 * Mark, index and band of an instrument at a time.
 *
 * What is listed no more, or has an old surface, has a price all the same: it may be closed.
 *
 * @throws UnknownInstrument, InstrumentExpired, OutOfBounds, InstrumentNotInSnapshot
 */
export function quoteOf(s: Snapshot, id: InstrumentId, timestamp: number): InstrumentQuote {
  const factor = s.factors[instrumentFactorOf(id)];
  if (factor === undefined || factor.market.time === 0) throw new UnknownInstrument(id);
  const price = factorPriceAt(s, instrumentFactorOf(id), timestamp);
  const spot = spotOf(s, instrumentFactorOf(id), timestamp);
  const asked = { s, factor, id, spot, band: price.band, timestamp };
  const worth = kindOf(id) === Kind.Perp ? asPerp(asked) : asDated(asked);
  return { spot, ...worth, updated: price.updated, status: price.status };
}

/**
 * What may add risk needs a market that is listed, and an option a fresh surface.
 *
 * @throws UnknownInstrument, SurfaceStale
 */
export function requireOpen(s: Snapshot, id: InstrumentId, timestamp: number): void {
  const [factor, expiry] = [instrumentFactorOf(id), expiryOf(id)];
  if (s.factors[factor]?.marketParams.listed !== true) throw new UnknownInstrument(id);
  if (!isOption(id)) return;
  const { surfaceAge: age } = s.trade;
  const { posted } = expiryStateOf(s, id, timestamp);
  if (posted + age >= timestamp) return;
  throw new SurfaceStale(BigInt(factor), BigInt(expiry), BigInt(posted), BigInt(age));
}

interface Asked {
  readonly s: Snapshot;
  readonly factor: Factor;
  readonly id: InstrumentId;
  readonly spot: bigint;
  readonly band: bigint;
  readonly timestamp: number;
}

function asPerp(asked: Asked): Worth {
  const { factor, id, spot, timestamp } = asked;
  if (expiryOf(id) !== 0 || strikeOf(id) !== 0n) throw new UnknownInstrument(id);
  return linear(asked, quotePerp(factor, spot, timestamp));
}

function asDated(asked: Asked): Worth {
  const { s, factor, id, spot, timestamp } = asked;
  const time = expiryOf(id);
  const kind = kindOf(id);
  const kindred = kind > Kind.Perp && kind <= Kind.Put;
  const struck = (strikeOf(id) !== 0n) === isOption(id);
  if (!kindred || !struck) throw new UnknownInstrument(id);
  const term = expiryStateOf(s, id, timestamp);
  if (term.stage === Stage.Unlisted) throw new UnknownInstrument(id);
  if (timestamp >= time) throw new InstrumentExpired(id, BigInt(time));
  const expiry = expiryAt(factor, term, time, spot, timestamp);
  if (isOption(id)) return asOption(asked, term, expiry);
  return linear(asked, { mark: expiry.forward, index: expiry.forward });
}

function asOption({ id, spot }: Asked, term: ExpiryState, expiry: Expiry): Worth {
  const { forward, root } = expiry;
  const option = strikeAt(strikeOf(id), forward, root, term.surface);
  const low = callAt(option, forward, root, WAD / 2n);
  const high = callAt(option, forward, root, 2n * WAD);
  const isCall = kindOf(id) === Kind.Call;
  const priceOf = (call: bigint) => TradeMath.optionPrice(call, forward, strikeOf(id), isCall);
  const slack = mulDown(TradeMath.OPTION_SLACK, spot);
  return {
    mark: priceOf(option.call),
    index: 0n,
    delta: isCall ? option.delta : WAD - option.delta,
    low: max(0n, priceOf(low) - slack),
    high: priceOf(high) + slack,
  };
}

function linear(asked: Asked, { mark, index }: Pick<Worth, "mark" | "index">): Worth {
  const { tolerance } = asked.factor.marketParams;
  const reach = TradeMath.fillTolerance(mark, tolerance, asked.band);
  return { mark, index, delta: WAD, low: max(0n, mark - reach), high: mark + reach };
}
