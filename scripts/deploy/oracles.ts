import { marketOf, publishedOf, aggregatedOf, type MarketFeed } from "../../sdk/params/feeds.ts";
import type { Params } from "../../sdk/params/params.ts";

/** The contracts that a pool's prices can come from. */
export type OracleName = "chainlink" | "pyth" | "guarded" | "routed" | "rate" | "sequencer";

/** Which of them a pool has, from the inside out: each asks those before it. */
export interface Oracles {
  readonly names: readonly OracleName[];
  readonly market: OracleName; // which answers the market prices of all assets
  readonly outer: OracleName; // which the pool asks
}

/**
 * The least that answers for every listing: a pool whose feeds are all Chainlink's asks Chainlink's
 * oracle itself, and pays for no other.
 */
export function oraclesOf({ listings, sequencer }: Params): Oracles {
  const feeds = Object.values(listings).map(({ feed }) => feed);
  const markets = feeds.map(marketOf).filter((market) => market !== undefined);
  const kinds = [...new Set(markets.map(({ kind }) => kind))];
  const market = kinds.length === 1 ? kinds[0]! : "routed";
  const has: Readonly<Record<OracleName, boolean>> = {
    sequencer: sequencer !== undefined,
    chainlink: markets.some((one) => aggregatedOf(one) !== undefined),
    pyth: markets.some((one) => publishedOf(one) !== undefined),
    guarded: kinds.includes("guarded"),
    routed: market === "routed",
    rate: feeds.some(({ kind }) => kind === "rate"),
  };
  const names = (Object.keys(has) as OracleName[]).filter((name) => has[name]);
  return { names, market, outer: has.rate ? "rate" : market };
}

/** Does a market have the oracle of its own kind named, among several? */
export function isRouted(params: Params, market: MarketFeed | undefined): market is MarketFeed {
  return market !== undefined && oraclesOf(params).market === "routed";
}
