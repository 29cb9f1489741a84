import { ExitLimited, PoolLocked } from "../errors/pool.ts";
import { WAD } from "../math/WadMath.ts";
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
  const { base, used } = exitAt(s, asset, held);
  const most = (base * s.lock.exitShare) / WAD;
  const freed = (most * elapsedSince(asset.exit.time, timestamp)) / REFILL;
  const left = used > freed ? used - freed : 0n;
  if (left + wads > most) throw new ExitLimited(asset.token, most - left, wads);
  const exit: Exit = { base, used: left + wads, time: timestamp };
  return { ...s, assets: { ...s.assets, [asset.id]: { ...s.assets[asset.id]!, exit } } };
}

function exitAt({ lock }: Snapshot, { exit }: Listed, held: bigint) {
  const isOld = exit.time < lock.since || exit.base === 0n;
  return isOld ? { base: held, used: 0n } : exit;
}
