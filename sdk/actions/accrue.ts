import {
  send,
  type PoolAddress,
  type ContractCall,
  type Sent,
  type WriteClient,
} from "./contract.ts";

/** A pool's interest. */
export interface Accrue {
  readonly pool: PoolAddress;
}

/** `accrue` as an act, for `simulate` and `batch`. */
export function accrueAct({ pool }: Accrue): ContractCall<"accrue"> {
  return { pool, verb: "accrue", args: [] };
}

/** Brings interest up to now. @throws OutOfBounds, Reentered */
export async function accrue(client: WriteClient, args: Accrue): Promise<Sent> {
  const { hash } = await send(client, accrueAct(args));
  return { hash };
}
