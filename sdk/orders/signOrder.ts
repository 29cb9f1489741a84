import type { Hex, LocalAccount } from "viem";

import type { WriteClient } from "../actions/contract.ts";
import type { Order } from "../types/Order.ts";
import { signAs } from "./signAs.ts";
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
  return { order, signature: await signAs(by, order.signer, orderTypedData(order, domain)) };
}
