import type { Address } from "viem";

import { LossLimitMissing } from "../errors/inputs.ts";
import type { AccountId } from "../types/Ids.ts";
import { scopes as SCOPES } from "./scopes.ts";
import {
  send,
  type PoolAddress,
  type ContractCall,
  type Sent,
  type WriteClient,
} from "./contract.ts";

/** What an owner lets another address do. */
export interface SetOperator {
  readonly pool: PoolAddress;
  readonly account: AccountId;
  readonly operator: Address;
  readonly scopes: number; // of `scopes`, joined with `|`; zero revokes
  readonly expiry: number; // seconds since 1970: from then on it may no longer
  readonly lossLimit?: bigint; // of a day's trades against the mark, cash millionths; to be given with `trade`
}

/** A loss limit that no day reaches: an operator may then lose all that the account has. */
export const NO_LOSS_LIMIT = 2n ** 64n - 1n;

/**
 * `setOperator` as an act, for `simulate` and `batch`.
 *
 * @throws LossLimitMissing: at a limit of zero the first fill that costs a fee is refused, so that
 * whoever lets an operator trade names one
 */
export function setOperatorAct(args: SetOperator): ContractCall<"setOperator"> {
  const { pool, account, operator, scopes, expiry, lossLimit } = args;
  const trades = (scopes & SCOPES.trade) !== 0;
  if (trades && lossLimit === undefined) throw new LossLimitMissing(account, operator);
  return { pool, verb: "setOperator", args: [account, operator, scopes, expiry, lossLimit ?? 0n] };
}

/**
 * Lets `operator` act for an account within `scopes` until `expiry`. Only its owner may.
 *
 * @throws NotAuthorized, ReservedAccount, Reentered, LossLimitMissing
 */
export async function setOperator(client: WriteClient, args: SetOperator): Promise<Sent> {
  const { hash } = await send(client, setOperatorAct(args));
  return { hash };
}
