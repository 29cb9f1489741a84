import {
  send,
  type ContractCall,
  type PoolAddress,
  type Sent,
  type WriteClient,
} from "./contract.ts";

/** A pool, and how tight its lock is to be. */
export interface LockPool {
  readonly pool: PoolAddress;
  readonly level: number; // 0 open, 1 no new risk, 2 tokens leave slowly too
}

/** `lock` as an act, for `simulate`. */
export function lockAct({ pool, level }: LockPool): ContractCall<"lock"> {
  return { pool, verb: "lock", args: [level] };
}

/**
 * Locks a pool at once: 1 for no new risk, 2 for tokens leaving slowly too. A guardian may, or whoever governs.
 *
 * @throws AccessManagedUnauthorized, LockLevel, Reentered
 */
export async function lock(client: WriteClient, args: LockPool): Promise<Sent> {
  const { hash } = await send(client, lockAct(args));
  return { hash };
}
