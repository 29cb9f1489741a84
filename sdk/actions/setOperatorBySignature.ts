import type { Hex } from "viem";

import type { Grant } from "../types/Grant.ts";
import {
  send,
  type ContractCall,
  type PoolAddress,
  type Sent,
  type WriteClient,
} from "./contract.ts";

/** What an owner has signed with `signGrant`. */
export interface SetOperatorBySignature {
  readonly pool: PoolAddress;
  readonly grant: Grant;
  readonly signature: Hex;
}

/** `setOperatorBySignature` as an act, for `simulate` and `batch`. */
export function setOperatorBySignatureAct({
  pool,
  grant,
  signature,
}: SetOperatorBySignature): ContractCall<"setOperatorBySignature"> {
  return { pool, verb: "setOperatorBySignature", args: [grant, signature] };
}

/**
 * Sends what an owner has signed about an operator; anyone may.
 *
 * @throws ReservedAccount, BadSignature, GrantExpired, WrongNonce, Reentered
 */
export async function setOperatorBySignature(
  client: WriteClient,
  args: SetOperatorBySignature,
): Promise<Sent> {
  const { hash } = await send(client, setOperatorBySignatureAct(args));
  return { hash };
}
