import type { AssetId } from "../types/Ids.ts";
import {
  send,
  type PoolAddress,
  type ContractCall,
  type Sent,
  type WriteClient,
} from "./contract.ts";

/** What follows an underlying at a rate, or a stable. */
export interface ObserveRate {
  readonly pool: PoolAddress;
  readonly asset: AssetId;
}

/** `observeRate` as an act, for `simulate` and `batch`. */
export function observeRateAct({ pool, asset }: ObserveRate): ContractCall<"observeRate"> {
  return { pool, verb: "observeRate", args: [asset] };
}

/**
 * Notes what the feed of a follower or stable says: two sound rounds at least a minute apart move the rate that
 * margin calls count while the feed is dead.
 *
 * @throws NoRate, Reentered
 */
export async function observeRate(client: WriteClient, args: ObserveRate): Promise<Sent> {
  const { hash } = await send(client, observeRateAct(args));
  return { hash };
}
