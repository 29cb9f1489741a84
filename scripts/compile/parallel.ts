import { availableParallelism, totalmem } from "node:os";

const PROCESS_BYTES = 2.5 * 1024 ** 3; // of the largest contract's compiler

/** Compilers side by side: BALLAST_SOLC_JOBS, or as many as there are cores and memory for. */
export function processes(): number {
  const asked = Number(process.env["BALLAST_SOLC_JOBS"] ?? NaN);
  if (Number.isInteger(asked) && asked > 0) return asked;
  return Math.max(1, Math.min(availableParallelism(), Math.floor(totalmem() / PROCESS_BYTES)));
}

/** Runs `work` on every item in turn, at most `lanes` at a time. */
export async function parallel<T>(
  items: readonly T[],
  lanes: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const waiting = items.values();
  const lane = async () => {
    for (const item of waiting) await work(item);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}
