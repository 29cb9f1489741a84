import { maxUint256 } from "viem";

import { agedPrice, freshPrice } from "./price.ts";
import type { AssetId } from "../types/Ids.ts";
import { assetId } from "../types/Ids.ts";
import type { Price, Status } from "../types/Price.ts";
import type { AssetView, FactorView, FeedView, PoolView, PriceView } from "./lensView.ts";
import { marketFrom, marketParamsFrom, termFrom, tradeFrom } from "./market.ts";
import type { Ageing, Asset, CashParams, CashState, Estimate, Factor } from "./Snapshot.ts";
import type { FactorParams, FactorRamp, Feed, KeeperParams, Snapshot, Told } from "./Snapshot.ts";
import { MILLIONTH, partsToPair, partsToWad, wholeToWad } from "./wads.ts";

/** What is true of a pool whoever asks; the rest of a snapshot is when and whose. */
export type PoolState = Omit<
  Snapshot,
  "pool" | "vault" | "block" | "accounts" | "interests" | "orders"
>;

/** A pool as the Lens shows it, in wads. */
export function poolFrom(view: PoolView): PoolState {
  return {
    chainId: Number(view.chainId),
    version: view.version,
    cash: cashFrom(view.cash),
    cashParams: cashParamsFrom(view.cashParams),
    tiers: view.tiers.map(tierFrom),
    liquidation: { dust: wholeToWad(view.liquidation.dust) },
    keeper: keeperFrom(view.keeper),
    keeperDay: view.keeperDay,
    trade: tradeFrom(view),
    lock: { ...view.lock, exitShare: partsToWad(view.lock.exitShare) },
    factors: Object.fromEntries(
      view.factors.map((one) => [Number(one.factor), factorFrom(one, view)]),
    ),
    assets: Object.fromEntries(view.assets.map((one) => [one.asset, assetFrom(one)])),
    feeds: feedsFrom(view),
  };
}

function tierFrom({ longest, multiplier, before, changed }: PoolView["tiers"][number]) {
  return { longest, multiplier: partsToWad(multiplier), before: partsToWad(before), changed };
}

function keeperFrom(params: PoolView["keeper"]): KeeperParams {
  return {
    roundFee: BigInt(params.roundFee) * MILLIONTH,
    dailyCap: wholeToWad(params.dailyCap),
    finderShare: partsToWad(params.finderShare),
    finderCap: wholeToWad(params.finderCap),
  };
}

function cashFrom(cash: PoolView["cash"]): CashState {
  return { ...cash, supplyRate: BigInt(cash.supplyRate), borrowRate: BigInt(cash.borrowRate) };
}

function cashParamsFrom(params: PoolView["cashParams"]): CashParams {
  return {
    base: partsToWad(params.base),
    slopeLow: partsToWad(params.slopeLow),
    slopeHigh: partsToWad(params.slopeHigh),
    kink: partsToWad(params.kink),
    spread: partsToWad(params.spread),
    borrowCap: wholeToWad(params.borrowCap),
    minimumIdle: wholeToWad(params.minimumIdle),
  };
}

function factorFrom(view: FactorView, pool: PoolView): Factor {
  return {
    params: factorParamsFrom(view.params),
    estimate: estimateFrom(view.estimate),
    pending: view.pending.map((round) => ({ ...round, updated: Number(round.updated) })),
    market: marketFrom(view.market, pool),
    marketParams: marketParamsFrom(view),
    bucket: view.bucket,
    ramp: view.estimate.ramping ? rampFrom(view) : null,
    expiries: view.expiries.map(({ expiry }) => Number(expiry)),
    terms: Object.fromEntries(view.expiries.map((one) => [Number(one.expiry), termFrom(one.term)])),
    life: Number(view.life),
    told: toldFrom(view),
  };
}

/** Whether parameters move is told by the ramp. */
function estimateFrom({ ramping: _, ...estimate }: FactorView["estimate"]): Estimate {
  return estimate;
}

function rampFrom({ ramp }: FactorView): FactorRamp {
  return {
    params: factorParamsFrom(ramp.factor),
    paramsChanged: ramp.factorChanged,
    marketParams: marketParamsFrom({ marketParams: ramp.market, depth: ramp.depth }),
    marketChanged: ramp.marketChanged,
  };
}

function toldFrom({ closed, told }: FactorView): Told | null {
  if (closed === maxUint256) return null;
  return { closed: Number(closed), price: told.price, updated: Number(told.updated) };
}

function factorParamsFrom(params: FactorView["params"]): FactorParams {
  return {
    shockFloor: partsToWad(params.shockFloor),
    volatilityFloor: partsToWad(params.volatilityFloor),
    volatilityStress: partsToWad(params.volatilityStress),
    correlation: partsToWad(params.correlation),
    exit: partsToPair(params.exitMaintenance, params.exitInitial),
    alt: params.alt,
    dailyVolume: wholeToWad(params.dailyVolume),
  };
}

function assetFrom({ token, listing, params, rate, exit }: AssetView): Asset {
  return {
    token,
    decimals: listing.decimals,
    frozen: listing.frozen,
    cap: listing.cap,
    total: listing.total,
    charge: partsToPair(params.chargeMaintenance, params.chargeInitial),
    chargeBefore: partsToPair(params.maintenanceBefore, params.initialBefore),
    chargeChanged: params.changed,
    rate,
    exit,
  };
}

/** By asset; a factor's underlying has a feed even where it is not listed itself. */
function feedsFrom(view: PoolView): Record<AssetId, Feed> {
  const time = Number(view.timestamp);
  const factors = view.factors.map((one) => [assetId(Number(one.factor), 0), one] as const);
  const assets = view.assets.map((one) => [one.asset, one] as const);
  return Object.fromEntries([...factors, ...assets].map(([id, one]) => [id, feedFrom(one, time)]));
}

function feedFrom(one: { price: PriceView; feed: FeedView }, timestamp: number): Feed {
  const [read, ageing] = [priceFrom(one.price), ageingFrom(one.feed)];
  if (ageing === null || read.price === 0n) return { price: read, ageing };
  const isLate = timestamp - read.updated > ageing.heartbeat;
  const told = { price: isLate ? freshPrice(read.price, read.updated, ageing) : read, ageing };
  return explains(told, read, timestamp) ? told : { price: read, ageing: null };
}

/** Whether age alone made of a round what was read: not of Pyth's, whose interval is forgotten once it is late. */
function explains(feed: Feed, { band, status }: Price, timestamp: number): boolean {
  const aged = agedPrice(feed, timestamp);
  return aged.band === band && aged.status === status;
}

/** A price as the oracle answers it. */
export function priceFrom({ updated, status, ...price }: PriceView): Price {
  return { ...price, updated: Number(updated), status: status as Status };
}

function ageingFrom({ aggregator, heartbeat, deviation, volatility, decimals }: FeedView) {
  if (heartbeat === 0) return null;
  const ageing: Ageing = {
    aggregator,
    heartbeat,
    deviation: partsToWad(deviation),
    volatility: partsToWad(volatility),
    decimals,
  };
  return ageing;
}
