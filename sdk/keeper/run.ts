import { tick } from "./tick.ts";
import type { World } from "./World.ts";

/** How long a keeper works. */
export interface Shift {
  readonly interval: number; // seconds between two ticks
  readonly signal: AbortSignal; // ends it after the tick at hand
  readonly onError: (error: unknown) => void; // a tick that could not even look
}

/** Ticks until told to stop; a tick that fails is told of, and the next one tries again. */
export async function run(world: World, shift: Shift): Promise<void> {
  while (!shift.signal.aborted) {
    await tick(world).catch(shift.onError);
    await pause(shift);
  }
}

function pause({ interval, signal }: Shift): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, signal.aborted ? 0 : interval * 1_000);
    signal.addEventListener("abort", done);
  });
}
