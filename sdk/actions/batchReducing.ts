import type { AccountId } from "../types/Ids.ts";
import { batchAct, type Batch } from "./batch.ts";
import { send, type ContractCall, type Sent, type WriteClient } from "./contract.ts";

/** Several verbs that leave an account no worse. */
export interface BatchReducing extends Batch {
  readonly account: AccountId;
}

/** `batchReducing` as an act, for `simulate`. @throws OtherPool */
export function batchReducingAct({
  account,
  ...batch
}: BatchReducing): ContractCall<"batchReducing"> {
  const [calls] = batchAct(batch).args;
  return { pool: batch.pool, verb: "batchReducing", args: [account, calls] };
}

/**
 * Runs many verbs in order, or none. `account` may stay below its initial margin, even in call, if by
 * before and after it is no worse: it is one act, and holds no call, bid or takeover. Every other account
 * touched is proved as in any batch.
 *
 * @throws NotReducing, MarginTooLow, BatchMixed, OtherPool, and what its verbs throw
 */
export async function batchReducing(client: WriteClient, args: BatchReducing): Promise<Sent> {
  const { hash } = await send(client, batchReducingAct(args));
  return { hash };
}
