import { type Price, type SoundRate, Status } from "../types/Price.ts";
import { MAX_ELAPSED, MAX_PRICE } from "./WadMath.ts";
import { abs, bounded, clamp, max, min, mulDown } from "./WadMath.ts";

// DESIGN §5. R, the last sound rate of what follows an underlying, or price of a stable: what a margin call
// counts while the feed is dead, and what it asks for before one print is taken for true.
//   R ← clamp(R, min(heard, now), max(heard, now)),  upward at most to top·(1 + 1 %·dt/day)
// for two sound rounds `heard` and `now` at least 60 s apart; top is the highest R so far, dt the time
// since then, a day at most.

export const APART = 60; // seconds between two rounds that move R
export const GROWTH = 10_000_000_000_000_000n; // of the highest R, a day
export const DAY = 86_400n;

/** May a round move R? */
export function isSound(price: Price): boolean {
  return price.status == Status.Ok && price.price > 0n && price.price <= MAX_PRICE;
}

/** The most that R may be `elapsed` seconds after it was `top`. */
export function grownRate(top: bigint, elapsed: bigint): bigint {
  const time = min(bounded(elapsed, 0n, MAX_ELAPSED * 100n), DAY);
  return bounded(top, 0n, MAX_PRICE) + mulDown(top, (GROWTH * time) / DAY);
}

/** R after a sound round that says `rate`, `elapsed` seconds after R was last the highest. */
export function movedRate(known: SoundRate, rate: bigint, elapsed: bigint): bigint {
  bounded(rate, 0n, MAX_PRICE);
  const said = clamp(known.sound, min(known.heard, rate), max(known.heard, rate));
  return said <= known.sound ? said : max(known.sound, min(said, grownRate(known.top, elapsed)));
}

/**
 * What a rate counts at where a call is confirmed, for whom a `face` of it is owed: no less than R, and no more
 * for who owes. One within the feed's threshold of R is no wrong print.
 */
export function steadyRate(price: Price, sound: bigint, face: bigint): bigint {
  if (abs(price.price - sound) <= price.deviation) return price.price;
  return face < 0n ? min(price.price, sound) : max(price.price, sound);
}

/** R `elapsed` seconds after governance named one: on its way there for a day. */
export function soundRate(known: SoundRate, elapsed: bigint): bigint {
  const time = min(bounded(elapsed, 0n, MAX_ELAPSED * 100n), DAY);
  bounded(known.sound, 0n, MAX_PRICE);
  if (known.named == 0n) return known.sound;
  return known.sound + ((bounded(known.named, 0n, MAX_PRICE) - known.sound) * time) / DAY;
}
