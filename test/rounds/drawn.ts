import { createRandom } from "../../sdk/sim/random.ts";
import type { FeedRound } from "../../scripts/rounds/Feed.ts";
import { feedWad } from "../../sdk/decimal.ts";

/** A wandering price: so many rounds, gaps from seconds to hours, now and then a jump. */
export interface Drawn {
  readonly seed: number;
  readonly count: number;
  readonly start?: number; // Unix seconds
  readonly price?: number;
  readonly phase?: bigint;
  readonly gap?: number; // seconds; drawn if left out
}

export const START = 1_700_000_000;

/** Rounds of one phase. */
export function drawRounds({ seed, count, gap, ...from }: Drawn): FeedRound[] {
  const { start = START, price: first = 2_000, phase = 3n } = from;
  const random = createRandom(seed);
  let [time, price] = [start, first];
  return Array.from({ length: count }, (_, i) => {
    time += gap ?? random.pick([20, 70, 600, 3_600, 3_600, 9_000]);
    price *= Math.exp(random.pick([0.001, 0.004, 0.03]) * random.normal());
    return { id: (phase << 64n) + BigInt(1 + i), price: feedWad(price), time, came: time };
  });
}
