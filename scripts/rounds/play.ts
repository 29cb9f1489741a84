import { parseEventLogs } from "viem";

import { clearinghouseAbi } from "../../sdk/generated/clearinghouseAbi.ts";
import { decodeError } from "../../sdk/errors/decodeError.ts";
import { EstimateBehind } from "../../sdk/errors/pool.ts";
import type { Estimate } from "../../sdk/snapshot/Snapshot.ts";
import { INLINE_ROUNDS } from "../../sdk/logic/estimates.ts";
import { StateCount } from "./StateCount.ts";
import { PHASE } from "./Feed.ts";
import type { FeedRound } from "./Feed.ts";
import { MOST_MISSING } from "./file.ts";
import { ADVERSARIES, type Mark } from "./greedy.ts";
import type { Schedule, Step } from "./random.ts";
import {
  borrow,
  estimateOf,
  initialRead,
  observe,
  publish,
  type Lane,
  type RoundsChain,
} from "./RoundsChain.ts";

const LARGEST_WALK = 500; // rounds in one transaction
const BORROWS = 12; // moments at which everyone borrows

/** σIM as read by one borrow of one lane. */
export interface Reading {
  readonly index: number; // of the round it followed
  readonly sigma: bigint;
}

/** What became of a lane. */
export interface LaneResult {
  readonly readings: readonly Reading[];
  readonly refusals: number; // borrows that EstimateBehind sent to observe first
  readonly chosen: readonly number[]; // indices of the rounds that a walk of its own ended at
  readonly final: Estimate; // everything walked
}

/** What a replay on the chain needs: lane 0 is honest, then the adversaries, then the schedules. */
export interface Play {
  readonly stage: RoundsChain;
  readonly rounds: readonly FeedRound[];
  readonly marks: readonly Mark[];
  readonly schedules: readonly Schedule[];
  onProgress(done: number, all: number): void;
}

/** What a replay on the chain shows. */
export interface Played {
  readonly honest: LaneResult;
  readonly greedy: readonly LaneResult[];
  readonly random: readonly LaneResult[];
  readonly census: StateCount; // of σused and σMM by round, from every Observe event
}

/** A stage, and what is told on it. */
type Course = RoundsChain & Pick<Play, "rounds">;

interface Runner {
  readonly lane: Lane;
  readonly readings: Reading[];
  readonly chosen: number[];
  stood: number; // index of the last round walked
  refusals: number;
}

/** Replays every round through the chain; everyone has the same rounds and makes what he will of them. */
export async function play({ stage: made, ...play }: Play): Promise<Played> {
  const { rounds, marks, schedules, onProgress } = play;
  const stage = { ...made, rounds };
  const start = await stage.chain.client.getBlockNumber();
  const runners = stage.lanes.map((lane): Runner => {
    return { lane, readings: [], chosen: [0], stood: 0, refusals: 0 };
  });
  const [honest, ...others] = runners as [Runner, ...Runner[]];
  const greedy = others.slice(0, ADVERSARIES.length);
  const random = others.slice(ADVERSARIES.length);
  const moments = momentsOf(rounds.length);
  for (let i = 1; i < rounds.length; i++) {
    await publish(stage, rounds[i]!);
    await walkTo(stage, honest, i);
    for (const [k, runner] of greedy.entries()) {
      const sight = { marks: marks.slice(0, i + 1), stood: runner.stood };
      await walkTo(stage, runner, ADVERSARIES[k]!.choose(sight));
    }
    for (const [k, runner] of random.entries()) {
      for (const step of schedules[k]!.get(i) ?? []) await take(stage, runner, step, i);
    }
    if (moments.has(i)) for (const runner of [honest, ...greedy]) await read(stage, runner, i);
    onProgress(i + 1, rounds.length);
  }
  const results: LaneResult[] = [];
  for (const runner of runners) results.push(await finish(stage, runner));
  const [first, ...rest] = results as [LaneResult, ...LaneResult[]];
  return {
    ...{ honest: first, greedy: rest.slice(0, greedy.length), random: rest.slice(greedy.length) },
    census: await censusOf(stage, start),
  };
}

/** Evenly spread, the last round among them. */
function momentsOf(rounds: number): Set<number> {
  const share = (rounds - 1) / BORROWS;
  return new Set(Array.from({ length: BORROWS }, (_, i) => Math.round((i + 1) * share)));
}

/** Observes up to the round of an index, as far as it is not walked yet; missing ids are walked, too. */
async function walkTo(stage: Course, runner: Runner, index: number): Promise<void> {
  if (runner.stood < index) runner.chosen.push(index);
  while (runner.stood < index) {
    let [last, ids] = [runner.stood, 0];
    while (last < index && (ids === 0 || ids + idsTo(stage.rounds, last + 1) <= LARGEST_WALK))
      ids += idsTo(stage.rounds, ++last);
    await observe(stage, runner.lane, ids);
    runner.stood = last;
  }
}

/** How many ids a walk passes from one round to the next. */
function idsTo(rounds: readonly FeedRound[], index: number): number {
  const [before, { id }] = [rounds[index - 1]!.id, rounds[index]!];
  const ids = id / PHASE === before / PHASE ? id - before : id % PHASE;
  return ids > MOST_MISSING ? 1 : Number(ids);
}

/** A borrow, and σIM as it was read by it: EstimateBehind makes whoever lags observe first. */
async function read(stage: Course, runner: Runner, index: number): Promise<void> {
  await act(stage, runner, INLINE_ROUNDS, index);
  runner.readings.push({ index, sigma: await initialRead(stage, runner.lane) });
}

/**
 * Adds risk; whoever is refused observes all but `leave` rounds first, and all if ids are missing among those. A
 * borrow walks nothing while the latest round tells an earlier time.
 */
async function act(stage: Course, runner: Runner, leave: number, index: number): Promise<void> {
  for (const last of [index - leave, index]) {
    if (await isDone(borrow(stage, runner.lane))) return stand(stage, runner, index);
    runner.refusals += 1;
    await walkTo(stage, runner, last);
  }
  await borrow(stage, runner.lane);
  await stand(stage, runner, index);
}

/** False if the rounds that wait are too many. */
async function isDone(sent: Promise<unknown>): Promise<boolean> {
  try {
    await sent;
    return true;
  } catch (thrown) {
    if (decodeError(thrown) instanceof EstimateBehind) return false;
    throw thrown;
  }
}

async function stand(stage: Course, runner: Runner, index: number): Promise<void> {
  const { round } = await estimateOf(stage, runner.lane);
  if (round === stage.rounds[index]!.id) runner.stood = index;
}

async function take(stage: Course, runner: Runner, step: Step, index: number): Promise<void> {
  if (step.kind === "act") {
    await walkTo(stage, runner, index - step.leave);
    return act(stage, runner, step.leave, index);
  }
  await observe(stage, runner.lane, step.most, step.who);
  runner.stood = Math.min(index, runner.stood + step.most);
}

/** Walks what is left. */
async function finish(stage: RoundsChain, runner: Runner): Promise<LaneResult> {
  const { lane, readings, refusals, chosen } = runner;
  let round = -1n;
  for (
    let e = await estimateOf(stage, lane);
    e.round !== round;
    e = await estimateOf(stage, lane)
  ) {
    round = e.round;
    await observe(stage, lane, LARGEST_WALK);
  }
  return { readings, refusals, chosen, final: await estimateOf(stage, lane) };
}

async function censusOf({ chain }: RoundsChain, start: bigint): Promise<StateCount> {
  const census = new StateCount();
  const logs = await chain.client.getLogs({
    ...{ address: chain.pool.clearinghouse, fromBlock: start, toBlock: "latest" },
  });
  for (const { args } of parseEventLogs({ abi: clearinghouseAbi, logs, eventName: "Observe" })) {
    census.note(args.round, `${args.used} ${args.maintenance}`);
  }
  return census;
}
