import { isCertain } from "../../sdk/math/FuseMath.ts";
import { type Account, Phase, type Snapshot } from "../../sdk/snapshot/Snapshot.ts";
import type { Random } from "../../sdk/sim/random.ts";
import { observed, withRounds } from "../../sdk/logic/index.ts";
import { accountHealthOf } from "../../sdk/logic/margin.ts";
import { poke } from "../../sdk/logic/poke.ts";
import { factorPriceAt } from "../../sdk/snapshot/price.ts";
import { assetId, type AccountId } from "../../sdk/types/Ids.ts";
import type { ConditionCheck, Stretch } from "./watcher.ts";

// A margin call lived in the SDK's memory: prices go their way, and now and then somebody looks.

export const GRID = 60; // seconds between two moments
const HOURS = 8;
const FACTORS = [1, 2, 4];
const FEED_UNIT = 10n ** 10n; // feeds have eight decimals
const AHEAD = 5; // seconds by which a round comes before a moment

/** What somebody saw, and what the house made of it. */
export interface Look {
  readonly sight: ConditionCheck;
  readonly account: Account; // after the poke
  readonly stretch: Stretch; // all moments since the look before, both ends among them
}

/** How prices go, and how often anyone looks. */
export interface Style {
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

/** A round of each factor, and whether someone observed it. */
export interface Told {
  readonly time: number;
  readonly prices: ReadonlyMap<number, bigint>; // of factors
  readonly observed: boolean;
}

/** An account at a start, and what is drawn. */
export interface Life {
  readonly id: AccountId;
  readonly start: number;
  readonly random: Random;
  readonly factors?: readonly number[]; // whose prices move
  readonly onRound?: (told: Told) => void;
}

/** The looks at an account over some hours, the first at the start; the last when its call is over. */
export function live(first: Snapshot, life: Life): Look[] {
  const { id, start, random } = life;
  const style = drawStyle(random);
  const market = pricesFrom(life, style);
  const looks: Look[] = [];
  let [s, stretch, next] = [first, [] as ConditionCheck[], start];
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
function sightOf(s: Snapshot, id: AccountId, time: number): ConditionCheck {
  const accountHealth = accountHealthOf(s, id, time);
  const { health, calmness } = accountHealth;
  const certain = isCertain(accountHealth);
  return { time, health: Number(health) / 1e18, calmness: Number(calmness) / 1e18, certain };
}

/** Rounds of all factors together, now and then, just before a moment; mostly someone observes them. */
export function pricesFrom({ start, random, factors = FACTORS, onRound }: Life, style: Style) {
  let [last, next] = [start, start + between(random, GRID, style.rounds)];
  return (s: Snapshot, moment: number): Snapshot => {
    if (moment < next) return s;
    const time = moment - AHEAD;
    const trend = (style.drift * (moment - last)) / 600;
    [last, next] = [moment, moment + between(random, GRID, style.rounds)];
    const prices = new Map(
      factors.map((factor) => {
        const { price } = factorPriceAt(s, factor, time);
        const move = 1 + trend + style.step * random.normal();
        const moved = (price * BigInt(Math.round(move * 1e9))) / 10n ** 9n;
        return [factor, moved - (moved % FEED_UNIT)] as const;
      }),
    );
    const told = { time, prices, observed: random.uniform() < 0.7 };
    onRound?.(told);
    return withTold(s, told);
  };
}

function withTold(s: Snapshot, { time: timestamp, prices, observed: seen }: Told): Snapshot {
  const rounds = [...prices].map(([factor, price]) => [assetId(factor, 0), price] as const);
  const told = withRounds(s, { timestamp, rounds: Object.fromEntries(rounds) });
  return seen ? observed(told, { timestamp }) : told;
}
