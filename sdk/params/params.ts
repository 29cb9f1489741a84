import { readFileSync } from "node:fs";

import { z } from "zod";

/** A parameter file that cannot be read, with the place in it. */
export class ParamsInvalid extends Error {
  override readonly name = "ParamsInvalid";

  constructor(
    readonly file: string,
    readonly path: string,
    readonly reason: string,
  ) {
    super(`ParamsInvalid: ${file}: ${path || "the file"}: ${reason}`);
  }
}

const rate = (most: number) => z.number().min(0).max(most);
const pair = (most: number) => z.tuple([rate(most), rate(most)]);

const factor = z.strictObject({
  id: z.number().int().min(1).max(254),
  class: z.enum(["major", "mid", "thin"]),
  shockFloor: rate(0.4),
  volatilityFloor: rate(3),
  volatilityStress: rate(4),
  correlation: rate(1),
  alt: z.boolean(),
  exit: pair(0.15),
  dailyVolume: z.number().int().nonnegative(), // USD; 0 for no size charge
  openInterest: z.tuple([z.number().nonnegative(), z.number().nonnegative()]), // USD: low, high
});

const asset = z.strictObject({
  factor: z.string(),
  index: z.number().int().min(0).max(255),
  charge: pair(0.13).optional(), // of what follows the factor
  rate: z.number().positive().optional(), // units of the underlying, where no feed says
});

const stable = z.strictObject({
  index: z.number().int().min(0).max(255),
  charge: pair(0.13),
  cash: z.boolean().optional(),
});

const feed = z.strictObject({
  aggregator: z.string(), // address, or "mock" on a local chain
  heartbeat: z.number().int().min(60).max(604_800), // seconds
  deviation: rate(0.1),
  volatility: rate(4), // by which the band grows past the heartbeat
  decimals: z.number().int().min(0).max(18).optional(), // of a mock
  price: z.number().positive().optional(), // first answer of a mock
});

const listing = z.strictObject({
  token: z.string(), // address, or "mint" on a local chain
  decimals: z.number().int().min(0).max(18),
  cap: z.number().nonnegative().optional(), // units; cash has its supply cap
  feed,
});

const cash = z.strictObject({
  base: rate(0.5),
  slopeLow: rate(2),
  slopeHigh: rate(4),
  kink: z.number().min(0.1).max(1),
  spread: rate(0.5),
  supplyCap: z.number().nonnegative(),
  borrowCap: z.number().int().nonnegative(),
  minimumIdle: z.number().int().nonnegative(),
});

const tier = z.strictObject({
  minutes: z.number().int().min(5).max(1_440),
  multiplier: z.number().min(1).max(3),
});

const params = z.strictObject({
  factors: z.record(z.string(), factor),
  assets: z.record(z.string(), asset),
  stables: z.record(z.string(), stable),
  grace: z.tuple([tier, tier, tier, tier]),
  liquidation: z.strictObject({ dust: z.number().int().nonnegative() }),
  cash,
  listings: z.record(z.string(), listing),
});

/** Every human choice of one deployment, in human units. */
export type Params = z.infer<typeof params>;
export type Listing = z.infer<typeof listing>;

/** Checks a parsed parameter file. Throws ParamsInvalid with the first bad path. */
export function parseParams(raw: unknown, file = "params"): Params {
  const parsed = params.safeParse(raw);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw new ParamsInvalid(file, issue.path.join("."), issue.message);
}

/** Reads and checks a parameter file. Throws ParamsInvalid. */
export function readParams(file: string): Params {
  return parseParams(readJson(file), file);
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new ParamsInvalid(file, "", (error as Error).message);
  }
}
