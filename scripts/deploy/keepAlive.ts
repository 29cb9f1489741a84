import type { NetworkConnection } from "hardhat/types/network";
import type { Address, Hex } from "viem";

import { aggregatedOf, marketOf, publishedOf } from "../../sdk/params/feeds.ts";
import type { Params } from "../../sdk/params/params.ts";
import type { AssetId } from "../../sdk/types/Ids.ts";
import type { Pool } from "../../sdk/types/Pool.ts";
import { assetOf } from "./setting.ts";

const SLOT = 300; // seconds, of Pyth's grid

/** Something to be done again and again. */
interface Chore {
  readonly seconds: number;
  readonly act: () => Promise<unknown>;
}

/**
 * Makes each mock feed repeat its latest answer twice in its heartbeat, so that no price goes stale
 * while nobody looks, and tells the slots of Pyth's mock. Returns what ends it.
 */
export function keepAlive(connection: NetworkConnection, pool: Pool, params: Params): () => void {
  const timers = choresOf(connection, pool, params).map(({ seconds, act }) =>
    setInterval(() => void act(), seconds * 1_000),
  );
  return () => timers.forEach((timer) => clearInterval(timer));
}

function choresOf(connection: NetworkConnection, pool: Pool, params: Params): Chore[] {
  return Object.entries(params.listings).flatMap(([symbol, { feed }]) => {
    const market = marketOf(feed);
    const aggregated = market && aggregatedOf(market);
    const published = market && publishedOf(market);
    const chores: Chore[] = [];
    if (aggregated?.aggregator === "mock") {
      const act = () => repeat(connection, pool.feeds[symbol]!);
      chores.push({ seconds: aggregated.heartbeat / 2, act });
    }
    if (published !== undefined && params.pyth === "mock") {
      const one = { asset: assetOf(params, symbol), id: published.id as Hex };
      const act = () => publishAgain(connection, pool, one);
      chores.push({ seconds: published.heartbeat / 2, act });
    }
    return chores;
  });
}

async function repeat(connection: NetworkConnection, address: Address) {
  const feed = await connection.viem.getContractAt("MockV3Aggregator", address);
  await feed.write.updateAnswer([await feed.read.latestAnswer()]);
}

/** Publishes a price of Pyth's mock again, and tells by it the slots that are due. */
export async function publishAgain(
  { viem }: NetworkConnection,
  pool: Pool,
  { asset, id, price }: { readonly asset: AssetId; readonly id: Hex; readonly price?: bigint },
) {
  const pyth = await viem.getContractAt("LocalPyth", pool.oracles["publisher"]!);
  const oracle = await viem.getContractAt("PythOracle", pool.oracles["pyth"]!);
  const last = await pyth.read.getPriceUnsafe([id]);
  await pyth.write.publish([id, price ?? last.price]);
  const { publishTime } = await pyth.read.getPriceUnsafe([id]);
  const [, , slot] = await oracle.read.feedOf([asset]);
  const slots: [Hex][] = [];
  for (let at = slot; BigInt(at * SLOT) <= publishTime; ++at) {
    slots.push([await pyth.read.updateOf([id, BigInt(at * SLOT - 1)])]);
  }
  if (slots.length > 0) await oracle.write.tell([asset, slots]);
}
