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

/**
 * Whether the discount waits while the bucket of an auction's heaviest factor is under half full, as the
 * pool has it, or runs on.
 */
export type Ramp = "waits" | "runs";

const HOUR = 3_600;

/** What other protocols do. */
const OTHERS: readonly (readonly [name: string, rule: Rule])[] = [
  ["instant full", { kind: "instant", part: "full" }],
  ["instant partial", { kind: "instant", part: "partial" }],
  ["fixed 1 h", { kind: "fixed", seconds: HOUR }],
  ["fixed 4 h", { kind: "fixed", seconds: 4 * HOUR }],
];

/**
 * What is compared: what other protocols do, and the fuse at each tier; each at every multiplier of the
 * tiers, or the margin alone would tell them apart.
 */
export function policiesOf(tiers: readonly GraceTier[], ramp: Ramp): Policy[] {
  const multipliers = [...new Set([1, ...tiers.map(({ multiplier }) => multiplier)])];
  return [
    ...multipliers.flatMap((multiplier) =>
      OTHERS.map(([name, rule]) => ({ name: named(name, multiplier), multiplier, rule })),
    ),
    ...tiers.map(({ minutes, multiplier }) => fuseOf(minutes, multiplier, ramp)),
    ...tiers.map(({ minutes }) => ({
      ...fuseOf(minutes, 1, ramp),
      name: `fuse ${minutes} min, no multiplier`,
    })),
  ];
}

/** Whether a policy is there only to compare another at the same margin. */
export function isForMargin({ name, multiplier, rule }: Policy): boolean {
  return rule.kind === "fuse" ? name.includes("no multiplier") : multiplier !== 1;
}

function named(name: string, multiplier: number): string {
  return multiplier === 1 ? name : `${name} × ${multiplier}`;
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
