import type { NetworkConnection } from "hardhat/types/network";
import type { Address } from "viem";

import type { Listing, Params } from "../params/params.ts";
import type { Pool } from "../types/Pool.ts";

/**
 * Makes each mock feed repeat its latest answer twice in its heartbeat, so that no price goes stale
 * while nobody looks. Returns what ends it.
 */
export function keepAlive(connection: NetworkConnection, pool: Pool, params: Params): () => void {
  const mocks = Object.entries(params.listings).filter(([, { feed }]) => isMock(feed));
  const timers = mocks.map(([symbol, { feed }]) =>
    setInterval(() => void repeat(connection, pool.feeds[symbol]!), (feed.heartbeat * 1_000) / 2),
  );
  return () => timers.forEach((timer) => clearInterval(timer));
}

function isMock({ aggregator }: Listing["feed"]): boolean {
  return aggregator === "mock";
}

async function repeat(connection: NetworkConnection, address: Address) {
  const feed = await connection.viem.getContractAt("MockV3Aggregator", address);
  await feed.write.updateAnswer([await feed.read.latestAnswer()]);
}
