import { type Account, Phase, type Snapshot } from "../snapshot/Snapshot.ts";
import { accountOf } from "../logic/accounts.ts";
import { look } from "../logic/poke.ts";
import { type AccountId, FUND } from "../types/Ids.ts";

/** A poke that moves an account forward: the state after it, and what moves. */
export interface Poking {
  readonly state: Snapshot;
  readonly why: string;
}

/**
 * The poke that an account is due, if any: one that warns, opens a call or an auction, cures, first sees or
 * confirms the floor or the thinness, or keeps a fuse burning that was left alone for `pokeAfter`
 * seconds. A cured account gets one when its fuse can be cold again: a fuse that no one saw cooling
 * leaves its next call no time at all.
 */
export function poking(
  s: Snapshot,
  account: AccountId,
  pokeAfter: number,
  timestamp: number,
): Poking | undefined {
  if (account === FUND) return undefined;
  const before = accountOf(s, account);
  const { state, accountHealth } = look(s, account, timestamp);
  const after = accountOf(state, account);
  const idle = timestamp - before.poked < pokeAfter;
  const why = change(before, after) ?? (idle ? undefined : burning(before, after));
  if (why === undefined) return undefined;
  return { state, why: `${why} at health ${percent(accountHealth.health)}` };
}

const OPENED = {
  [Phase.Clear]: "cured",
  [Phase.Called]: "call opens",
  [Phase.Auction]: "for sale",
};

function change(before: Account, after: Account): string | undefined {
  if (after.phase !== before.phase) return OPENED[after.phase];
  if (before.fuse > 0n && after.fuse === 0n) return "fuse cooled";
  if (after.warned && !before.warned) return "warned";
  if (after.phase === Phase.Clear) return undefined;
  const { call: was } = before;
  const { call: is } = after;
  if (is.low !== 0 && was.low === 0) return "floor confirmed";
  if (is.backed !== 0 && was.backed === 0) return "backing confirmed";
  if (is.lowSeen !== 0 && was.lowSeen === 0 && was.low === 0) return "floor seen";
  if (is.thinSeen !== 0 && was.thinSeen === 0 && was.backed === 0) return "thinness seen";
  if (is.unbookedLoss > 0n !== was.unbookedLoss > 0n)
    return is.unbookedLoss > 0n ? "loss seen" : "loss gone";
  return undefined;
}

function burning(before: Account, after: Account): string | undefined {
  if (before.phase !== Phase.Called) return undefined;
  if (after.fuse > before.fuse) {
    return `fuse burns from ${percent(before.fuse)} to ${percent(after.fuse)}`;
  }
  return !burns(before) && burns(after) ? "fuse starts to burn" : undefined;
}

/** Does time count against it from its last poke on? */
function burns({ call }: Account): boolean {
  return call.certain;
}

function percent(wad: bigint): string {
  return `${Number(wad / 10n ** 14n) / 100} %`;
}
