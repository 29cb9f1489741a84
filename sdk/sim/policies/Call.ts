import * as AuctionMath from "../../math/AuctionMath.ts";
import * as FuseMath from "../../math/FuseMath.ts";
import { max, min, WAD } from "../../math/WadMath.ts";
import { confirm, type Look } from "../../logic/confirm.ts";
import { isLow, isThin } from "../../logic/poke.ts";
import type { AccountHealth } from "../../types/Portfolio.ts";

// A margin call and its fuse as DESIGN §8 tells them, of one account: the rules of sdk/logic/poke.ts, over
// the same functions, without a pool's state. Seconds; fuse and health are wads.

/** Where an account stands: healthy, in call, or for sale. */
export interface Call {
  readonly phase: "clear" | "called" | "auction";
  readonly fuse: bigint; // burnt share
  readonly poked: number;
  readonly health: bigint; // at the last poke
  readonly certain: boolean; // could nothing that is in doubt have cured it then
  readonly cover: bigint; // of the insurance fund as the call opened
  readonly opened: number; // the auction
  readonly lowSeen: number; // first sight of the floor
  readonly low: number; // and when it was confirmed
  readonly thinSeen: number;
  readonly backed: number;
}

/** An account that was never called. */
export const CLEAR: Call = {
  ...{ phase: "clear", fuse: 0n, poked: 0, health: 0n, certain: false, cover: WAD, opened: 0 },
  ...{ lowSeen: 0, low: 0, thinSeen: 0, backed: 0 },
};

/** What a poke knows of the pool. */
export interface Terms {
  readonly time: number;
  readonly longest: number; // Gmax of the account's tier
  readonly cover: bigint; // of the insurance fund now
}

/** The call after anyone has looked. */
export function poke(call: Call, now: AccountHealth, terms: Terms): Call {
  const moved = moveFuse(call, now, terms);
  const open: Call =
    moved.phase === "clear" && (FuseMath.isCertain(now) || isLow(now))
      ? { ...moved, phase: "called", cover: terms.cover }
      : moved;
  const kept = now.health >= AuctionMath.CURE ? cured(open) : open;
  const after = kept.phase === "clear" ? kept : look(kept, now, terms.time);
  return { ...after, poked: terms.time, health: now.health, certain: FuseMath.isCertain(now) };
}

/** The account without its call; the fuse stays. */
export function cured({ fuse, poked }: Call): Call {
  return { ...CLEAR, fuse, poked, health: AuctionMath.CURE };
}

function moveFuse(call: Call, now: AccountHealth, { time, longest }: Terms): Call {
  const elapsed = BigInt(time - call.poked);
  if (call.phase !== "clear" && max(call.health, now.health) < WAD) {
    if (!call.certain || !FuseMath.isCertain(now)) return call;
    const reach = min(call.health, now.health);
    const grace = FuseMath.graceOf(reach, now.calmness, BigInt(longest) * call.cover);
    return { ...call, fuse: FuseMath.burn(call.fuse, elapsed, grace) };
  }
  if (call.fuse === 0n || min(call.health, now.health) < AuctionMath.CURE) return call;
  return { ...call, fuse: FuseMath.cool(call.fuse, elapsed) };
}

/** The floor, and the thinness that has a sale backed, once seen twice; and whether time is over. */
function look(call: Call, now: AccountHealth, time: number): Call {
  const floor = call.low === 0 ? confirm(call.lowSeen, seen(now, isLow, time)) : lowOf(call);
  const low = { ...call, lowSeen: floor.first, low: floor.confirmed };
  if (call.phase === "auction") return lookThin(low, now, time);
  const burnt = call.fuse >= WAD && FuseMath.isCertain(now);
  if (!burnt && low.low === 0) return low;
  return lookThin({ ...low, phase: "auction", opened: time }, now, time);
}

/** Every look is at a round that was just told, and no rate moves. */
function seen(now: AccountHealth, isSo: (one: AccountHealth) => boolean, timestamp: number): Look {
  return { now, told: () => now, steady: () => now, isSo, timestamp };
}

function lowOf({ lowSeen, low }: Call) {
  return { first: lowSeen, confirmed: low };
}

function lookThin(call: Call, now: AccountHealth, time: number): Call {
  if (call.backed !== 0) return call;
  const { first, confirmed } = confirm(call.thinSeen, seen(now, isThin, time));
  return { ...call, thinSeen: first, backed: confirmed };
}
