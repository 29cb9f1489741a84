import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

import { wadOf } from "../params/decimal.ts";
import type { Listing, Params } from "../params/params.ts";
import { settingsOf } from "./settings.ts";

type Builder = Parameters<Parameters<typeof buildModule>[1]>[0];
type Contract = Parameters<Builder["call"]>[0];
type Contracts = Record<string, Contract>;
type Argument = NonNullable<Parameters<Builder["call"]>[2]>[number];

/**
 * The whole pool as an Ignition module: contracts, feeds, listings, parameters. Tokens named "mint"
 * and feeds named "mock" are deployed; they are for local chains.
 */
export function poolModule(params: Params) {
  return buildModule("Pool", (m) => {
    const house = houseOf(m, params);
    const tokens = eachListing(params, (symbol, listing) => tokenOf(m, symbol, listing));
    const feeds = eachListing(params, (symbol, listing) => feedOf(m, symbol, listing));
    let last: ReturnType<Builder["call"]> | undefined;
    for (const { id, to, verb, args } of settingsOf(params, { tokens, feeds })) {
      // One after the other: later ones rest on earlier ones.
      last = m.call(house[to], verb, args as Argument[], { id, after: last ? [last] : [] });
    }
    return { ...house, ...prefixed("token", tokens), ...prefixed("feed", feeds) };
  });
}

function houseOf(m: Builder, params: Params) {
  const Curves = m.library("Curves");
  const Ramps = m.library("Ramps");
  const Estimates = m.library("Estimates", { libraries: { Ramps } });
  const Positions = m.library("Positions", { libraries: { Ramps } });
  const Quotes = m.library("Quotes", { libraries: { Curves, Ramps } });
  const margins = { Curves, Estimates, Quotes, Ramps };
  const Portfolios = m.library("Portfolios", { libraries: margins });
  const Risk = m.library("Risk", { libraries: margins });
  const Health = m.library("Health", { libraries: margins });
  const Custody = m.library("Custody", { libraries: { Positions } });
  const Liquidation = m.library("Liquidation", { libraries: { Health, Positions } });
  const Settlement = m.library("Settlement", { libraries: { Health, Quotes, Ramps, Risk } });
  const Settings = m.library("Settings", { libraries: { Estimates, Ramps } });
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

function eachListing(params: Params, of: (symbol: string, listing: Listing) => Contract) {
  const entries = Object.entries(params.listings);
  return Object.fromEntries(entries.map(([symbol, listing]) => [symbol, of(symbol, listing)]));
}

function prefixed(prefix: string, contracts: Contracts): Contracts {
  return Object.fromEntries(Object.entries(contracts).map(([name, c]) => [`${prefix}${name}`, c]));
}
