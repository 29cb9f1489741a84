import type { Address } from "viem";
import { getCode } from "viem/actions";

import { NoCode } from "../errors/inputs.ts";
import { requireAddress } from "../types/addresses.ts";
import type { ReadClient } from "./clients.ts";

const DELEGATED = "0xef0100"; // EIP-7702: a wallet that borrows a contract's code

const known = new WeakMap<ReadClient, Set<string>>(); // where a client found code

/**
 * Asks, once for each client and address, whether a contract stands there. A transaction to an address
 * without code succeeds and does nothing.
 *
 * @throws BadAddress, NoCode
 */
export async function requireCode(client: ReadClient, address: Address): Promise<void> {
  requireAddress("address", address);
  const found = known.get(client) ?? new Set();
  const key = address.toLowerCase();
  if (found.has(key)) return;
  const code = await getCode(client, { address });
  if (code === undefined || code.startsWith(DELEGATED)) throw new NoCode(address);
  known.set(client, found.add(key));
}
