import { hourVolatility, initialVolatility } from "../../sdk/math/VolatilityMath.ts";
import * as VolatilityMath from "../../sdk/math/VolatilityMath.ts";
import type { Volatility, VolatilityBounds } from "../../sdk/types/Volatility.ts";

/** A price at a time. */
export interface Told {
  readonly time: number; // Unix seconds
  readonly price: bigint; // wad
}

/** σ at a moment. */
export interface Point {
  readonly time: number;
  readonly used: bigint;
  readonly maintenance: bigint;
  readonly initial: bigint;
}

/** What a course is made of. */
export interface CourseOptions {
  readonly rounds: readonly Told[];
  readonly bounds: VolatilityBounds;
  readonly between?: readonly number[]; // seconds after each round at which σ is read too
}

/** σ after each round, and as read between rounds: the SDK's twin of every step the chain takes. */
export function course({ rounds, bounds, between = [] }: CourseOptions): Point[] {
  let v = VolatilityMath.listedVolatility(rounds[0]!.price, bounds);
  let time = rounds[0]!.time;
  const points = [pointOf(v, time)];
  rounds.slice(1).forEach((round, i) => {
    const last = rounds[i]!;
    for (const after of between) {
      if (last.time + after >= round.time) continue;
      const elapsed = BigInt(last.time + after - time);
      const read = VolatilityMath.readVolatility(v, last.price, elapsed, bounds);
      points.push(pointOf(read, last.time + after));
    }
    if (round.time < time + 60) return;
    v = VolatilityMath.observeVolatility(v, round.price, BigInt(round.time - time), bounds);
    time = round.time;
    points.push(pointOf(v, time));
  });
  return points;
}

function pointOf(v: Volatility, time: number): Point {
  const initial = initialVolatility(v.used, hourVolatility(v.hour));
  return { time, used: v.used, maintenance: v.maintenance, initial };
}

/** The largest rise and fall of a figure between two moments at most an hour apart, as shares. */
export function hourly(points: readonly Point[], of: (point: Point) => number) {
  let [rise, fall] = [0, 0];
  points.forEach((now, i) => {
    for (let k = i - 1; k >= 0 && now.time - points[k]!.time <= 3_600; k--) {
      const change = of(now) / of(points[k]!) - 1;
      rise = Math.max(rise, change);
      fall = Math.min(fall, change);
    }
  });
  return { rise, fall };
}
