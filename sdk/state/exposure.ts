import { total } from "../total.ts";
import { longQuote } from "../math/PriceMath.ts";
import { highCorrelation, loadingOf, lowCorrelation } from "../math/MarginMath.ts";
import { hourVolatility, initialVolatility, wildness } from "../math/VolatilityMath.ts";
import { mulDown, mulUp } from "../math/WadMath.ts";
import type { Factor, Holding, Snapshot } from "../snapshot/Snapshot.ts";
import { isUnderlying } from "../types/Ids.ts";
import type { Exposure, Pair } from "../types/Portfolio.ts";
import { type Price, type Quote, Status } from "../types/Price.ts";
import type { Volatility } from "../types/Volatility.ts";
import { factorAt, isBehind, volatilityAt } from "./estimates.ts";
import { longPart, type Look, type Part } from "./part.ts";
import { factorPriceAt, priceAt, seen } from "./price.ts";

// All an account holds of one factor. Twin of the spot half of contracts/logic/Risk.sol.

/** One holding, valued. */
interface Valued extends Part {
  readonly rateBand: bigint;
  readonly lst: Pair;
  readonly fresh: boolean;
}

/** An exposure, and what it adds to the totals. */
export interface ExposurePart extends Part {
  readonly exposure: Exposure;
}

/** What holdings of one factor are to a margin. @throws UnknownFactor, OutOfBounds */
export function exposurePart(
  s: Snapshot,
  id: number,
  holdings: readonly Holding[],
  look: Look,
): ExposurePart {
  const factor = factorAt(s, id);
  const price = factorPriceAt(s, id, look.timestamp);
  const quote = longQuote(seen(price, look.view, factor.estimate.price));
  const valued = holdings.map((held) => valuedAt(s, held, quote, look));
  const equity = total(valued.map((one) => one.equity));
  const exposure: Exposure = {
    factor: id,
    spot: equity,
    ...paramsOf(factor),
    ...quotedOf(price, quote),
    ...volatilityOf(volatilityAt(factor, price, look.timestamp)),
    rateBand: total(valued.map((one) => one.rateBand)),
    lst: [total(valued.map(({ lst }) => lst[0])), total(valued.map(({ lst }) => lst[1]))],
    fresh: price.status === Status.Ok && valued.every(({ fresh }) => fresh),
    behind: isBehind(factor.estimate, price),
  };
  const initialEquity = total(valued.map((one) => one.initialEquity));
  return { exposure, equity, initialEquity, gross: equity };
}

/** The underlying at its price, or what follows it at its rate. */
function valuedAt(s: Snapshot, held: Holding, underlying: Quote, look: Look): Valued {
  if (!isUnderlying(held.asset)) return followerAt(s, held, underlying, look);
  const value = mulDown(held.amount, underlying.price);
  return { ...longPart(value, underlying.counted), rateBand: 0n, lst: [0n, 0n], fresh: true };
}

/** What follows an underlying at a rate: LST, share. */
function followerAt(s: Snapshot, held: Holding, underlying: Quote, look: Look): Valued {
  const rate = priceAt(s, held.asset, look.timestamp);
  const quote = longQuote(seen(rate, look.view));
  const value = mulDown(mulDown(held.amount, quote.price), underlying.price);
  const charge = s.assets[held.asset]?.charge ?? [0n, 0n];
  return {
    ...longPart(value, underlying.counted && quote.counted),
    rateBand: mulUp(value, quote.bandRate),
    lst: [mulUp(value, charge[0]), mulUp(value, charge[1])],
    fresh: rate.status === Status.Ok,
  };
}

function paramsOf({ params, estimate }: Factor) {
  return {
    shockFloor: params.shockFloor,
    exitRate: params.exit,
    dailyVolume: params.dailyVolume,
    low: loadingOf(lowCorrelation(params.correlation), params.alt),
    high: loadingOf(highCorrelation(params.correlation), params.alt),
    crowding: [estimate.crowding, estimate.crowding] as const,
  };
}

function quotedOf({ updated }: Price, { price, bandRate, counted }: Quote) {
  return { price, bandRate, counted, updated };
}

function volatilityOf({ used, hour, maintenance }: Volatility) {
  const hourly = hourVolatility(hour);
  return {
    used,
    wildness: wildness(used, hourly),
    volatility: [maintenance, initialVolatility(used, hourly)] as const,
  };
}
