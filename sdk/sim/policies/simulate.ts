import { WAD } from "../../math/WadMath.ts";
import { wadOf } from "../../params/decimal.ts";
import type { Params } from "../../params/params.ts";
import { createRandom, seedFor } from "../random.ts";
import { feedWad, toNumber } from "../../decimal.ts";
import { Account } from "./Account.ts";
import { deltasOf, judge, usd, type ConditionCheck } from "./Book.ts";
import { Estimates } from "./Estimates.ts";
import type { Event } from "./Event.ts";
import { pathOf, type Draw, type Path } from "./Path.ts";
import type { Policy } from "./Policy.ts";
import { Pool, type Moment } from "./Pool.ts";
import { populate, type Owner } from "./population.ts";
import type { Tally } from "./Tally.ts";

const TURNOVER = 2; // times the pool, that a day trades of each factor
const FUND = 0.01; // of open interest that the insurance fund should hold, and does

/** An event with its pool, before any policy. */
export interface Stage {
  readonly params: Params;
  readonly event: Event;
  readonly path: Path;
  readonly seed: number;
  readonly accounts: number;
  readonly volumes: readonly number[]; // a day's, USD
  readonly begun: () => Estimates;
}

/** What one policy made of it: the end, and the way there. */
export interface Run {
  readonly leader: string; // whose price the way shows
  readonly tally: Tally;
  readonly course: readonly Entry[];
}

/** How far things were, per cent of open interest. */
export interface Entry {
  readonly time: number;
  readonly price: number; // of what leads the tape, sales included
  readonly badDebt: number;
  readonly liquidated: number;
}

/** Draws the path and the market that belongs to a pool of this size. @throws TooShort */
export function stageOf(event: Event, params: Params, accounts: number, draw: Draw): Stage {
  const path = pathOf(event, params, draw);
  const { seed } = draw;
  const begun = () => Estimates.at(params, path.prices[0]!, path.times[0]!, event.before);
  const sight = begun().sight(path.prices[0]!);
  const owners = populate(accounts, params, sight, seed, WAD);
  return { params, event, path, seed, accounts, begun, volumes: volumesOf(owners, sight) };
}

/** A day's volume of each factor: so many times what the accounts that owe are exposed to. */
function volumesOf(owners: readonly Owner[], sight: ConditionCheck): number[] {
  const owing = owners.filter(({ book }) => judge(book, sight, WAD).owed > 0n);
  return sight.prices.map((_, i) => {
    const held = owing.map(({ book }) => Math.abs(deltasOf(book, sight.prices)[i]!));
    return Math.max(1, TURNOVER * held.reduce((sum, one) => sum + one, 0));
  });
}

/** One policy, from the first price to the last. */
export function simulate(stage: Stage, policy: Policy): Run {
  const { path } = stage;
  const estimates = stage.begun();
  const pool = poolOf(stage, policy, estimates.sight(path.prices[0]!));
  const course: Entry[] = [];
  const leader = leaderOf(stage);
  const first = path.factors.indexOf(leader);
  for (const [k, time] of path.times.entries()) {
    const free = path.prices[k]!;
    const fallen = pool.impact.step(path.step, estimates.daily());
    const told = free.map((price, i) => feedWad(toNumber(price) * (1 - fallen[i]!)));
    estimates.observe(told, time);
    pool.step(momentOf(estimates, told, free));
    course.push(entryOf(time, toNumber(told[first]!), pool.tally));
  }
  pool.close();
  return { leader, tally: pool.tally, course };
}

function momentOf(estimates: Estimates, told: readonly bigint[], free: readonly bigint[]): Moment {
  return {
    sight: estimates.sight(told),
    free: estimates.sight(free),
    daily: estimates.daily(),
    hourly: estimates.hourly(),
  };
}

function poolOf(
  { params, path, accounts, seed, volumes }: Stage,
  policy: Policy,
  sight: ConditionCheck,
): Pool {
  const multiplier = wadOf(policy.multiplier);
  const owners = populate(accounts, params, sight, seed, multiplier);
  const drawn = owners.map((owner, i) => {
    return new Account(owner, multiplier, createRandom(seedFor(seed, `account ${i}`)));
  });
  const openInterest = owners.reduce(
    (sum, { book }) => sum + usd(judge(book, sight, multiplier).owed),
    0,
  );
  const { dust } = params.liquidation;
  const fundRequired = FUND * openInterest;
  const { step } = path;
  return new Pool({ accounts: drawn, policy, step, volumes, openInterest, fundRequired, dust });
}

/** The factor whose price a picture shows: the tape's first, or the pool's if it lists none. */
function leaderOf({ event, path }: Stage): string {
  const first = event.tape.symbols[0]!;
  return path.factors.includes(first) ? first : path.factors[0]!;
}

function entryOf(time: number, price: number, tally: Tally): Entry {
  const { openInterest, badDebt, liquidated } = tally;
  const share = (part: number) => (100 * part) / Math.max(1, openInterest);
  return {
    time,
    price,
    badDebt: share(badDebt),
    liquidated: share(liquidated),
  };
}
