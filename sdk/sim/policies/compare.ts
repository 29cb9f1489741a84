import type { Params } from "../../params/params.ts";
import type { Event } from "./Event.ts";
import type { Policy } from "./Policy.ts";
import { simulate, stageOf, type Entry, type Run, type Stage } from "./simulate.ts";
import { columnsOf, meanOf, standardErrorsOf, type Columns } from "./Tally.ts";

/** How much to simulate. */
export interface Scale {
  readonly accounts: number;
  readonly seeds: number; // 1, 2, …
  readonly minutes: number; // from one round to the next
}

/** One policy in one crash, the mean of all seeds. */
export interface Row extends Columns {
  readonly event: string;
  readonly policy: string;
  /** Of each column's mean, over the seeds; null of one seed. */
  readonly standardErrors: Columns | null;
}

/** What came of it. */
export interface Comparison {
  readonly rows: readonly Row[];
  /** Under the first seed. */
  readonly courses: readonly Course[];
}

/** The way one policy went through one crash. */
export interface Course {
  readonly event: Event;
  readonly policy: Policy;
  readonly leader: string; // whose price is in the entries
  readonly entries: readonly Entry[];
}

interface Progress {
  readonly stage: string;
  readonly done: number;
  readonly all: number;
  readonly note: string;
}

/**
 * Every policy in every crash under every seed. Under one seed all policies have the same path, the same
 * owners, and owners who look at the same moments.
 *
 * @throws TooShort
 */
export function compare(
  events: readonly Event[],
  policies: readonly Policy[],
  { params, scale }: { readonly params: Params; readonly scale: Scale },
  onProgress: (progress: Progress) => void,
): Comparison {
  const all = events.length * scale.seeds * policies.length;
  let done = 0;
  const tell = (event: Event, note: string) => {
    onProgress({ stage: "policies", done: (done += 1), all, note: `${event.name}, ${note}` });
  };
  const cells = events.flatMap((event) => {
    const runs = seedsOf(scale).map((seed) => {
      const stage = stageOf(event, params, scale.accounts, { seed, step: scale.minutes * 60 });
      return runAll(stage, policies, (policy) => tell(event, policy.name));
    });
    return policies.map((policy, i) => ({
      event,
      policy,
      runs: runs.map((run) => run[i]!),
    }));
  });
  return { rows: cells.map(rowOf), courses: cells.map(courseOf) };
}

/** One policy in one crash. */
interface Cell {
  readonly event: Event;
  readonly policy: Policy;
  readonly runs: readonly Run[]; // by seed
}

function seedsOf({ seeds }: Scale): number[] {
  return Array.from({ length: seeds }, (_, i) => i + 1);
}

/** Two names of one policy are one run: the hasty tier's multiplier is none. */
function runAll(
  stage: Stage,
  policies: readonly Policy[],
  onDone: (policy: Policy) => void,
): Run[] {
  const known = new Map<string, Run>();
  return policies.map((policy) => {
    const key = JSON.stringify([policy.multiplier, policy.rule]);
    const run = known.get(key) ?? simulate(stage, policy);
    known.set(key, run);
    onDone(policy);
    return run;
  });
}

function rowOf({ event, policy, runs }: Cell): Row {
  const drawn = runs.map(({ tally }) => columnsOf(tally));
  const standardErrors = standardErrorsOf(drawn);
  return { event: event.name, policy: policy.name, ...meanOf(drawn), standardErrors };
}

function courseOf({ event, policy, runs }: Cell): Course {
  const { leader, course } = runs[0]!;
  return { event, policy, leader, entries: course };
}
