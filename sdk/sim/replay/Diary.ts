import type { Margin } from "../../types/Portfolio.ts";

/** One account at one step. */
export interface Entry {
  readonly time: number;
  readonly margin: Margin;
  readonly phase: number; // 0 clear, 1 called, 2 in auction
  readonly fuse: bigint;
}

/** What every account went through, step by step. */
export type Diary = ReadonlyMap<string, readonly Entry[]>;

/** The account with the most to tell: longest in call or auction, an auction counting double. */
export function mostEventful(diary: Diary): string | undefined {
  const scores = [...diary].map(([id, entries]) => [id, score(entries)] as const);
  return scores.reduce((a, b) => (b[1] > a[1] ? b : a), scores[0] ?? ["", 0])[0] || undefined;
}

function score(entries: readonly Entry[]): number {
  const troubled = entries.reduce((sum, { phase }) => sum + Math.min(phase, 2), 0);
  const sold = entries.some(({ phase }) => phase === 2);
  const saved = entries.at(-1)!.phase === 0 && entries.at(-1)!.margin.equity > 0n;
  return troubled + (sold && saved ? entries.length / 4 : 0);
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
