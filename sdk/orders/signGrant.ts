import type { Hex, LocalAccount } from "viem";

import type { WriteClient } from "../actions/door.ts";
import type { Grant } from "../types/Grant.ts";
import { requireAddress, requireWord } from "../types/addresses.ts";
import { ownerOf } from "../types/Ids.ts";
import { signAs } from "./signAs.ts";
import type { OrderDomain } from "./typedData.ts";

/** EIP-712's type of a grant. */
export const grantTypes = {
  Grant: [
    { name: "account", type: "bytes32" },
    { name: "operator", type: "address" },
    { name: "scopes", type: "uint8" },
    { name: "expiry", type: "uint40" },
    { name: "lossLimit", type: "uint64" },
    { name: "nonce", type: "uint256" },
    { name: "deadline", type: "uint256" },
  ],
} as const;

/**
 * A grant as viem's and ethers' `signTypedData` and a wallet's `eth_signTypedData_v4` take it.
 *
 * @throws BadAddress, BadWord
 */
export function grantTypedData(grant: Grant, domain: OrderDomain) {
  requireWord("account", grant.account);
  requireAddress("operator", grant.operator);
  return { domain, types: grantTypes, primaryType: "Grant", message: grant } as const;
}

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
