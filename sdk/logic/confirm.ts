import { atBest } from "../math/FuseMath.ts";
import type { AccountHealth } from "../types/Portfolio.ts";

// A wick is seen once; what is seen again is so. Twin of a part of contracts/logic/Liquidation.sol.

const FAST = 60; // seconds, with a newer round of a heavy factor
const SLOW = 600; // seconds

/** When something was first seen, and when it was confirmed; zero for not. */
export interface Sighting {
  readonly first: number;
  readonly confirmed: number;
}

/** An account as it is looked at. */
export interface Look {
  readonly now: AccountHealth;
  readonly told: () => AccountHealth; // at the last rounds told, no rate below the last sound one
  readonly steady: () => AccountHealth; // likewise, at prices of now
  readonly isSo: (one: AccountHealth) => boolean; // what is looked for
  readonly timestamp: number;
}

/** What a sighting becomes when it is looked for again. */
export function confirm(first: number, { now, told, steady, isSo, timestamp }: Look): Sighting {
  if (!isSo(now)) return { first: 0, confirmed: 0 };
  if (first === 0) return { first: timestamp, confirmed: 0 };
  const newer = ({ heavyRound }: AccountHealth) => heavyRound > first;
  const isTold = (one: AccountHealth) => newer(one) && isSo(one);
  const slow = timestamp >= first + SLOW && isSo(atBest(now));
  const fast = timestamp >= first + FAST && newer(now);
  const confirmed = (fast && isTold(told())) || (slow && isSo(atBest(steady())));
  return { first, confirmed: confirmed ? timestamp : 0 };
}
