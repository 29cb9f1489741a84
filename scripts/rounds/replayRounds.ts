import { wadOf } from "../../sdk/params/decimal.ts";
import type { FactorParams, Params } from "../../sdk/params/params.ts";
import { StateCount } from "./StateCount.ts";
import { UnknownFactorName } from "./errors.ts";
import type { Rounds } from "./file.ts";
import { ADVERSARIES } from "./greedy.ts";
import { play, type Played } from "./play.ts";
import { drawSchedule } from "./random.ts";
import { referenceOf } from "./reference.ts";
import { openRoundsChain } from "./RoundsChain.ts";
import { keyOf } from "./TwinLane.ts";
import { honestTwin, scheduledTwin } from "./twins.ts";

const CALLERS = 8;

/** How far a replay has come. */
export interface Progress {
  readonly stage: string;
  readonly done: number;
  readonly all: number;
}

/** What to replay, and how often. */
export interface ReplayRounds {
  readonly rounds: Rounds;
  readonly params: Params;
  readonly factor?: string | undefined; // whose σstress and floor; the symbol's own, else ETH
  readonly schedules: number; // random ones, in the SDK
  readonly onChain: number; // of them, on the chain too
  readonly seed: number;
  onProgress(progress: Progress): void;
}

/** What a replay of rounds shows. */
export interface ReplayedRounds {
  readonly rounds: Rounds;
  readonly factor: string;
  readonly played: Played;
  readonly reference: { readonly fast: number; readonly slow: number };
  readonly naive: readonly number[]; // √vF if only the rounds that an adversary chose counted
  readonly schedules: number;
  readonly onChain: number;
  readonly distinctStates: number; // after one and the same round: SDK, chain, and both at the end
}

/**
 * Replays every round through MockV3Aggregator, ChainlinkOracle and `observe`, and every random
 * schedule through the SDK.
 *
 * @throws UnknownFactorName
 */
export async function replayRounds(options: ReplayRounds): Promise<ReplayedRounds> {
  const { params, onProgress } = options;
  const { rounds } = options.rounds;
  const [name, factor] = factorOf(params, options);
  const onChain = Math.min(options.onChain, options.schedules);
  const lanes = 1 + ADVERSARIES.length + onChain;
  const bounds = { floor: wadOf(factor.volatilityFloor), stress: wadOf(factor.volatilityStress) };
  const twins = { rounds, bounds };
  const draw = (i: number) => drawSchedule(options.seed, i, rounds.length, CALLERS);
  const census = new StateCount();
  const { marks } = honestTwin(twins, census);
  onProgress({ stage: "deploying", done: 0, all: 1 });
  const stage = await openRoundsChain({ params, factor, rounds: options.rounds, lanes });
  onProgress({ stage: "deploying", done: 1, all: 1 });
  const schedules = Array.from({ length: onChain }, (_, i) => draw(i));
  const report = (stageName: string) => (done: number, all: number) =>
    onProgress({ stage: stageName, done, all });
  const chained = { stage, rounds, marks, schedules, onProgress: report("chain") };
  const played = await play(chained);
  await stage.chain.connection.close();
  for (const { final } of [played.honest, ...played.greedy, ...played.random]) {
    census.note(final.round, keyOf(final));
  }
  for (let i = 0; i < options.schedules; i++) {
    scheduledTwin(twins, draw(i), census);
    onProgress({ stage: "schedules", done: i + 1, all: options.schedules });
  }
  const quotes = rounds.map(({ time, price }) => ({ time, price: Number(price) }));
  const chosen = played.greedy.map((lane) =>
    referenceOf(
      lane.chosen.map((i) => quotes[i]!),
      factor.volatilityStress,
    ),
  );
  return {
    ...{ rounds: options.rounds, factor: name, played, schedules: options.schedules, onChain },
    reference: referenceOf(quotes, factor.volatilityStress),
    naive: chosen.map(({ fast }) => fast),
    distinctStates: Math.max(census.distinct, played.census.distinct),
  };
}

function factorOf({ factors }: Params, options: ReplayRounds): readonly [string, FactorParams] {
  const { base } = options.rounds;
  const name = options.factor ?? (Object.hasOwn(factors, base) ? base : "ETH");
  if (Object.hasOwn(factors, name)) return [name, factors[name]!];
  throw new UnknownFactorName(name, Object.keys(factors));
}
