import { lensAbi } from "../generated/lensAbi.ts";
import { assetId } from "../types/Ids.ts";
import type { Reading } from "./reading.ts";
import type { FactorView, PoolView } from "./lensView.ts";

// The Lens brings one round more than an act walks by itself. Where so many wait, the rest are read
// here, as far as EstimateBehind counts them.

const BROUGHT = 9;
const COUNTED = 256;
const PAGE = 128;

/** The pool with every round that waits, up to 256 of each factor. */
export async function withAllPending(reading: Reading, pool: PoolView): Promise<PoolView> {
  if (pool.factors.every(({ pending }) => pending.length < BROUGHT)) return pool;
  const factors: FactorView[] = [];
  for (const factor of pool.factors) factors.push(await withPending(reading, factor));
  return { ...pool, factors };
}

async function withPending(reading: Reading, factor: FactorView): Promise<FactorView> {
  let pending = factor.pending;
  let page = pending.length === BROUGHT;
  while (page && pending.length < COUNTED) {
    const more = await roundsAfter(reading, factor, pending.at(-1)!.id);
    pending = [...pending, ...more];
    page = more.length === PAGE;
  }
  return { ...factor, pending };
}

async function roundsAfter({ client, pool, blockNumber }: Reading, view: FactorView, id: bigint) {
  return client.readContract({
    ...{ address: pool.lens, abi: lensAbi, functionName: "roundsAfter", blockNumber },
    args: [pool.oracle, assetId(Number(view.factor), 0), id, BigInt(PAGE)],
  });
}
