import type { Random } from "../../../sdk/sim/random.ts";
import type * as File from "../../../sdk/math/VolatilityMath.ts";
import {
  FALL_PER_HOUR,
  MAINTENANCE_RISE_PER_HOUR,
  MAX_VOLATILITY,
  RISE_PER_HOUR,
  SHORTEST_STEP,
} from "../../../sdk/math/VolatilityMath.ts";
import { HOUR, MAX_ELAPSED, MAX_RATE, WAD } from "../../../sdk/math/WadMath.ts";
import type { Volatility, VolatilityBounds } from "../../../sdk/types/Volatility.ts";
import { all, checked, either, pick, struct, within, type Draw, type Draws } from "./Draw.ts";
import * as figure from "./figures.ts";

const variance = figure.checkedVariance;
const volatility = checked(0n, MAX_VOLATILITY);
const { checkedPositivePrice: price, elapsed } = figure;
const anySample = within(0n, 6_000n * WAD); // a tenth in a minute is 5 256
const anyTime = within(-60n, 2n * MAX_ELAPSED);

const bounds = struct<VolatilityBounds>({ floor: volatility, stress: volatility });

const anyVolatility = struct<Volatility>({
  hour: variance,
  day: variance,
  month: variance,
  used: volatility,
  maintenance: volatility,
  price,
});

const move = within(-120_000n, 120_000n); // in millionths

/** Half the time a price that moved by less than an eighth, else any. */
function nextPrice(random: Random, last: bigint): bigint {
  return random.integer(2) === 0 ? price(random) : last + (last * move(random)) / 1_000_000n;
}

const moves: Draw<[bigint, bigint, bigint]> = (random) => {
  const last = price(random);
  return [last, nextPrice(random, last), checked(SHORTEST_STEP, MAX_ELAPSED)(random)];
};

const rounds: Draw<[Volatility, bigint, bigint, VolatilityBounds]> = (random) => {
  const last = anyVolatility(random);
  return [last, nextPrice(random, last.price), anyTime(random), bounds(random)];
};

export const volatilityDraws: Draws<typeof File> = {
  sampleVariance: moves,
  mixVariance: all(variance, anySample, elapsed, pick(HOUR, 24n * HOUR, 720n * HOUR)),
  rootUp: all(checked(0n, 1n << 190n)),
  targetVolatility: all(figure.variance, figure.variance, bounds),
  speedLimit: all(pick(RISE_PER_HOUR, FALL_PER_HOUR, MAINTENANCE_RISE_PER_HOUR), elapsed),
  approach: all(figure.volatility, figure.volatility, elapsed),
  crowdingAfter: all(
    figure.checkedCrowding,
    figure.checkedCrowding,
    either(figure.duration, figure.checkedLongElapsed),
  ),
  stepVolatility: all(anyVolatility, price, anySample, elapsed, bounds),
  volatilityAfter: all(anyVolatility, price, anySample, anyTime, bounds),
  observeVolatility: rounds,
  resumeVolatility: rounds,
  readVolatility: rounds,
  listedVolatility: all(price, bounds),
  hourVolatility: all(figure.checkedVariance),
  initialVolatility: all(figure.rate, figure.checkedRate),
  volatilityRatio: all(checked(1n, MAX_RATE), figure.checkedRate),
};
