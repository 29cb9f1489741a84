import type { GraceTier } from "../../params/params.ts";

/** What is done with an account below maintenance. */
export interface Policy {
  readonly name: string;
  /** m: what the requirement of who may wait is multiplied by. */
  readonly multiplier: number;
  readonly rule: Rule;
}

/**
 * Sell at once, all or what cures; wait so many seconds, then sell what cures; or the fuse with a longest
 * grace in seconds, then the auction.
 */
export type Rule =
  | { readonly kind: "instant"; readonly part: "full" | "partial" }
  | { readonly kind: "fixed"; readonly seconds: number }
  | { readonly kind: "fuse"; readonly longest: number; readonly ramp: Ramp };

/** Whether the discount grows while an auction waits for the throttle, as §8 has it, or stands still. */
export type Ramp = "runs" | "stands";

const HOUR = 3_600;

/** What is compared: what other protocols do, and the fuse at each tier with its multiplier and without. */
export function policiesOf(tiers: readonly GraceTier[], ramp: Ramp): Policy[] {
  return [
    { name: "instant full", multiplier: 1, rule: { kind: "instant", part: "full" } },
    { name: "instant partial", multiplier: 1, rule: { kind: "instant", part: "partial" } },
    { name: "fixed 1 h", multiplier: 1, rule: { kind: "fixed", seconds: HOUR } },
    { name: "fixed 4 h", multiplier: 1, rule: { kind: "fixed", seconds: 4 * HOUR } },
    ...tiers.map(({ minutes, multiplier }) => fuseOf(minutes, multiplier, ramp)),
    ...tiers.map(({ minutes }) => ({
      ...fuseOf(minutes, 1, ramp),
      name: `fuse ${minutes} min, no multiplier`,
    })),
  ];
}

/** The fuse at each tier's grace with each of these multipliers: what a tier should cost. */
export function sweepOf(
  tiers: readonly GraceTier[],
  multipliers: readonly number[],
  ramp: Ramp,
): Policy[] {
  return tiers.flatMap(({ minutes }) => multipliers.map((one) => fuseOf(minutes, one, ramp)));
}

function fuseOf(minutes: number, multiplier: number, ramp: Ramp): Policy {
  const rule = { kind: "fuse", longest: minutes * 60, ramp } as const;
  return { name: `fuse ${minutes} min × ${multiplier}`, multiplier, rule };
}
