import type { ContractFunctionArgs } from "viem";
import type { StateHarness$Type } from "../../artifacts/test/mocks/StateHarness.sol/artifacts.d.ts";

import type { Random } from "../../sdk/sim/random.ts";

type Abi = StateHarness$Type["abi"];
export type Scene = ContractFunctionArgs<Abi, "nonpayable", "judge">[0];

/** The block that scenes are judged in. */
export interface Now {
  readonly timestamp: number;
  readonly number: number;
}

/** A wad between 10^low and 10^high units, its digits random; at least one wei. */
export function drawWad(random: Random, low: number, high: number): bigint {
  const digits = low + random.uniform() * (high - low);
  const whole = Math.floor(digits);
  const leading = BigInt(Math.floor(10 ** (digits - whole) * 1e15));
  const wads = leading * 1_000n + BigInt(random.integer(1_000));
  const size = whole < 0 ? wads / 10n ** BigInt(-whole) : wads * 10n ** BigInt(whole);
  return size > 0n ? size : 1n;
}

export function upTo(random: Random, most: number): number {
  return random.integer(most + 1);
}

export function chance(random: Random, share: number): boolean {
  return random.uniform() < share;
}

/** Seconds: now, moments, hours, months, or ten years. */
export function drawAge(random: Random): number {
  const longest = [0, 59, 60, 120, 7_200, 86_400, 9_000_000, 316_000_000];
  return upTo(random, random.pick(longest));
}
