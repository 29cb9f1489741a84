import { marketParamsFrom } from "../snapshot/market.ts";
import type { MarketParams } from "../snapshot/Snapshot.ts";
import { read, type PoolAddress, type ReadClient } from "./contract.ts";

/** What the derivatives of a factor share, as stored. */
export interface MarketSummary {
  readonly params: MarketParams;
  readonly expiries: readonly number[]; // that have not settled
  readonly premium: bigint; // of the perp over spot, when it was last touched
  readonly funding: bigint; // what a long had paid per unit by then
  readonly touched: number; // then
  readonly openInterest: bigint; // Σ long |delta| units
}

/** A factor's market, as stored in the latest block. */
export async function getMarket(
  client: ReadClient,
  { pool, factor }: { readonly pool: PoolAddress; readonly factor: number },
): Promise<MarketSummary> {
  const answer = await read(client, pool, "marketOf", [BigInt(factor)]);
  const [{ premium, funding, time, openInterest }, marketParams, depth, expiries] = answer;
  const params = marketParamsFrom({ marketParams, depth });
  return { params, expiries, premium, funding, touched: time, openInterest };
}
