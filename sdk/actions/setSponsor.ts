import type { Address } from "viem";

import type { AccountId } from "../types/Ids.ts";
import {
  send,
  type PoolAddress,
  type ContractCall,
  type Sent,
  type WriteClient,
} from "./contract.ts";

/** Who may top an account up in call, for a fee. */
export interface SetSponsor {
  readonly pool: PoolAddress;
  readonly account: AccountId;
  readonly sponsor: Address; // zero for no one
  readonly fee: number; // share of what a deposit brings towards a cure, 1e-9; at most 5 %
}

/** `setSponsor` as an act, for `simulate` and `batch`. */
export function setSponsorAct({
  pool,
  account,
  sponsor,
  fee,
}: SetSponsor): ContractCall<"setSponsor"> {
  return { pool, verb: "setSponsor", args: [account, sponsor, fee] };
}

/**
 * Names who may top the account up in call for a fee, paid once it is cured out of its equity above initial
 * margin, to account 0 of the sponsor. Only its owner may, and not during a call. A sponsor deposits as
 * anyone may: cash, or what the account holds. What it is owed is gone once a slice of the account is sold.
 *
 * @throws SponsorFeeTooHigh, SponsorUnpaid, InCall, NotAuthorized, ReservedAccount, Reentered
 */
export async function setSponsor(client: WriteClient, args: SetSponsor): Promise<Sent> {
  const { hash } = await send(client, setSponsorAct(args));
  return { hash };
}
