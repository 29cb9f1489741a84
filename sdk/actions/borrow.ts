import type { Address } from "viem";

import { CASH, type AccountId } from "../types/Ids.ts";
import { read, type PoolAddress, type Sent, type WriteClient } from "./contract.ts";
import { withdraw } from "./withdraw.ts";

/** Cash out of an account. */
export interface Borrow {
  readonly pool: PoolAddress;
  readonly account: AccountId;
  readonly amount: bigint; // units of the pool's cash
  readonly to?: Address; // the sender, unless said
}

/**
 * Withdraws the pool's cash: what the account lends comes first, the rest is borrowed.
 *
 * @throws what `withdraw` throws
 */
export async function borrow(client: WriteClient, args: Borrow): Promise<Sent> {
  const token = await read(client, args.pool, "tokenOf", [CASH]);
  return withdraw(client, { ...args, token });
}
