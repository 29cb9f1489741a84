import type { AccountId } from "../types/Ids.ts";
import {
  send,
  type PoolAddress,
  type ContractCall,
  type Sent,
  type WriteClient,
} from "./contract.ts";

/** Cash against a debt. */
export interface Repay {
  readonly pool: PoolAddress;
  readonly account: AccountId;
  readonly amount: bigint; // units of the pool's cash, at most
}

/** `repay` as an act, for `simulate` and `batch`. */
export function repayAct({ pool, account, amount }: Repay): ContractCall<"repay"> {
  return { pool, verb: "repay", args: [account, amount] };
}

/**
 * Repays up to `amount` of an account's debt; anyone may. Approve the vault before. Returns what the
 * simulation repaid, in units of cash.
 *
 * @throws NothingOwed, AmountZero, Reentered, or the token's own error
 */
export async function repay(
  client: WriteClient,
  args: Repay,
): Promise<Sent & { readonly repaid: bigint }> {
  const { hash, result } = await send(client, repayAct(args));
  return { hash, repaid: result };
}
