import { encodeFunctionData, hexToNumber, parseAbi, slice, type Address } from "viem";
import { call, getCode } from "viem/actions";

import type { ReadClient } from "../../sdk/actions/contract.ts";
import { BallastError } from "../../sdk/errors/BallastError.ts";
import { decodeError } from "../../sdk/errors/decodeError.ts";
import { aggregatedOf, marketOf } from "../../sdk/params/feeds.ts";
import type { Params } from "../../sdk/params/params.ts";
import { NotThere, OtherDecimals } from "./errors.ts";

// What parameters name is on the chain, and is what they say. Asked before anything is sent: a
// deployment that stops half way cannot go on with other parameters.

const DECIMALS = parseAbi(["function decimals() view returns (uint8)"]);

/** Every entry of parameters that names a contract, or asks a local chain to make it up. */
export function* outsideOf(params: Params): Iterable<[entry: string, value: string | undefined]> {
  const { listings, sequencer, pyth } = params;
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

/** @throws NotThere for the first address without code */
export async function requireContracts(client: ReadClient, params: Params): Promise<void> {
  for (const [entry, value] of outsideOf(params)) {
    if (value === undefined || isMade(value)) continue;
    const code = await getCode(client, { address: value as Address });
    if (code === undefined) throw new NotThere(entry, value, "a contract");
  }
}

/**
 * Asks every token in which units it counts.
 *
 * @param made tokens that a local chain made up, by symbol
 * @throws OtherDecimals, NotThere for the first that differs
 */
export async function requireDecimals(
  client: ReadClient,
  { listings }: Params,
  made: Readonly<Record<string, Address>> = {},
): Promise<void> {
  for (const [symbol, { token, decimals }] of Object.entries(listings)) {
    const at = `params.listings.${symbol}`;
    const address = isMade(token) ? made[symbol] : (token as Address);
    if (address === undefined) continue; // not made yet
    const found = await decimalsOf(client, address);
    if (found === undefined) throw new NotThere(`${at}.token`, address, "a token");
    if (found !== decimals) throw new OtherDecimals(`${at}.decimals`, decimals, found);
  }
}

async function decimalsOf(client: ReadClient, address: Address): Promise<number | undefined> {
  const data = encodeFunctionData({ abi: DECIMALS });
  const answer = await call(client, { to: address, data }).catch((thrown: unknown) => {
    const error = decodeError(thrown);
    if (error instanceof BallastError) return undefined; // it reverts: no token
    throw error;
  });
  return answer?.data === undefined ? undefined : hexToNumber(slice(answer.data, 0, 32));
}

function isMade(value: string): boolean {
  return value === "mint" || value === "mock";
}
