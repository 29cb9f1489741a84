import {
  send,
  type PoolAddress,
  type ContractCall,
  type Sent,
  type WriteClient,
} from "./contract.ts";

/** Rounds of a factor's feed. */
export interface Observe {
  readonly pool: PoolAddress;
  readonly factor: number;
  readonly maxRounds: number; // processed at most
}

/** `observe` as an act, for `simulate` and `batch`. */
export function observeAct({ pool, factor, maxRounds }: Observe): ContractCall<"observe"> {
  return { pool, verb: "observe", args: [BigInt(factor), BigInt(maxRounds)] };
}

/**
 * Brings a factor's volatility up to its latest rounds, in order. Returns how many the simulation
 * processed.
 *
 * @throws UnknownFactor, OutOfBounds, Reentered
 */
export async function observe(
  client: WriteClient,
  args: Observe,
): Promise<Sent & { readonly processed: number }> {
  const { hash, result } = await send(client, observeAct(args));
  return { hash, processed: Number(result) };
}
