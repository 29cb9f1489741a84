import { isAddressEqual, type Hex, type LocalAccount } from "viem";
import { signTypedData } from "viem/actions";

import type { WriteClient } from "../actions/door.ts";
import type { Grant } from "../types/Grant.ts";
import { ownerOf } from "../types/Ids.ts";
import { NotTheSigner } from "./errors.ts";
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

/** A grant as viem's and ethers' `signTypedData` and a wallet's `eth_signTypedData_v4` take it. */
export function grantTypedData(grant: Grant, domain: OrderDomain) {
  return { domain, types: grantTypes, primaryType: "Grant", message: grant } as const;
}

/**
 * Signs what an operator may do, by the owner's wallet or local key. An ERC-1271 wallet signs
 * `grantTypedData` in its own way instead.
 *
 * @throws NotTheSigner before anyone is asked, if the key is not the owner's
 */
export async function signGrant(
  by: WriteClient | LocalAccount,
  grant: Grant,
  domain: OrderDomain,
): Promise<Hex> {
  const { address } = "account" in by ? by.account : by;
  const owner = ownerOf(grant.account);
  if (!isAddressEqual(address, owner)) throw new NotTheSigner(owner, address);
  const asked = grantTypedData(grant, domain);
  return "account" in by ? signTypedData(by, asked as never) : by.signTypedData(asked);
}
