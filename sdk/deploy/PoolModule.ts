import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import { parseUnits } from "viem";

import { assetId, CASH, STABLES } from "../types/Ids.ts";
import type { Listing, Params } from "../params/params.ts";

/** Parts per billion, as the contracts keep what somebody chose. */
function part(rate: number): number {
  return Math.round(rate * 1e9);
}

function assetOf(params: Params, symbol: string): number {
  const stable = params.stables[symbol];
  if (stable) return assetId(STABLES, stable.index);
  const asset = params.assets[symbol]!;
  return assetId(params.factors[asset.factor]!.id, asset.index);
}

function chargeOf(params: Params, symbol: string): readonly [number, number] {
  return params.stables[symbol]?.charge ?? params.assets[symbol]?.charge ?? [0, 0];
}

function factorStruct(params: Params, symbol: string) {
  const factor = params.factors[symbol]!;
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

function cashStruct(params: Params) {
  const { base, slopeLow, slopeHigh, kink, spread, borrowCap, minimumIdle } = params.cash;
  return {
    base: part(base),
    slopeLow: part(slopeLow),
    slopeHigh: part(slopeHigh),
    kink: part(kink),
    spread: part(spread),
    borrowCap,
    minimumIdle,
  };
}

function capOf(params: Params, symbol: string, listing: Listing): bigint {
  const cap = params.stables[symbol]?.cash ? params.cash.supplyCap : listing.cap;
  return parseUnits(String(cap ?? 0), 18);
}

/**
 * The whole pool as an Ignition module: contracts, feeds, listings, parameters. Tokens and feeds
 * named "mint" and "mock" are deployed; they are for local chains.
 */
export function poolModule(params: Params) {
  return buildModule("Pool", (m) => {
    const admin = m.getAccount(0);
    const libraries = {
      Custody: m.library("Custody"),
      Estimates: m.library("Estimates"),
      Risk: m.library("Risk"),
      Settings: m.library("Settings"),
    };
    const liquidation = m.library("Liquidation", { libraries: { Risk: libraries.Risk } });
    const authority = m.contract("AccessManager", [admin]);
    const oracle = m.contract("ChainlinkOracle", [authority]);
    const clearinghouse = m.contract("Clearinghouse", [authority, oracle], {
      libraries: { ...libraries, Liquidation: liquidation },
    });
    const lens = m.contract("Lens", []);
    const tokens: Record<string, ReturnType<typeof m.contract>> = {};
    const feeds: Record<string, ReturnType<typeof m.contract>> = {};
    let last: ReturnType<typeof m.call> | undefined;
    const after = () => (last ? [last] : []);

    const symbols = Object.keys(params.listings);
    for (const symbol of symbols) {
      const { token, decimals, feed } = params.listings[symbol]!;
      const mine = token === "mint";
      const mock = feed.aggregator === "mock";
      tokens[symbol] = mine
        ? m.contract("Token", [symbol, decimals], { id: `Token_${symbol}` })
        : m.contractAt("Token", token, { id: `Token_${symbol}` });
      const answer = parseUnits(String(feed.price ?? 0), feed.decimals ?? 8);
      feeds[symbol] = mock
        ? m.contract("MockV3Aggregator", [feed.decimals ?? 8, answer], { id: `Feed_${symbol}` })
        : m.contractAt("MockV3Aggregator", feed.aggregator, { id: `Feed_${symbol}` });
      last = m.call(
        oracle,
        "setFeed",
        [
          assetOf(params, symbol),
          feeds[symbol],
          feed.heartbeat,
          part(feed.deviation),
          part(feed.volatility),
        ],
        { id: `setFeed_${symbol}`, after: after() },
      );
    }
    for (const symbol of symbols.filter((name) => params.assets[name]?.index === 0)) {
      last = m.call(
        clearinghouse,
        "setFactor",
        [params.factors[symbol]!.id, factorStruct(params, symbol)],
        {
          id: `setFactor_${symbol}`,
          after: after(),
        },
      );
    }
    for (const symbol of symbols) {
      const [chargeMaintenance, chargeInitial] = chargeOf(params, symbol).map(part) as [
        number,
        number,
      ];
      last = m.call(
        clearinghouse,
        "setAsset",
        [assetOf(params, symbol), tokens[symbol]!, { chargeMaintenance, chargeInitial }],
        { id: `setAsset_${symbol}`, after: after() },
      );
      last = m.call(
        clearinghouse,
        "setListing",
        [tokens[symbol]!, false, capOf(params, symbol, params.listings[symbol]!)],
        { id: `setListing_${symbol}`, after: after() },
      );
    }
    last = m.call(clearinghouse, "setCash", [cashStruct(params)], { after: after() });
    const tiers = params.grace.map(({ minutes, multiplier }) => ({
      longest: minutes * 60,
      multiplier: part(multiplier),
    }));
    last = m.call(clearinghouse, "setTiers", [tiers], { after: after() });
    m.call(clearinghouse, "setLiquidation", [{ dust: params.liquidation.dust }], {
      after: after(),
    });
    return {
      clearinghouse,
      lens,
      oracle,
      authority,
      ...prefixed("token", tokens),
      ...prefixed("feed", feeds),
    };
  });
}

function prefixed<T>(prefix: string, contracts: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(contracts).map(([name, c]) => [`${prefix}${name}`, c]));
}

export { assetOf, CASH };
