import { ExitLimited, PoolLocked } from "../errors/pool.ts";
import { ceilDiv, max, min, WAD } from "../math/WadMath.ts";
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

/** Counts what leaves, wads, of a token of which the pool holds `held`. @throws ExitLimited */
export function leave(
  s: Snapshot,
  asset: Listed,
  { wads, held }: { readonly wads: bigint; readonly held: bigint },
  timestamp: number,
): Snapshot {
  if (levelAt(s, timestamp) < Level.SlowExit) return s;
  const last = exitAt(s, asset, held, timestamp);
  const most = (last.base * s.lock.exitShare) / WAD;
  const freed = (most * elapsedSince(last.time, timestamp)) / REFILL;
  const used = max(0n, last.used - freed);
  if (used + wads > most) {
    const missing = max(0n, last.used + min(wads, most) - most);
    const earliest = BigInt(last.time) + ceilDiv(missing * REFILL, max(1n, most));
    const left = max(0n, most - used);
    throw new ExitLimited(asset.token, left, wads, max(BigInt(timestamp), earliest));
  }
  const exit: Exit = { base: last.base, used: used + wads, time: timestamp };
  return { ...s, assets: { ...s.assets, [asset.id]: { ...s.assets[asset.id]!, exit } } };
}

/** As the last withdrawal of this lock left it; the base is the most that withdrawals saw. */
function exitAt({ lock }: Snapshot, { exit }: Listed, held: bigint, timestamp: number): Exit {
  const last = exit.time < lock.since ? { base: 0n, used: 0n, time: timestamp } : exit;
  return { ...last, base: max(last.base, held) };
}
