import type { Standing } from "../types/Portfolio.ts";

// A wick is seen once; what is seen again is so. Twin of a part of contracts/logic/Liquidation.sol.

const FAST = 60; // seconds, with a newer round of a heavy factor
const SLOW = 600; // seconds

/** When something was first seen, and when it was confirmed; zero for not. */
export interface Sighting {
  readonly first: number;
  readonly confirmed: number;
}

/** What a sighting becomes when it is looked for again. */
export function confirm(
  first: number,
  seen: boolean,
  { heavyRound, fresh }: Standing,
  timestamp: number,
): Sighting {
  if (!seen) return { first: 0, confirmed: 0 };
  if (first === 0) return { first: timestamp, confirmed: 0 };
  const fast = timestamp >= first + FAST && heavyRound > first;
  const slow = timestamp >= first + SLOW && fresh;
  return { first, confirmed: fast || slow ? timestamp : 0 };
}
