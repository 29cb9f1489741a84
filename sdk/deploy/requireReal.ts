import type { NetworkConnection } from "hardhat/types/network";

import type { Params } from "../params/params.ts";
import { LocalOnly } from "./errors.ts";

const LOCAL = new Set([1337, 31337]);

/** Is the chain in this process, or one that only this machine knows? */
export async function isLocal(connection: NetworkConnection): Promise<boolean> {
  return (
    connection.networkConfig.type === "edr-simulated" || LOCAL.has(await chainIdOf(connection))
  );
}

/**
 * On a chain that others use, every token and feed has to be there already.
 *
 * @throws LocalOnly
 */
export async function requireReal(connection: NetworkConnection, params: Params): Promise<void> {
  if (await isLocal(connection)) return;
  const chainId = await chainIdOf(connection);
  if (params.sequencer?.feed === "mock") {
    throw new LocalOnly("params.sequencer.feed", params.sequencer.feed, chainId);
  }
  for (const [symbol, { token, feed }] of Object.entries(params.listings)) {
    const at = `params.listings.${symbol}`;
    if (token === "mint") throw new LocalOnly(`${at}.token`, token, chainId);
    if (feed.aggregator === "mock") {
      throw new LocalOnly(`${at}.feed.aggregator`, feed.aggregator, chainId);
    }
  }
}

async function chainIdOf(connection: NetworkConnection): Promise<number> {
  return Number(await connection.provider.request({ method: "eth_chainId" }));
}
