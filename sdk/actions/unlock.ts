import {
  send,
  type ContractCall,
  type PoolAddress,
  type Sent,
  type WriteClient,
} from "./contract.ts";

/** A pool, and how tight its lock is to be. */
export interface UnlockPool {
  readonly pool: PoolAddress;
  readonly level: number; // 0 open, 1 no new risk, 2 tokens leave slowly too
}

/** `unlock` as an act, for `simulate`. */
export function unlockAct({ pool, level }: UnlockPool): ContractCall<"unlock"> {
  return { pool, verb: "unlock", args: [level] };
}

/**
 * Loosens a lock to a level, a day from now. Whoever governs may.
 *
 * @throws AccessManagedUnauthorized, LockLevel, Reentered
 */
export async function unlock(client: WriteClient, args: UnlockPool): Promise<Sent> {
  const { hash } = await send(client, unlockAct(args));
  return { hash };
}
