// Adversaries who choose when to observe, with hindsight: each knows what σ would become at every
// round that waits. What they choose is how far to walk; a borrow walks the rest.

/** What is known of a round once every round up to it was walked. */
export interface Mark {
  readonly time: number; // Unix seconds
  readonly move: number; // log return since the round before
  readonly used: bigint; // σused after it
  readonly initial: bigint; // σIM after it
}

/** An adversary who stands at one round while the feed is at another. */
export interface ConditionCheck {
  readonly marks: readonly Mark[]; // of every round so far
  readonly stood: number; // index of the last round walked
}

/** Someone's choice of which round to walk to; `stood` for no walk. */
export interface Adversary {
  readonly name: string;
  choose(sight: ConditionCheck): number;
}

const CALM = 0.001;
const JUMP = 0.004;
const DAY = 86_400;
const LAG = 8;

const last = ({ marks }: ConditionCheck) => marks.length - 1;
const moveAt = ({ marks }: ConditionCheck, i: number) => Math.abs(marks[i]!.move);

/** The latest waiting round with the least of a figure; no later than it was chosen before. */
function least(sight: ConditionCheck, figure: (mark: Mark) => bigint): number {
  const { marks, stood } = sight;
  const near = Math.max(stood, marks.length - 65); // looks no more than 64 rounds back
  let best = near;
  for (let i = near; i < marks.length; i++) {
    if (figure(marks[i]!) <= figure(marks[best]!)) best = i;
  }
  return best;
}

/** Ten ways to choose. */
export const ADVERSARIES: readonly Adversary[] = [
  { name: "never observes until it borrows", choose: ({ stood }) => stood },
  {
    name: "observes only after calm rounds",
    choose: (sight) => (moveAt(sight, last(sight)) < CALM ? last(sight) : sight.stood),
  },
  {
    name: "observes only after falls in |r|",
    choose: (sight) => {
      const n = last(sight);
      return n > 0 && moveAt(sight, n) < moveAt(sight, n - 1) ? n : sight.stood;
    },
  },
  {
    name: "observes only when σused falls by it",
    choose: (sight) => {
      const { marks, stood } = sight;
      return marks.at(-1)!.used < marks[stood]!.used ? last(sight) : stood;
    },
  },
  {
    name: "walks to the lowest σused in sight",
    choose: (sight) => least(sight, ({ used }) => used),
  },
  {
    name: "walks to the lowest σIM in sight",
    choose: (sight) => least(sight, ({ initial }) => initial),
  },
  {
    name: "walks to just before each jump",
    choose: (sight) => (moveAt(sight, last(sight)) > JUMP ? last(sight) - 1 : sight.stood),
  },
  {
    name: "observes once a day",
    choose: (sight) => {
      const { marks, stood } = sight;
      return marks.at(-1)!.time - marks[stood]!.time >= DAY ? last(sight) : stood;
    },
  },
  {
    name: "stays as far behind as a borrow allows",
    choose: (sight) => Math.max(sight.stood, last(sight) - LAG),
  },
  {
    name: "observes only after rises of the price",
    choose: (sight) => (sight.marks.at(-1)!.move > 0 ? last(sight) : sight.stood),
  },
];
