import { aggregatedOf, marketOf, publishedOf } from "../../sdk/params/feeds.ts";
import type { Published, RateFeed } from "../../sdk/params/feeds.ts";
import type { Params } from "../../sdk/params/params.ts";
import { isRouted } from "./oracles.ts";
import { assetOf, part, type Named, type Setting } from "./setting.ts";

// What oracles are told of a listing's price.

const TELLS = { wrapped: 1, share: 2 } as const; // of enum Kind, contracts/oracles/RateOracle.sol

/** The outages that prices heed, on a chain that has a sequencer. */
export function sequencerSettings({ sequencer }: Params, { uptime }: Named): Setting[] {
  if (sequencer === undefined) return [];
  const args = [uptime, sequencer.grace];
  return [{ id: "setUptime", to: "sequencer", verb: "setUptime", args }];
}

/** Where the price of a listing comes from: its market's oracles first, then its rate's. */
export function feedSettings(params: Params, symbol: string, named: Named): Setting[] {
  const { feed } = params.listings[symbol]!;
  const asset = assetOf(params, symbol);
  const market = marketOf(feed);
  const settings: Setting[] = [];
  const add = (to: Setting["to"], verb: string, args: readonly unknown[], id = verb) =>
    settings.push({ id: `${id}_${symbol}`, to, verb, args: [asset, ...args] });

  const aggregated = market && aggregatedOf(market);
  if (aggregated !== undefined) {
    const { heartbeat, deviation, volatility } = aggregated;
    add("chainlink", "setFeed", [
      named.feeds[symbol],
      heartbeat,
      part(deviation),
      part(volatility),
    ]);
  }
  const published = market && publishedOf(market);
  if (published) add("pyth", "setFeed", [published.id, trustOf(published)], "setPythFeed");
  if (market?.kind === "guarded") add("guarded", "setBound", [part(market.bound)]);
  if (isRouted(params, market)) add("routed", "setRoute", [named.oracles[market.kind]]);
  if (feed.kind === "rate") add("rate", "setRate", rateArgs(params, feed, named.sources[symbol]));
  return settings;
}

function trustOf({ heartbeat, deviation, volatility, confidence }: Published) {
  return {
    heartbeat,
    deviation: part(deviation),
    volatility: part(volatility),
    confidence: part(confidence),
  };
}

function rateArgs(params: Params, feed: RateFeed, source: unknown): unknown[] {
  const underlying = feed.underlying === undefined ? 0 : assetOf(params, feed.underlying);
  const traded = feed.market !== undefined;
  return [source, TELLS[feed.tells], traded, underlying, part(feed.growth)];
}
