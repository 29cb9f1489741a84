import type { Margin } from "../../sdk/types/Portfolio.ts";

/** One account at one step. */
export interface Entry {
  readonly time: number;
  readonly margin: Margin;
  readonly phase: number; // 0 clear, 1 called, 2 in auction
  readonly fuse: bigint;
}

/** What every account went through, step by step. */
export type EventLog = ReadonlyMap<string, readonly Entry[]>;

/** The account with the most to tell: called, watched for long, and not wiped out. */
export function mostEventful(diary: EventLog): string | undefined {
  const scores = [...diary].map(([id, entries]) => [id, score(entries)] as const);
  return scores.reduce((a, b) => (b[1] > a[1] ? b : a), scores[0] ?? ["", 0])[0] || undefined;
}

/** Steps in trouble, times what is left of the equity in the end; a story with an auction first. */
function score(entries: readonly Entry[]): number {
  const troubled = entries.filter(({ phase }) => phase > 0).length;
  const sold = entries.some(({ phase }) => phase === 2) ? 3 : 1;
  const first = Number(entries[0]!.margin.equity);
  const last = Math.max(0, Number(entries.at(-1)!.margin.equity));
  return troubled * sold * Math.min(1, last / Math.max(first, 1));
}

/** Stretches of time in which a condition held. */
export function stretches(
  entries: readonly Entry[],
  holds: (entry: Entry) => boolean,
): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = [];
  let from: number | null = null;
  for (const entry of entries) {
    if (holds(entry)) from ??= entry.time;
    else if (from !== null) {
      found.push({ from, to: entry.time });
      from = null;
    }
  }
  return from === null ? found : [...found, { from, to: entries.at(-1)!.time }];
}
