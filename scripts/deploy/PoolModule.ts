import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

import { zeroAddress } from "viem";

import { wadOf } from "../../sdk/params/decimal.ts";
import { aggregatedOf, marketOf, publishedOf } from "../../sdk/params/feeds.ts";
import type { Aggregated, RateFeed } from "../../sdk/params/feeds.ts";
import type { Listing, Params } from "../../sdk/params/params.ts";
import { oraclesOf, type OracleName } from "./oracles.ts";
import { settingsOf } from "./settings.ts";

type Builder = Parameters<Parameters<typeof buildModule>[1]>[0];
type Contract = Parameters<Builder["call"]>[0];
type Contracts = Record<string, Contract>;
type Call = ReturnType<Builder["call"]>;
type Argument = NonNullable<Parameters<Builder["call"]>[2]>[number];

/**
 * The whole pool as an Ignition module: contracts, feeds, listings, parameters. Tokens named "mint"
 * and what is named "mock" are deployed; they are for local chains.
 */
export function poolModule(params: Params) {
  return buildModule("Pool", (m) => {
    const authority = m.contract("AccessManager", [m.getAccount(0)]);
    const pricing = pricingOf(m, params, authority);
    const house = houseOf(m, authority, pricing.outer);
    const tokens = eachListing(params, (symbol, listing) => tokenOf(m, symbol, listing));
    const { feeds, sources } = told(m, params);
    const { oracles, uptime } = pricing;
    const made = { tokens, feeds, sources, oracles, uptime };
    const named = { ...made, clearinghouse: house.clearinghouse, deployer: m.getAccount(0) };
    let last = publish(m, params, pricing);
    for (const { id, to, verb, args } of settingsOf(params, named)) {
      // One after the other: later ones rest on earlier ones.
      const target = { ...house, ...oracles }[to]!;
      last = m.call(target, verb, args as Argument[], { id, after: last ? [last] : [] });
    }
    handOver(m, params, { authority, last });
    return {
      ...{ ...house, pricing: pricing.outer, ...prefixed("token", tokens) },
      ...{ ...prefixed("feed", feeds), ...prefixed("source", sources) },
      ...prefixed("oracle", { ...oracles, ...pricing.outside }),
    };
  });
}

function houseOf(m: Builder, authority: Contract, oracle: Contract) {
  const Curves = m.library("Curves");
  const Ramps = m.library("Ramps");
  const Estimates = m.library("Estimates", { libraries: { Ramps } });
  const Positions = m.library("Positions", { libraries: { Ramps } });
  const Quotes = m.library("Quotes", { libraries: { Curves, Ramps } });
  const Rates = m.library("Rates");
  const margins = { Curves, Estimates, Quotes, Ramps, Rates };
  const Portfolios = m.library("Portfolios", { libraries: margins });
  const Health = m.library("Health", { libraries: margins });
  const AccountHealths = m.library("AccountHealths", { libraries: { Health } });
  const Risk = m.library("Risk", { libraries: { Estimates, Health } });
  const Custody = m.library("Custody", {
    libraries: { Estimates, Positions, Rates, AccountHealths },
  });
  const PayoutHaircuts = m.library("PayoutHaircuts", {
    libraries: { Portfolios, Positions, AccountHealths },
  });
  const Liquidation = m.library("Liquidation", {
    libraries: { Custody, Estimates, PayoutHaircuts, Positions, Rates, AccountHealths },
  });
  const Settlement = m.library("Settlement", {
    libraries: { Custody, Estimates, Health, Quotes, Ramps, Risk },
  });
  const Settings = m.library("Settings", { libraries: { Estimates, Ramps, Rates } });
  const Surfaces = m.library("Surfaces");
  const ext = m.contract("ClearinghouseExt", [], {
    libraries: { Health, Liquidation, Portfolios, Quotes, Rates, Settings, Surfaces },
  });
  const libraries = {
    ...{
      Custody,
      Estimates,
      PayoutHaircuts,
      Health,
      Liquidation,
      Positions,
      Rates,
      Risk,
      Settlement,
    },
  };
  const direct = m.contract("Clearinghouse", [authority, oracle, ext], { libraries });
  const clearinghouse = m.contractAt("IClearinghouse", direct);
  return { clearinghouse, lens: m.contract("Lens", []), authority };
}

/** The oracles of a pool, and what stands outside of them. */
interface Pricing {
  readonly oracles: Readonly<Partial<Record<OracleName, Contract>>>;
  readonly outer: Contract; // which the pool asks
  readonly outside: Contracts; // a sequencer's feed, Pyth's contract
  readonly uptime: Contract | undefined;
}

function pricingOf(m: Builder, params: Params, authority: Contract): Pricing {
  const { names, market, outer } = oraclesOf(params);
  const outside: Contracts = {};
  const oracles: Partial<Record<OracleName, Contract>> = {};
  const build: Readonly<Record<OracleName, () => Contract>> = {
    sequencer: () => m.contract("Sequencer", [authority]),
    chainlink: () =>
      oracles.sequencer === undefined
        ? m.contract("ChainlinkOracle", [authority])
        : m.contract("SequencedOracle", [authority, oracles.sequencer]),
    pyth: () => m.contract("PythOracle", [authority, outside["publisher"]!, watch(oracles)]),
    guarded: () => m.contract("GuardedOracle", [authority, oracles.chainlink!, oracles.pyth!]),
    routed: () => m.contract("RoutedOracle", [authority]),
    rate: () => m.contract("RateOracle", [authority, oracles[market]!]),
  };
  if (params.sequencer) outside["uptime"] = uptimeOf(m, params.sequencer.feed);
  if (params.pyth) outside["publisher"] = publisherOf(m, params.pyth);
  for (const name of names) oracles[name] = build[name]();
  return { oracles, outer: oracles[outer]!, outside, uptime: outside["uptime"] };
}

function watch({ sequencer }: Pricing["oracles"]) {
  return sequencer ?? zeroAddress;
}

function uptimeOf(m: Builder, feed: string): Contract {
  const id = "Feed_sequencer";
  if (feed === "mock") return m.contract("MockV3Aggregator", [0, 0], { id });
  return m.contractAt("MockV3Aggregator", feed, { id });
}

function publisherOf(m: Builder, pyth: string): Contract {
  return pyth === "mock" ? m.contract("LocalPyth", []) : m.contractAt("LocalPyth", pyth);
}

/** The first prices of Pyth's mock, which factors are listed at. */
function publish(m: Builder, params: Params, { outside }: Pricing): Call | undefined {
  if (params.pyth !== "mock") return undefined;
  let last: Call | undefined;
  for (const [symbol, { feed }] of Object.entries(params.listings)) {
    const market = marketOf(feed);
    const published = market && publishedOf(market);
    if (published === undefined) continue;
    const args = [published.id, wadOf(market?.price ?? feed.price ?? 0) / 10n ** 10n];
    const options = { id: `Publish_${symbol}`, after: last ? [last] : [] };
    last = m.call(outside["publisher"]!, "publish", args, options);
  }
  return last;
}

/** A governor who is not the deployer governs alone. */
function handOver(
  m: Builder,
  { governance }: Params,
  { authority, last }: { readonly authority: Contract; readonly last: Call | undefined },
): void {
  if (governance?.governor === undefined) return;
  m.call(authority, "renounceRole", [0n, m.getAccount(0)], { after: [last!] });
}

function tokenOf(m: Builder, symbol: string, { token, decimals }: Listing): Contract {
  const id = `Token_${symbol}`;
  if (token !== "mint") return m.contractAt("Token", token, { id });
  return m.contract("Token", [symbol, decimals], { id });
}

/** What tells the prices of listings: aggregators, and sources of rates. */
function told(m: Builder, params: Params) {
  const feeds: Contracts = {};
  const sources: Contracts = {};
  for (const [symbol, { feed }] of Object.entries(params.listings)) {
    const market = marketOf(feed);
    const aggregated = market && aggregatedOf(market);
    if (aggregated) feeds[symbol] = feedOf(m, symbol, aggregated, market.price ?? feed.price);
    if (feed.kind === "rate") sources[symbol] = sourceOf(m, symbol, feed);
  }
  return { feeds, sources };
}

function feedOf(m: Builder, symbol: string, feed: Aggregated, price = 0): Contract {
  const id = `Feed_${symbol}`;
  if (feed.aggregator !== "mock") return m.contractAt("MockV3Aggregator", feed.aggregator, { id });
  const decimals = feed.decimals ?? 8;
  const answer = wadOf(price) / 10n ** BigInt(18 - decimals);
  return m.contract("MockV3Aggregator", [decimals, answer], { id });
}

function sourceOf(m: Builder, symbol: string, { source, price = 1 }: RateFeed): Contract {
  const id = `Rate_${symbol}`;
  if (source !== "mock") return m.contractAt("LocalRate", source, { id });
  return m.contract("LocalRate", [wadOf(price)], { id });
}

function eachListing(params: Params, of: (symbol: string, listing: Listing) => Contract) {
  const entries = Object.entries(params.listings);
  return Object.fromEntries(entries.map(([symbol, listing]) => [symbol, of(symbol, listing)]));
}

function prefixed(prefix: string, contracts: Contracts): Contracts {
  return Object.fromEntries(Object.entries(contracts).map(([name, c]) => [`${prefix}${name}`, c]));
}
