import * as FuseMath from "../math/FuseMath.ts";
import { min, WAD } from "../math/WadMath.ts";
import { type Account, Phase, type Snapshot } from "../snapshot/Snapshot.ts";
import { accountOf } from "../logic/accounts.ts";
import { look } from "../logic/poke.ts";
import type { AccountId } from "../types/Ids.ts";
import type { AccountHealth } from "../types/Portfolio.ts";

const CALM = 1_250_000_000_000_000_000n; // health from which an account is healthy

/** How an account stands. Cured: in no call, its fuse not cold yet. Bankrupt: in auction, nothing left. */
export type Stand = "healthy" | "watch" | "call" | "cured" | "auction" | "bankrupt";

/** What a poke would find. */
export interface Watch {
  readonly stand: Stand;
  readonly health: bigint;
  readonly floor: bigint; // health at which no time is left
  readonly fuse: bigint; // 1e18 is burnt through
  readonly left: bigint | null; // seconds to the auction at this health; null if no fuse burns
}

/** How an account stands at a time, Unix seconds, and how long it has if its health stays. */
export function watch(snapshot: Snapshot, id: AccountId, timestamp: number): Watch {
  const { state, accountHealth } = look(snapshot, id, timestamp);
  const account = accountOf(state, id);
  const { health, floor } = accountHealth;
  const left = leftOf(account, accountHealth);
  return { stand: standOf(account, accountHealth), health, floor, fuse: account.fuse, left };
}

function standOf({ phase, fuse }: Account, { health, equity }: AccountHealth): Stand {
  if (phase === Phase.Called) return "call";
  if (phase === Phase.Auction) return equity <= 0n ? "bankrupt" : "auction";
  if (fuse > 0n) return "cured";
  return health < CALM ? "watch" : "healthy";
}

function leftOf({ phase, fuse, call }: Account, accountHealth: AccountHealth): bigint | null {
  if (phase !== Phase.Called || !FuseMath.isCertain(accountHealth)) return null;
  const { health, calmness } = accountHealth;
  const longest = BigInt(call.longest) * call.cover;
  const grace = FuseMath.graceOf(min(call.health, health), calmness, longest);
  return ((WAD - fuse) * grace + WAD * WAD - 1n) / (WAD * WAD);
}
