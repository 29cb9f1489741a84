// One who never looks away from an account in call, told by DESIGN §8 alone, in plain numbers: nothing here
// asks the fuse of the house. Seconds; shares of 1.

/** What there is to be seen of an account in one moment. */
export interface ConditionCheck {
  readonly time: number;
  readonly health: number;
  readonly calmness: number; // κ
  readonly certain: boolean;
}

/** The moments between two looks, the first and the last of them looked at. */
export type Stretch = readonly ConditionCheck[];

const LONGEST_LOOK = 600;
const SHORTEST = 300;

/** G = clamp(0.64·τ·h²·κ², 5 min, max(5 min, longest)), τ = 4 h. */
export function graceOf(health: number, calmness: number, longest: number): number {
  const safe = 0.64 * 4 * 3_600 * Math.max(0, health) ** 2 * calmness ** 2;
  return Math.min(Math.max(safe, SHORTEST), Math.max(SHORTEST, longest));
}

function burns({ certain }: ConditionCheck): boolean {
  return certain;
}

/** Share of a fuse that a moment of `seconds` burns. */
export function burnOf(sight: ConditionCheck, seconds: number, longest: number): number {
  return burns(sight) ? seconds / graceOf(sight.health, sight.calmness, longest) : 0;
}

/** Do both ends of an interval say that it burns? Then its first ten minutes count, at the worse health. */
export function isSeen(stretch: Stretch): boolean {
  return burns(stretch[0]!) && burns(stretch.at(-1)!);
}

/** The moments that the two ends of an interval vouch for: none was worse than they are. */
export function vouched(stretch: Stretch): ConditionCheck[] {
  if (!isSeen(stretch)) return [];
  const [first, last] = [stretch[0]!, stretch.at(-1)!];
  const worst = Math.min(first.health, last.health);
  const told = ({ health, calmness, time }: ConditionCheck) =>
    time < first.time + LONGEST_LOOK && health >= worst && calmness >= last.calmness;
  return stretch.slice(0, -1).filter(told);
}

export function secondsOf(stretch: Stretch): number {
  return stretch.at(-1)!.time - stretch[0]!.time;
}

/** Seconds of an interval in which no fuse can burn, for no one counts them. */
export function unseen(stretch: Stretch): number {
  const all = secondsOf(stretch);
  return isSeen(stretch) ? Math.max(0, all - LONGEST_LOOK) : all;
}

/** Seconds until all of a fuse is burnt by moments of `grid` seconds; infinite if these do not suffice. */
export function grantOf(sights: readonly ConditionCheck[], grid: number, longest: number): number {
  let [burnt, seconds] = [0, 0];
  for (const sight of sights) {
    const more = burnOf(sight, grid, longest);
    if (burnt + more >= 1) return seconds + ((1 - burnt) / more) * grid;
    [burnt, seconds] = [burnt + more, seconds + grid];
  }
  return Infinity;
}
