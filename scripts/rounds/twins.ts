import { INLINE_ROUNDS } from "../../sdk/logic/estimates.ts";
import type { VolatilityBounds } from "../../sdk/types/Volatility.ts";
import { StateCount } from "./StateCount.ts";
import { Feed } from "./Feed.ts";
import type { FeedRound } from "./Feed.ts";
import type { Mark } from "./greedy.ts";
import type { Schedule, Step } from "./random.ts";
import { initialOf, keyOf, TwinLane } from "./TwinLane.ts";

/** What the SDK does with a feed's rounds. */
export interface Twins {
  readonly rounds: readonly FeedRound[];
  readonly bounds: VolatilityBounds;
}

/** The estimates after each round, each observed as it came. */
export function honestTwin({ rounds, bounds }: Twins, census = new StateCount()) {
  const feed = new Feed();
  feed.publish(rounds[0]!);
  const lane = new TwinLane(feed, bounds);
  const marks: Mark[] = [markOf(lane, rounds[0]!, rounds[0]!)];
  for (const [i, round] of rounds.entries()) {
    if (i === 0) continue;
    feed.publish(round);
    while (lane.observe(1, round.came) > 0) census.note(lane.estimate.round, keyOf(lane.estimate));
    marks.push(markOf(lane, round, rounds[i - 1]!));
  }
  return { estimate: lane.estimate, marks };
}

function markOf({ estimate }: TwinLane, round: FeedRound, before: FeedRound): Mark {
  const move = Math.log(Number(round.price) / Number(before.price));
  return { time: round.came, move, used: estimate.used, initial: initialOf(estimate) };
}

/** The estimates under a schedule, everything walked at the end; each state on the way is noted. */
export function scheduledTwin({ rounds, bounds }: Twins, schedule: Schedule, census: StateCount) {
  const feed = new Feed();
  feed.publish(rounds[0]!);
  const lane = new TwinLane(feed, bounds);
  for (const [i, round] of rounds.entries()) {
    feed.publish(round);
    for (const step of schedule.get(i) ?? []) {
      take(lane, step, round.came);
      census.note(lane.estimate.round, keyOf(lane.estimate));
    }
  }
  lane.observe(Infinity, rounds.at(-1)!.came);
  census.note(lane.estimate.round, keyOf(lane.estimate));
  return lane.estimate;
}

/** One step of a schedule. */
export function take(lane: TwinLane, step: Step, time: number): void {
  if (step.kind === "observe") return void lane.observe(step.most, time);
  const waiting = lane.pending().length;
  const first = waiting - Math.min(step.leave, INLINE_ROUNDS);
  if (first > 0) lane.observe(first, time);
  lane.catchUp(time);
}
