import type { NetworkConnection } from "hardhat/types/network";

import { aggregatedOf, marketOf } from "../params/feeds.ts";
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
  for (const [entry, value] of madeUp(params)) {
    if (value === "mint" || value === "mock") throw new LocalOnly(entry, value, chainId);
  }
}

/** Every entry of parameters that a local chain could make up. */
function* madeUp({ listings, sequencer, pyth }: Params): Iterable<[string, string | undefined]> {
  yield ["params.sequencer.feed", sequencer?.feed];
  yield ["params.pyth", pyth];
  for (const [symbol, { token, feed }] of Object.entries(listings)) {
    const at = `params.listings.${symbol}`;
    const market = marketOf(feed);
    yield [`${at}.token`, token];
    if (feed.kind === "rate") yield [`${at}.feed.source`, feed.source];
    yield [`${at}.feed.aggregator`, market && aggregatedOf(market)?.aggregator];
  }
}

async function chainIdOf(connection: NetworkConnection): Promise<number> {
  return Number(await connection.provider.request({ method: "eth_chainId" }));
}
