import { isAddressEqual, type Address } from "viem";

import { BallastError } from "../errors/BallastError.ts";
import {
  encode,
  send,
  type PoolAddress,
  type ContractCall,
  type Sent,
  type Verb,
  type WriteClient,
} from "./contract.ts";

/** Several verbs in one transaction. */
export interface Batch {
  readonly pool: PoolAddress;
  readonly acts: readonly ContractCall<Verb>[];
}

/** An act of a batch is for another pool than the batch. */
export class OtherPool extends BallastError {
  override readonly name = "OtherPool";

  constructor(
    readonly index: number,
    readonly expected: Address,
    readonly found: Address,
  ) {
    super(`OtherPool: act ${index} is for ${found}, the batch for ${expected}`);
  }
}

/** `batch` as an act, for `simulate`. @throws OtherPool */
export function batchAct({ pool, acts }: Batch): ContractCall<"batch"> {
  acts.forEach((act, index) => requireSame(index, pool, act.pool));
  return { pool, verb: "batch", args: [acts.map(encode)] };
}

/**
 * Runs many verbs in order, or none; the health of each account touched is proved once, at the end.
 *
 * @throws OtherPool, and what its verbs throw
 */
export async function batch(client: WriteClient, args: Batch): Promise<Sent> {
  const { hash } = await send(client, batchAct(args));
  return { hash };
}

function requireSame(index: number, { clearinghouse: expected }: PoolAddress, found: PoolAddress) {
  if (isAddressEqual(expected, found.clearinghouse)) return;
  throw new OtherPool(index, expected, found.clearinghouse);
}
