import { ExitLimited, PoolLocked } from "../errors/pool.ts";
import { abs, ceilDiv, max, min, WAD } from "../math/WadMath.ts";
import type { Exit, Snapshot } from "../snapshot/Snapshot.ts";
import type { Listed } from "./assets.ts";
import { elapsedSince } from "./time.ts";

// What a guardian may stop: new risk, and how fast tokens leave. Twin of contracts/logic/Locks.sol.

/** The levels of a lock. */
export const Level = { Open: 0, NoNewRisk: 1, SlowExit: 2 } as const;

const REFILL = 3_600n; // seconds

/** The level in force: an unlocking needs no transaction when its time has come. */
export function levelAt({ lock }: Snapshot, timestamp: number): number {
  return lock.nextAt !== 0 && timestamp >= lock.nextAt ? lock.next : lock.level;
}

/** Whoever adds risk meets an open pool. @throws PoolLocked */
export function requireOpenPool(s: Snapshot, timestamp: number): void {
  const level = levelAt(s, timestamp);
  if (level !== Level.Open) throw new PoolLocked(level);
}

/** What moves of a token, wads, and what the pool holds of it. */
export interface Flow {
  readonly wads: bigint;
  readonly held: bigint;
}

/** Counts what leaves, net of what came, against an hour's share. @throws ExitLimited */
export function leave(s: Snapshot, asset: Listed, { wads, held }: Flow, timestamp: number) {
  return counted(s, asset, { wads, held }, timestamp);
}

/** Counts what comes: what comes and goes at once takes no one's share. */
export function come(s: Snapshot, asset: Listed, { wads, held }: Flow, timestamp: number) {
  return counted(s, asset, { wads: -wads, held }, timestamp);
}

function counted(s: Snapshot, asset: Listed, { wads, held }: Flow, timestamp: number): Snapshot {
  if (levelAt(s, timestamp) < Level.SlowExit) return s;
  const last = lastOf(s, asset, held, timestamp);
  const elapsed = elapsedSince(last.time, timestamp);
  const base = baseOf(last, held, elapsed);
  const most = (base * s.lock.exitShare) / WAD;
  const used = usedOf(last, most, elapsed);
  if (wads > 0n && used + wads > most) {
    const missing = max(0n, last.used + min(wads, most) - most);
    const earliest = BigInt(last.time) + ceilDiv(missing * REFILL, max(1n, most));
    const left = max(0n, most - used);
    throw new ExitLimited(asset.token, left, wads, max(BigInt(timestamp), earliest));
  }
  const exit: Exit = { base, used: used + wads, time: timestamp };
  return { ...s, assets: { ...s.assets, [asset.id]: { ...s.assets[asset.id]!, exit } } };
}

/** As the last act of this lock left it. */
function lastOf({ lock }: Snapshot, { exit }: Listed, held: bigint, timestamp: number): Exit {
  return exit.time < lock.since ? { base: held, used: 0n, time: timestamp } : exit;
}

/**
 * What has stayed since the last act counts by the time it has stayed, whole after an hour; what comes for a
 * moment, not at all.
 */
function baseOf({ base }: Exit, held: bigint, elapsed: bigint): bigint {
  return base + (max(0n, held - base) * min(elapsed, REFILL)) / REFILL;
}

/**
 * Toward zero from both sides: what left, by an hour's share in an hour; what came, all of it, so that a
 * deposit lets nothing out at once later.
 */
function usedOf({ used }: Exit, most: bigint, elapsed: bigint): bigint {
  const gone = ((used > 0n ? most : max(most, -used)) * elapsed) / REFILL;
  const left = max(0n, abs(used) - gone);
  return used > 0n ? left : -left;
}
