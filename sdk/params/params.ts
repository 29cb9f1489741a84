import { z } from "zod";

import { MAX_DEPTH } from "../math/ScenarioMath.ts";
import { MAX_VALUE, WAD } from "../math/WadMath.ts";
import { MAX_HOLDING } from "../snapshot/wads.ts";
import { check } from "./check.ts";
import { Invalid } from "./errors.ts";
import { feed, marketOf, publishedOf, type GuardedFeed, type RateFeed } from "./feeds.ts";
import { address, addressOr, decimal, rate } from "./schema.ts";

// deployments/<network>/params.json: every number somebody chose, in human units. Rates, volatilities
// and multipliers are kept on chain as parts per billion, hence nine decimal places; open interest as
// millionths of a unit; dollars of daily volume are whole. Bounds are those of
// contracts/logic/Settings.sol; what the maths is stated for it says itself.

/** A maintenance rate and an initial one, which is no smaller. */
function pair(maintenance: number, initial: number) {
  return z
    .tuple([rate(0, maintenance), rate(0, initial)])
    .refine(([low, high]) => low <= high, { message: "maintenance at most initial" });
}

const share = rate(0, 1);
const volatility = rate(0, 4);
const charge = pair(0.1, 0.13);
const whole = z
  .int()
  .min(0)
  .max(Number(MAX_VALUE / WAD));
const units = decimal(0, Number(MAX_DEPTH / WAD), 6);

const openInterest = z.strictObject({
  low: units, // of the underlying: where g leaves 1
  high: units, // where it reaches 2
  cap: units, // past which no fill may go
});

const market = z.strictObject({
  perpBasis: z
    .tuple([rate(0.001, 0.1), rate(0.001, 0.15)]) // of |net perp size|·S
    .refine(([low, high]) => low <= high, { message: "maintenance at most initial" }),
  expiryBasis: z.strictObject({
    base: rate(0, 0.05), // of |net delta of one expiry|·S, at once
    slope: rate(0, 0.5), // and per year until expiry
    cap: rate(0.005, 0.2),
  }),
  fundingCap: rate(0, 0.05), // premium that funding is paid on, at most
  tolerance: rate(0.005, 0.2), // how far off its mark a fill may be, and what a day's losses cut payouts by
});

const factor = z.strictObject({
  id: z.int().min(1).max(254),
  class: z.enum(["major", "mid", "thin"]),
  shockFloor: rate(0.01, 0.4), // sMin
  volatilityFloor: rate(0.05, 3), // σfloor
  volatilityStress: volatility, // σstress
  correlation: share, // ρ with the market
  alt: z.boolean(),
  exit: pair(0.1, 0.15), // exit haircut
  dailyVolume: whole, // ADV, USD; zero for no size charge
  openInterest,
  onePercent: units, // what moves the price by 1 % if sold at once, of the underlying; zero for no throttle
  market, // of its perp, futures and options
});

const asset = z.strictObject({
  factor: z.string(),
  index: z.int().min(0).max(255), // zero for the underlying itself
  charge: charge.optional(), // of what follows the underlying
  rate: z.number().positive().optional(), // units of the underlying that a book without a rate assumes
});

const stable = z.strictObject({
  index: z.int().min(0).max(255),
  charge, // on a long face
  cash: z.boolean().optional(), // the pool's settlement token; its index is zero
});

const grace = z.strictObject({ minutes: z.int().min(5).max(1_440), multiplier: rate(1, 3) });

const listing = z.strictObject({
  token: addressOr("mint"), // which a local chain makes
  decimals: z.int().min(0).max(18),
  cap: z
    .number()
    .nonnegative()
    .max(Number(MAX_HOLDING / WAD))
    .optional(), // units of the token; of cash see supplyCap
  feed,
});

const sequencer = z.strictObject({
  feed: addressOr("mock"), // Chainlink's uptime feed
  grace: z.int().min(0).max(86_400), // seconds after an outage in which no call's clock runs
});

const governance = z.strictObject({
  delayHours: z.int().min(0).max(720), // between the scheduling of a change and its execution
  governor: address.optional(), // who changes parameters; the deployer if left out
  poster: address.optional(), // who posts surfaces and lists expiries, at once
  guardian: address.optional(), // who locks the pool, at once; the governor if left out
});

const cash = z.strictObject({
  base: rate(0, 0.5),
  slopeLow: rate(0, 2),
  slopeHigh: rate(0, 4),
  kink: rate(0.1, 1),
  spread: rate(0, 0.5),
  supplyCap: whole,
  borrowCap: whole,
  minimumIdle: whole,
});

const trade = z
  .strictObject({
    makerFee: rate(0, 0.01), // share of notional
    takerFee: rate(0, 0.01),
    insuranceShare: share, // of fees, to the insurance fund
    surfaceMinutes: z.int().min(1).max(1_440), // that a posted surface lets options trade
    surfaceStep: rate(0.001, 0.5), // most a post may move volatility, relative
    surfaceSeconds: z.int().min(1).max(3_600), // between two posts
    surfaceDrift: rate(0.001, 1), // most surfaces may move within an hour, relative
    surfaceDriftLocked: rate(0, 1), // while the pool is locked
    feeRecipient: address.optional(), // owner of the account fees go to; else the insurance fund
  })
  .refine(({ makerFee, takerFee }) => makerFee <= takerFee, {
    message: "maker fee at most taker fee",
  })
  .refine(({ surfaceStep, surfaceDrift }) => surfaceStep <= surfaceDrift, {
    message: "a surface's step at most its drift",
  })
  .refine(({ surfaceDrift, surfaceDriftLocked }) => surfaceDriftLocked <= surfaceDrift, {
    message: "drift while locked at most drift",
  });

const keeper = z.strictObject({
  roundFee: rate(0, 1), // for each round observed, cash
  dailyCap: z.int().min(0).max(100_000), // of all that keepers are paid in a UTC day, cash
  finderShare: rate(0, 0.005), // of gross value, for a call that ends in an auction
  finderCap: z.int().min(0).max(10_000), // at most, cash
});

/** A part of the file: the rest of it is another's to read. */
const margin = z.object({
  factors: z.record(z.string(), factor),
  assets: z.record(z.string(), asset),
  stables: z.record(z.string(), stable),
  grace: z.tuple([grace, grace, grace, grace]), // in the order of the contract's tiers
});

const pool = margin
  .extend({
    cash,
    trade,
    liquidation: z.strictObject({ dust: z.int().min(0).max(100_000) }),
    keeper,
    exitPerHour: z.number().min(0.01).max(0.5), // of a token the pool holds, under a lock of level 2
    listings: z.record(z.string(), listing),
    sequencer: sequencer.optional(), // of a chain that has one
    pyth: addressOr("mock").optional(), // Pyth's contract
    governance: governance.optional(), // the deployer alone, and at once, if left out
  })
  .strict();

export type FactorParams = z.output<typeof factor>;
export type AssetParams = z.output<typeof asset>;
export type StableParams = z.output<typeof stable>;
export type MarketParams = z.output<typeof market>;
export type TradeParams = z.output<typeof trade>;
export type GraceTier = z.output<typeof grace>;
export type Listing = z.output<typeof listing>;

/** What the margin model is told: factors, assets that follow them, stables, grace tiers. */
export type MarginParams = z.output<typeof margin>;

/** All that a pool is deployed with. */
export type Params = z.output<typeof pool>;

/**
 * The margin model's part of a parameter file; other parts are left unread.
 *
 * @throws Invalid with the path and the value
 */
export function parseMarginParams(json: unknown): MarginParams {
  return consistent(check(margin, json, "params"));
}

/**
 * All of a parameter file.
 *
 * @throws Invalid with the path and the value, UnknownKey
 */
export function parseParams(json: unknown): Params {
  const params = consistent(check(pool, json, "params"));
  for (const name of Object.keys(params.listings)) {
    if (Object.hasOwn(params.assets, name) || Object.hasOwn(params.stables, name)) continue;
    throw new Invalid("params.listings", name, "names of assets or stables");
  }
  const cash = Object.keys(params.stables).find((name) => params.stables[name]!.cash)!;
  if (!Object.hasOwn(params.listings, cash))
    throw new Invalid(
      "params.listings",
      Object.keys(params.listings),
      `${cash}, the pool's cash, among them`,
    );
  for (const [name, { cap }] of Object.entries(params.listings)) {
    if (name !== cash && cap === undefined)
      throw new Invalid(`params.listings.${name}.cap`, cap, "units of the token");
  }
  requireFeeds(params);
  return params;
}

/** What no single entry can tell: names that point somewhere, ids that are one's own, one cash. */
function consistent<P extends MarginParams>(params: P): P {
  const { factors, assets, stables } = params;
  for (const name of Object.keys(assets)) requireSound(params, name);
  for (const [name, factor] of Object.entries(factors)) {
    const { openInterest, volatilityFloor: floor, volatilityStress: stress } = factor;
    const path = `params.factors.${name}`;
    if (openInterest.low >= openInterest.high)
      throw new Invalid(`${path}.openInterest`, openInterest, "low below high");
    if (stress < floor)
      throw new Invalid(`${path}.volatilityStress`, stress, `at least volatilityFloor, ${floor}`);
  }
  requireRising(params.grace);
  requireDistinct("params.factors", factors, ({ id }) => id);
  requireDistinct("params.assets", assets, ({ factor, index }) => `${factor} ${index}`);
  requireDistinct("params.stables", stables, ({ index }) => index);
  const cash = Object.keys(stables).filter((name) => stables[name]!.cash);
  if (cash.length === 1 && stables[cash[0]!]!.index === 0) return params;
  throw new Invalid("params.stables", cash, "one stable that is cash, of index 0");
}

/** Longer never costs less. */
function requireRising(tiers: MarginParams["grace"]): void {
  for (const [i, { minutes, multiplier }] of tiers.entries()) {
    const before = tiers[i - 1];
    if (before === undefined) continue;
    if (minutes >= before.minutes && multiplier >= before.multiplier) continue;
    throw new Invalid(
      `params.grace[${i}]`,
      { minutes, multiplier },
      "no less than the tier before",
    );
  }
}

function requireSound({ factors, assets, stables }: MarginParams, name: string): void {
  const path = `params.assets.${name}`;
  const { factor, index, charge } = assets[name]!;
  if (!Object.hasOwn(factors, factor)) throw new Invalid(`${path}.factor`, factor, "a factor");
  if (Object.hasOwn(stables, name)) throw new Invalid(path, name, "a name that no stable has");
  if (Object.hasOwn(factors, name) && (factor !== name || index !== 0))
    throw new Invalid(path, name, `the underlying of ${name}, or another name`);
  if (index > 0 && charge === undefined)
    throw new Invalid(`${path}.charge`, charge, "what is charged on top of the factor");
}

/** What no single feed can tell: whom it leans on, and that sources cannot differ while all is well. */
function requireFeeds(params: Params): void {
  const ids: Record<string, string> = {};
  for (const [symbol, { feed }] of Object.entries(params.listings)) {
    const path = `params.listings.${symbol}.feed`;
    if (feed.kind === "rate") requireRate(params, symbol, feed);
    const market = marketOf(feed);
    if (market?.kind === "guarded") requireApart(path, market);
    const published = market && publishedOf(market);
    if (published === undefined) continue;
    if (params.pyth === undefined) throw new Invalid("params.pyth", undefined, "Pyth's contract");
    const { id, confidence, deviation } = published;
    if (confidence < deviation) throw new Invalid(path, confidence, "confidence above deviation");
    ids[symbol] = id;
  }
  requireDistinct("params.listings", ids, (id) => id);
}

function requireApart(path: string, { bound, chainlink, pyth }: GuardedFeed): void {
  if (bound >= chainlink.deviation + pyth.deviation) return;
  throw new Invalid(`${path}.bound`, bound, "no less than the two deviations together");
}

function requireRate({ assets, stables, listings }: Params, symbol: string, feed: RateFeed): void {
  const path = `params.listings.${symbol}.feed`;
  const isCash = stables[symbol]?.cash === true;
  if (isCash || assets[symbol]?.index === 0)
    throw new Invalid(`${path}.kind`, "rate", "a market: rounds and debts are priced by it");
  const { underlying } = feed;
  if (stables[symbol] === undefined) {
    if (underlying !== undefined)
      throw new Invalid(`${path}.underlying`, underlying, "none: its factor has one");
    return;
  }
  const known = underlying !== undefined && underlying !== symbol && stables[underlying];
  if (!known || listings[underlying] === undefined)
    throw new Invalid(`${path}.underlying`, underlying, "another stable that is listed");
}

function requireDistinct<T>(
  path: string,
  entries: Readonly<Record<string, T>>,
  keyOf: (entry: T) => unknown,
): void {
  const seen = new Map<unknown, string>();
  for (const [name, entry] of Object.entries(entries)) {
    const key = keyOf(entry);
    if (seen.has(key))
      throw new Invalid(`${path}.${name}`, key, `another than that of ${seen.get(key)}`);
    seen.set(key, name);
  }
}
