import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

import type { Address } from "viem";

import { wadOf } from "../params/decimal.ts";
import type { FactorParams, Listing, Params } from "../params/params.ts";
import { accountId, assetId, FUND, STABLES, type AccountId } from "../types/Ids.ts";

type Builder = Parameters<Parameters<typeof buildModule>[1]>[0];
type Contract = Parameters<Builder["call"]>[0];
type Contracts = Record<string, Contract>;
type Argument = NonNullable<Parameters<Builder["call"]>[2]>[number];
type Send = (to: Contract, name: string, args: Argument[], id?: string) => void;

/**
 * The whole pool as an Ignition module: contracts, feeds, listings, parameters. Tokens named "mint"
 * and feeds named "mock" are deployed; they are for local chains.
 */
export function poolModule(params: Params) {
  return buildModule("Pool", (m) => {
    const house = houseOf(m, params);
    const tokens = eachListing(params, (symbol, listing) => tokenOf(m, symbol, listing));
    const feeds = eachListing(params, (symbol, listing) => feedOf(m, symbol, listing));
    const send = inOrder(m);
    setFeeds(send, params, house.oracle, feeds);
    setFactors(send, params, house.clearinghouse);
    setAssets(send, params, house.clearinghouse, tokens);
    setPool(send, params, house.clearinghouse);
    setMarkets(send, params, house.clearinghouse);
    return { ...house, ...prefixed("token", tokens), ...prefixed("feed", feeds) };
  });
}

function houseOf(m: Builder, params: Params) {
  const Curves = m.library("Curves");
  const Estimates = m.library("Estimates");
  const Positions = m.library("Positions");
  const Quotes = m.library("Quotes", { libraries: { Curves } });
  const Portfolios = m.library("Portfolios", { libraries: { Curves, Estimates, Quotes } });
  const Risk = m.library("Risk", { libraries: { Curves, Estimates, Quotes } });
  const Health = m.library("Health", { libraries: { Curves, Estimates, Quotes } });
  const Custody = m.library("Custody", { libraries: { Positions } });
  const Liquidation = m.library("Liquidation", { libraries: { Health, Positions } });
  const Settlement = m.library("Settlement", { libraries: { Health, Quotes, Risk } });
  const Settings = m.library("Settings");
  const office = m.contract("Office", [], {
    libraries: { Health, Liquidation, Portfolios, Quotes, Settings },
  });
  const authority = m.contract("AccessManager", [m.getAccount(0)]);
  const oracle = oracleOf(m, params, authority);
  const libraries = { Custody, Estimates, Health, Liquidation, Positions, Risk, Settlement };
  const door = m.contract("Clearinghouse", [authority, oracle, office], { libraries });
  const clearinghouse = m.contractAt("IClearinghouse", door);
  return { clearinghouse, lens: m.contract("Lens", []), oracle, authority };
}

/** On a chain with a sequencer, one that heeds its outages. */
function oracleOf(m: Builder, { sequencer }: Params, authority: Contract): Contract {
  if (sequencer === undefined) return m.contract("ChainlinkOracle", [authority]);
  const id = "Feed_sequencer";
  const feed =
    sequencer.feed === "mock" ? m.contract("MockV3Aggregator", [0, 0], { id }) : sequencer.feed;
  const watch = m.contract("Sequencer", [authority]);
  m.call(watch, "setUptime", [feed, sequencer.grace]);
  return m.contract("SequencedOracle", [authority, watch]);
}

function tokenOf(m: Builder, symbol: string, { token, decimals }: Listing): Contract {
  const id = `Token_${symbol}`;
  if (token !== "mint") return m.contractAt("Token", token, { id });
  return m.contract("Token", [symbol, decimals], { id });
}

function feedOf(m: Builder, symbol: string, { feed }: Listing): Contract {
  const id = `Feed_${symbol}`;
  if (feed.aggregator !== "mock") return m.contractAt("MockV3Aggregator", feed.aggregator, { id });
  const decimals = feed.decimals ?? 8;
  const answer = wadOf(feed.price ?? 0) / 10n ** BigInt(18 - decimals);
  return m.contract("MockV3Aggregator", [decimals, answer], { id });
}

/** One call after the other: later ones rest on earlier ones. */
function inOrder(m: Builder): Send {
  let last: ReturnType<Builder["call"]> | undefined;
  return (to, name, args, id = name) => {
    last = m.call(to, name, args, { id, after: last ? [last] : [] });
  };
}

function setFeeds(send: Send, params: Params, oracle: Contract, feeds: Contracts) {
  for (const [symbol, { feed }] of Object.entries(params.listings)) {
    const trust = [feed.heartbeat, part(feed.deviation), part(feed.volatility)];
    const args = [assetOf(params, symbol), feeds[symbol]!, ...trust];
    send(oracle, "setFeed", args, `setFeed_${symbol}`);
  }
}

function setFactors(send: Send, params: Params, door: Contract) {
  for (const symbol of Object.keys(params.listings)) {
    if (params.assets[symbol]?.index !== 0) continue;
    const factor = params.factors[params.assets[symbol].factor]!;
    send(door, "setFactor", [factor.id, factorStruct(factor)], `setFactor_${symbol}`);
  }
}

function setAssets(send: Send, params: Params, door: Contract, tokens: Contracts) {
  for (const symbol of Object.keys(params.listings)) {
    const token = tokens[symbol]!;
    const asset = [assetOf(params, symbol), token, chargeStruct(params, symbol)];
    send(door, "setAsset", asset, `setAsset_${symbol}`);
    send(door, "setListing", [token, false, capOf(params, symbol)], `setListing_${symbol}`);
  }
}

function setPool(send: Send, params: Params, door: Contract) {
  const tiers = params.grace.map(({ minutes, multiplier }) => ({
    longest: minutes * 60,
    multiplier: part(multiplier),
  }));
  send(door, "setCash", [cashStruct(params)]);
  send(door, "setTiers", [tiers]);
  send(door, "setLiquidation", [{ dust: params.liquidation.dust }]);
}

function setMarkets(send: Send, params: Params, door: Contract) {
  for (const symbol of Object.keys(params.listings)) {
    if (params.assets[symbol]?.index !== 0) continue;
    const factor = params.factors[params.assets[symbol].factor]!;
    const market = [factor.id, marketStruct(factor), depthStruct(factor)];
    send(door, "setMarket", market, `setMarket_${symbol}`);
  }
  send(door, "setTrade", [tradeStruct(params), feeRecipientOf(params)]);
}

/** Parts per billion, as the contracts keep what somebody chose. */
function part(rate: number): number {
  return Math.round(rate * 1e9);
}

export function assetOf(params: Params, symbol: string): number {
  const stable = params.stables[symbol];
  if (stable) return assetId(STABLES, stable.index);
  const asset = params.assets[symbol]!;
  return assetId(params.factors[asset.factor]!.id, asset.index);
}

function chargeStruct(params: Params, symbol: string) {
  const charge = params.stables[symbol]?.charge ?? params.assets[symbol]?.charge ?? [0, 0];
  return { chargeMaintenance: part(charge[0]), chargeInitial: part(charge[1]) };
}

export function factorStruct(factor: FactorParams) {
  return {
    shockFloor: part(factor.shockFloor),
    volatilityFloor: part(factor.volatilityFloor),
    volatilityStress: part(factor.volatilityStress),
    correlation: part(factor.correlation),
    exitMaintenance: part(factor.exit[0]),
    exitInitial: part(factor.exit[1]),
    alt: factor.alt,
    listed: true,
    dailyVolume: factor.dailyVolume,
  };
}

function marketStruct({ market }: FactorParams) {
  const { perpBasis, expiryBasis, fundingCap } = market;
  return {
    listed: true,
    perpMaintenance: part(perpBasis[0]),
    perpInitial: part(perpBasis[1]),
    expiryBase: part(expiryBasis.base),
    expirySlope: part(expiryBasis.slope),
    expiryCap: part(expiryBasis.cap),
    fundingCap: part(fundingCap),
  };
}

/** Millionths of a unit. */
function depthStruct({ openInterest }: FactorParams) {
  const { low, high, cap } = openInterest;
  return {
    low: BigInt(low) * 10n ** 6n,
    high: BigInt(high) * 10n ** 6n,
    cap: BigInt(cap) * 10n ** 6n,
  };
}

function tradeStruct({ trade }: Params) {
  return {
    makerFee: part(trade.makerFee),
    takerFee: part(trade.takerFee),
    insuranceShare: part(trade.insuranceShare),
    surfaceAge: trade.surfaceMinutes * 60,
    surfaceStep: part(trade.surfaceStep),
    surfaceWait: trade.surfaceSeconds,
  };
}

/** Fees without a recipient go to the insurance fund. */
function feeRecipientOf({ trade }: Params): AccountId {
  return trade.feeRecipient === undefined ? FUND : accountId(trade.feeRecipient as Address);
}

function cashStruct({ cash }: Params) {
  return {
    base: part(cash.base),
    slopeLow: part(cash.slopeLow),
    slopeHigh: part(cash.slopeHigh),
    kink: part(cash.kink),
    spread: part(cash.spread),
    borrowCap: cash.borrowCap,
    minimumIdle: cash.minimumIdle,
  };
}

/** In wad units; a listing without a cap takes no deposits. */
function capOf(params: Params, symbol: string): bigint {
  const isCash = params.stables[symbol]?.cash === true;
  const cap = isCash ? params.cash.supplyCap : params.listings[symbol]!.cap;
  return wadOf(cap ?? 0);
}

function eachListing(params: Params, of: (symbol: string, listing: Listing) => Contract) {
  const entries = Object.entries(params.listings);
  return Object.fromEntries(entries.map(([symbol, listing]) => [symbol, of(symbol, listing)]));
}

function prefixed(prefix: string, contracts: Contracts): Contracts {
  return Object.fromEntries(Object.entries(contracts).map(([name, c]) => [`${prefix}${name}`, c]));
}
