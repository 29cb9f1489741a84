import type { Random } from "../../sdk/sim/random.ts";
import { type Account, Phase, type Snapshot } from "../../sdk/snapshot/Snapshot.ts";
import { observed, withRounds } from "../../sdk/state/index.ts";
import { standingOf } from "../../sdk/state/margin.ts";
import { poke } from "../../sdk/state/poke.ts";
import { factorPriceAt } from "../../sdk/state/price.ts";
import { assetId, type AccountId } from "../../sdk/types/Ids.ts";
import type { Sight, Stretch } from "./watcher.ts";

// A margin call lived in the SDK's memory: prices go their way, and now and then somebody looks.

export const GRID = 60; // seconds between two moments
const HOURS = 8;
const FACTORS = [1, 2, 4];

/** What somebody saw, and what the house made of it. */
export interface Look {
  readonly sight: Sight;
  readonly account: Account; // after the poke
  readonly stretch: Stretch; // all moments since the look before, both ends among them
}

/** How prices go, and how often anyone looks. */
interface Style {
  readonly step: number; // of a round, relative
  readonly drift: number; // of ten minutes, relative
  readonly rounds: number; // seconds between two at most
  readonly looks: readonly [least: number, most: number]; // seconds between two
}

const LOOKS: readonly Style["looks"][] = [
  [60, 60],
  [60, 300],
  [60, 600],
  [120, 3_000],
  [600, 10_800],
];

function drawStyle(random: Random): Style {
  return {
    step: random.pick([0, 0, 0.0002, 0.001, 0.003, 0.02]),
    drift: random.pick([0, 0, 0.0003, -0.0003, 0.003, -0.003]),
    rounds: random.pick([60, 600, 600, 1_800, 6_000]),
    looks: random.pick(LOOKS),
  };
}

/** An account at a start, and what is drawn. */
export interface Life {
  readonly id: AccountId;
  readonly start: number;
  readonly random: Random;
}

/** The looks at an account over some hours, the first at the start; the last when its call is over. */
export function live(first: Snapshot, { id, start, random }: Life): Look[] {
  const style = drawStyle(random);
  const market = pricesFrom(start, { ...style, random });
  const looks: Look[] = [];
  let [s, stretch, next] = [first, [] as Sight[], start];
  for (let time = start; time <= start + HOURS * 3_600; time += GRID) {
    s = market(s, time);
    const sight = sightOf(s, id, time);
    stretch.push(sight);
    if (time < next) continue;
    s = poke(s, id, time).state;
    const account = s.accounts[id]!;
    looks.push({ sight, account, stretch });
    if (account.phase !== Phase.Called) break;
    [stretch, next] = [[sight], time + between(random, ...style.looks)];
  }
  return looks;
}

function between(random: Random, least: number, most: number): number {
  return least + GRID * random.integer(1 + (most - least) / GRID);
}

/** What one who looks sees, in plain numbers. */
function sightOf(s: Snapshot, id: AccountId, time: number): Sight {
  const { health, calm, fresh } = standingOf(s, id, time);
  return { time, health: Number(health) / 1e18, calm: Number(calm) / 1e18, fresh };
}

/** Rounds of all factors together, now and then; mostly someone observes them. */
function pricesFrom(start: number, style: Style & { readonly random: Random }) {
  const { random, step, drift, rounds: most } = style;
  let [last, next] = [start, start + between(random, GRID, most)];
  return (s: Snapshot, time: number): Snapshot => {
    if (time < next) return s;
    const trend = (drift * (time - last)) / 600;
    [last, next] = [time, time + between(random, GRID, most)];
    const rounds = Object.fromEntries(
      FACTORS.map((factor) => {
        const { price } = factorPriceAt(s, factor, time);
        const move = 1 + trend + step * random.normal();
        return [assetId(factor, 0), (price * BigInt(Math.round(move * 1e9))) / 10n ** 9n];
      }),
    );
    const told = withRounds(s, { timestamp: time, rounds });
    return random.uniform() < 0.7 ? observed(told, { timestamp: time }) : told;
  };
}
