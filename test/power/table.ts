import { VERBS, type Tried } from "./verbs.ts";

const WORDS = {
  PoolLocked: "no (`PoolLocked`)",
  ExitLimited: "over hours (`ExitLimited`)",
} as const;

function cell({ refusedFrom, error }: Tried, level: number): string {
  return refusedFrom !== undefined && level >= refusedFrom ? WORDS[error!] : "yes";
}

/** What works at each level, as the tests try it: docs/guardian.md holds these lines. */
export function guardianTable(): string {
  const head = [
    "| verb | what | 0 open | 1 no new risk | 2 slow exit too |",
    "| - | - | - | - | - |",
  ];
  const rows = VERBS.map(
    (tried) =>
      `| \`${tried.verb}\` | ${tried.what} | ${[0, 1, 2].map((level) => cell(tried, level)).join(" | ")} |`,
  );
  return [...head, ...rows].join("\n");
}
