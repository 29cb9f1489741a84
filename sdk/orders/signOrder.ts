import { isAddressEqual, type Hex, type LocalAccount } from "viem";
import { signTypedData } from "viem/actions";

import type { WriteClient } from "../actions/door.ts";
import type { Order } from "../types/Order.ts";
import { NotTheSigner } from "./errors.ts";
import { orderTypedData, type OrderDomain } from "./typedData.ts";

/** An order that others may settle. */
export interface SignedOrder {
  readonly order: Order;
  readonly signature: Hex;
}

/**
 * Signs an order, by a wallet or by a local key. An ERC-1271 wallet signs in its own way instead: give
 * it `orderTypedData` or `hashOrder`, and put what it returns into a `SignedOrder`.
 *
 * ```ts
 * const signed = await signOrder(client, order, orderDomain(pool, 8453));
 * ```
 *
 * @throws NotTheSigner before anyone is asked, if the key is not that of `order.signer`
 */
export async function signOrder(
  by: WriteClient | LocalAccount,
  order: Order,
  domain: OrderDomain,
): Promise<SignedOrder> {
  const { address } = "account" in by ? by.account : by;
  if (!isAddressEqual(address, order.signer)) throw new NotTheSigner(order.signer, address);
  const asked = orderTypedData(order, domain);
  const signature =
    "account" in by ? await signTypedData(by, asked as never) : await by.signTypedData(asked);
  return { order, signature };
}
