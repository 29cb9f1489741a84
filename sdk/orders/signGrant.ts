import type { Hex, LocalAccount } from "viem";

import type { WriteClient } from "../actions/contract.ts";
import type { Grant } from "../types/Grant.ts";
import { ownerOf } from "../types/Ids.ts";
import { signAs } from "./signAs.ts";
import { grantTypedData, type OrderDomain } from "./typedData.ts";

/**
 * Signs what an operator may do, by the owner's wallet or local key. An ERC-1271 wallet signs
 * `grantTypedData` in its own way instead.
 *
 * @throws NotTheSigner before anyone is asked, if the key is not the owner's
 */
export function signGrant(
  by: WriteClient | LocalAccount,
  grant: Grant,
  domain: OrderDomain,
): Promise<Hex> {
  return signAs(by, ownerOf(grant.account), grantTypedData(grant, domain));
}
