import { hashTypedData, type Address, type Hash } from "viem";

import type { PoolAddress } from "../actions/contract.ts";
import { requireAddress, requireWord } from "../types/addresses.ts";
import type { Grant } from "../types/Grant.ts";
import type { Order } from "../types/Order.ts";

/** EIP-712's domain of one pool: an order signed for it means nothing anywhere else. */
export interface OrderDomain {
  readonly name: "Ballast";
  readonly version: "1";
  readonly chainId: number;
  readonly verifyingContract: Address; // the clearinghouse
}

/** EIP-712's type of an order. */
export const orderTypes = {
  Order: [
    { name: "account", type: "bytes32" },
    { name: "instrument", type: "uint96" },
    { name: "size", type: "int256" },
    { name: "limitPrice", type: "int256" },
    { name: "maxFee", type: "int256" },
    { name: "salt", type: "uint256" },
    { name: "counter", type: "uint256" },
    { name: "deadline", type: "uint256" },
    { name: "signer", type: "address" },
    { name: "taker", type: "bytes32" },
    { name: "flags", type: "uint8" },
  ],
} as const;

/** What a wallet is asked to sign. */
export interface OrderTypedData {
  readonly domain: OrderDomain;
  readonly types: typeof orderTypes;
  readonly primaryType: "Order";
  readonly message: Order;
}

/** The domain of a pool on a chain. @throws BadAddress */
export function orderDomain(pool: PoolAddress, chainId: number): OrderDomain {
  requireAddress("pool.clearinghouse", pool.clearinghouse);
  return { name: "Ballast", version: "1", chainId, verifyingContract: pool.clearinghouse };
}

/** An order as viem's and ethers' `signTypedData` and a wallet's `eth_signTypedData_v4` take it. */
export function orderTypedData(order: Order, domain: OrderDomain): OrderTypedData {
  return { domain, types: orderTypes, primaryType: "Order", message: order };
}

/** An order's EIP-712 hash: what is signed, and what the order is called by. */
export function hashOrder(order: Order, domain: OrderDomain): Hash {
  return hashTypedData(orderTypedData(order, domain));
}

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
