import { parseEther } from "viem";
import { privateKeyToAccount } from "viem/accounts";

import { accountId, type AccountId } from "../../sdk/types/Ids.ts";
import {
  buildInstrument,
  buildOrder,
  orderDomain,
  type OrderRequest,
} from "../../sdk/orders/index.ts";
import type { Order } from "../../sdk/types/Order.ts";

export const NOW = 1_800_000_000;
export const PERP = buildInstrument({ factor: 1, kind: "perp" });
export const DOMAIN = orderDomain(
  { clearinghouse: "0x5FbDB2315678afecb367f032d93F642f64180aa3" },
  31_337,
);

const actor = (digit: string) => privateKeyToAccount(`0x${digit.repeat(64)}`);

export const alice = actor("a"); // takes
export const bob = actor("b"); // makes
export const carol = actor("c");
export const dave = actor("d");

export const idOf = ({ address }: typeof alice): AccountId => accountId(address);

/** A taker's order to buy 1 ETH perp at 4 000, good for an hour, with what is said otherwise. */
export function orderOf(wish: Partial<OrderRequest> = {}): Order {
  return buildOrder({
    account: idOf(alice),
    instrument: PERP,
    size: parseEther("1"),
    limitPrice: parseEther("4000"),
    maxFee: parseEther("2"),
    now: NOW,
    salt: 7n,
    ...wish,
  });
}

/** What a refused call threw. */
export function thrown(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was refused");
}
