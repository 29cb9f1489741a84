import { createRandom, seedFor, type Random } from "../../sdk/sim/random.ts";

/** What somebody does once a round has come. */
export type Step =
  | { readonly kind: "observe"; readonly who: number; readonly most: number }
  // Adds risk: what waits beyond `leave` rounds is observed first, the act walks the rest.
  | { readonly kind: "act"; readonly who: number; readonly leave: number };

/** Steps by the index of the round they follow. */
export type Schedule = ReadonlyMap<number, readonly Step[]>;

const MOST = [1, 2, 3, 5, 8, 13, 34, 144, 500];
const LEAST_EVENTS = 3;
const DENSEST = 0.05; // events per round
const INLINE = 8;

/** One of the random schedules over so many rounds: few callers or many, small walks or large. */
export function drawSchedule(seed: number, index: number, rounds: number, callers: number) {
  const random = createRandom(seedFor(seed, `schedule ${index}`));
  const spread = Math.log(Math.max(1, (DENSEST * rounds) / LEAST_EVENTS));
  const density = (LEAST_EVENTS * Math.exp(random.uniform() * spread)) / rounds;
  const schedule = new Map<number, Step[]>();
  for (let i = 1; i < rounds; i++) {
    if (random.uniform() >= density) continue;
    schedule.set(
      i,
      Array.from({ length: 1 + random.integer(3) }, () => drawStep(random, callers)),
    );
  }
  return schedule;
}

function drawStep(random: Random, callers: number): Step {
  const who = random.integer(callers);
  if (random.uniform() < 0.3) return { kind: "act", who, leave: random.integer(INLINE + 1) };
  return { kind: "observe", who, most: random.pick(MOST) };
}
