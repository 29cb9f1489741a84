import { z } from "zod";

import { addressOr, rate } from "./schema.ts";

// Where a listing's price comes from, by `kind`; Chainlink if it is left out. `price` is what mocks of
// a local chain answer first. Bounds are those of contracts/oracles.

const price = z.number().positive().optional();
const deviation = rate(0, 0.1); // of the price: the band while all is well
const volatility = rate(0, 4); // by which the band grows past the heartbeat

const aggregated = z.strictObject({
  aggregator: addressOr("mock"),
  decimals: z.int().min(0).max(18).optional(),
  heartbeat: z.int().min(60).max(604_800), // seconds
  ...{ deviation, volatility },
});

const published = z.strictObject({
  id: z.string().regex(/^0x[0-9a-f]{64}$/, { message: "Pyth's id: 0x and 64 small hex digits" }),
  heartbeat: z.int().min(10).max(604_800), // seconds
  confidence: rate(0, 0.5), // of the price: a wider interval is no good price
  ...{ deviation, volatility },
});

const chainlink = aggregated.extend({ kind: z.literal("chainlink").default("chainlink"), price });
const pyth = published.extend({ kind: z.literal("pyth"), price });

const guarded = z.strictObject({
  kind: z.literal("guarded"), // Chainlink's price and rounds; Pyth's price watches it
  chainlink: aggregated,
  pyth: published,
  bound: rate(0.001, 0.2), // by which the two may differ, of the lower
  price,
});

const redeemed = z.strictObject({
  kind: z.literal("rate"), // what it can be redeemed for, or its market's price if that is lower
  source: addressOr("mock"), // what tells the rate
  tells: z.enum(["wrapped", "share"]), // stEthPerToken(), or as an ERC-4626 share
  growth: rate(0, 0.01), // most in a day
  underlying: z.string().optional(), // of a stable: the one it is redeemed for
  market: z.discriminatedUnion("kind", [chainlink, pyth, guarded]).optional(),
  price,
});

/** How a listing's price is found. */
export const feed = z.discriminatedUnion("kind", [chainlink, pyth, guarded, redeemed], {
  error: () => "chainlink, pyth, guarded or rate",
});

export type Aggregated = z.output<typeof aggregated>;
export type Published = z.output<typeof published>;
export type Feed = z.output<typeof feed>;
export type RateFeed = z.output<typeof redeemed>;
export type GuardedFeed = z.output<typeof guarded>;
export type MarketFeed = Exclude<Feed, RateFeed>;

/** The market of a feed; none where a rate alone is its price. */
export function marketOf(feed: Feed): MarketFeed | undefined {
  return feed.kind === "rate" ? feed.market : feed;
}

/** What of a market Chainlink tells. */
export function aggregatedOf(market: MarketFeed): Aggregated | undefined {
  if (market.kind === "guarded") return market.chainlink;
  return market.kind === "chainlink" ? market : undefined;
}

/** What of a market Pyth tells. */
export function publishedOf(market: MarketFeed): Published | undefined {
  if (market.kind === "guarded") return market.pyth;
  return market.kind === "pyth" ? market : undefined;
}

/** Chainlink's part of a feed. @throws RangeError if it has none */
export function aggregatorOf(feed: Feed): Aggregated {
  const market = marketOf(feed);
  const found = market && aggregatedOf(market);
  if (found === undefined) throw new RangeError(`a ${feed.kind} feed has no aggregator`);
  return found;
}
