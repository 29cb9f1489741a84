import { encodeFunctionData, hexToBigInt, isAddressEqual, parseAbi, recoverAddress } from "viem";
import { size, slice, zeroAddress, type Address, type Hash, type Hex } from "viem";
import { call, getCode } from "viem/actions";

import type { ReadClient } from "../actions/contract.ts";
import { BallastError } from "../errors/BallastError.ts";
import { decodeError } from "../errors/decodeError.ts";
import type { SignedOrder } from "./signOrder.ts";
import { hashOrder, type OrderDomain } from "./typedData.ts";

const ERC1271 = parseAbi(["function isValidSignature(bytes32 hash, bytes signature)"]);
const MAGIC = `0x1626ba7e${"0".repeat(56)}`; // the selector of `isValidSignature`, a word
const HALF_ORDER = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0n; // of secp256k1

/**
 * Whether the order is signed by the signer it names. As the chain does: a signer with code is asked
 * (ERC-1271), any other is recovered from 65 bytes, v 27 or 28, s in the lower half. Without a client
 * every signer is taken to have no code. Whether the signer may trade for the account is for
 * `getPermission` to say.
 *
 * @throws what the client throws of a node that does not answer
 */
export async function verifyOrder(
  { order, signature }: SignedOrder,
  domain: OrderDomain,
  client?: ReadClient,
): Promise<boolean> {
  if (isAddressEqual(order.signer, zeroAddress)) return false;
  const hash = hashOrder(order, domain);
  const code = client && (await getCode(client, { address: order.signer }));
  if (client && code !== undefined) return approved(client, order.signer, hash, signature);
  return recovered(order.signer, hash, signature);
}

async function recovered(signer: Address, hash: Hash, signature: Hex): Promise<boolean> {
  if (!wellFormed(signature)) return false;
  try {
    return isAddressEqual(await recoverAddress({ hash, signature }), signer);
  } catch {
    return false; // r or s is zero, or r is on no curve point
  }
}

function wellFormed(signature: Hex): boolean {
  if (size(signature) !== 65) return false;
  const [s, v] = [hexToBigInt(slice(signature, 32, 64)), hexToBigInt(slice(signature, 64))];
  return s <= HALF_ORDER && (v === 27n || v === 28n);
}

async function approved(client: ReadClient, to: Address, hash: Hash, signature: Hex) {
  const data = encodeFunctionData({ abi: ERC1271, args: [hash, signature] });
  try {
    return (await call(client, { to, data })).data?.slice(0, MAGIC.length) === MAGIC;
  } catch (thrown) {
    const error = decodeError(thrown);
    if (error instanceof BallastError) return false; // a revert is a no
    throw error;
  }
}
