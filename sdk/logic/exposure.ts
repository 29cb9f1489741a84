import { UnknownFactor } from "../errors/pool.ts";
import { highCorrelation, loadingOf, lowCorrelation } from "../math/MarginMath.ts";
import { bandRateOf, doubtRateOf, longQuote } from "../math/PriceMath.ts";
import { hourVolatility, initialVolatility, volatilityRatio } from "../math/VolatilityMath.ts";
import { max, WAD } from "../math/WadMath.ts";
import type { Factor, FactorParams, Snapshot } from "../snapshot/Snapshot.ts";
import type { BasisRates, Exposure, Pair } from "../types/Portfolio.ts";
import type { Price } from "../types/Price.ts";
import type { Volatility } from "../types/Volatility.ts";
import { factorAt } from "./factors.ts";
import { isBehind, volatilityAt } from "./estimates.ts";
import { paramsAt } from "./effectiveParams.ts";
import { crowdingOfFactor } from "./openInterest.ts";
import type { Look } from "./part.ts";
import { factorPriceAt, seen, type View } from "../snapshot/price.ts";

// A factor with nothing held of it yet. Twin of a part of contracts/logic/Portfolios.sol.

const NO_BASIS: BasisRates = { perp: [0n, 0n], expiry: 0n, expirySlope: 0n, expiryCap: 0n };
const CALM: Pair = [WAD, WAD];

/** What is true of a factor whoever holds it. @throws UnknownFactor, OutOfBounds */
export function openExposure(s: Snapshot, id: number, { view, timestamp }: Look): Exposure {
  const factor = s.factors[id];
  if (factor === undefined) throw new UnknownFactor(BigInt(id));
  const price = asTold(factor, factorPriceAt(s, id, timestamp), view);
  const last = price.price === 0n ? factor.estimate.price : 0n;
  const crowding = factor.estimate.crowded ? crowdingOfFactor(factor, timestamp) : CALM;
  const exposure = {
    ...{ factor: id, spot: 0n, mark: 0n, perps: 0n, expiries: [], basis: NO_BASIS, rateBand: 0n },
    ...chosenOf(paramsAt(factor, timestamp)),
    ...pricesOf(seen(price, view, last), last),
    ...volatilityOf(volatilityAt(factorAt(s, id), price, timestamp)),
    ...{ crowding, lst: [0n, 0n] as const },
    doubtRate: price.price === 0n ? WAD : doubtRateOf(price),
    behind: isBehind(factor.estimate, price),
    updated: price.updated,
  };
  return asViewed(exposure, view);
}

/** Where rounds have to be told, a call is confirmed at the last one, which no one could choose. */
function asTold({ told }: Factor, price: Price, view: View): Price {
  if (view !== "told" || told === null) return price;
  const { price: last, updated } = told;
  return last > 0n ? { ...price, price: last, updated } : { ...price, price: 0n, updated: 0 };
}

/** What IM jumps by opens no call through its bound of MM, and takes no bidder's capacity. */
function asViewed(exposure: Exposure, view: View): Exposure {
  if (view === "conservative") return exposure;
  const { volatility, crowding, used } = exposure;
  return {
    ...exposure,
    volatility: [volatility[0], used],
    crowding: [crowding[0], crowding[0]],
  };
}

function chosenOf(params: FactorParams) {
  return {
    shockFloor: params.shockFloor,
    exitRate: params.exit,
    dailyVolume: params.dailyVolume,
    low: loadingOf(lowCorrelation(params.correlation), params.alt),
    high: loadingOf(highCorrelation(params.correlation), params.alt),
  };
}

/** A long counts at its quote; derivatives at the price, the last one known if there is none. */
function pricesOf(price: Price, last: bigint) {
  const { price: long, counted } = longQuote(price);
  const bandRate = price.price === 0n ? WAD : bandRateOf(price.price, price.band);
  return { price: long, counted, index: max(price.price, last), bandRate };
}

function volatilityOf({ used, hour, maintenance }: Volatility) {
  const hourly = hourVolatility(hour);
  return {
    used,
    volatilityRatio: volatilityRatio(used, hourly),
    volatility: [maintenance, initialVolatility(used, hourly)] as const,
  };
}
