import { encodeFunctionData, type Abi, type AbiFunction, type Hex } from "viem";
import { readContract } from "viem/actions";

import { clearinghouseAbi, oracleAbi } from "../abi.ts";
import type { ReadClient } from "../actions/door.ts";
import type { Params } from "../params/params.ts";
import type { Pool } from "../types/Pool.ts";
import { settingsOf, type Named, type Setting } from "./settings.ts";

/** One number, or word, that parameters would change. */
export interface Difference {
  readonly name: string; // of the setting's argument: `factor.shockFloor`
  readonly from: string; // on the chain
  readonly to: string;
}

/** A setting that the chain does not have as parameters want it. */
export interface Change extends Setting {
  readonly differences: readonly Difference[];
}

/**
 * What of `params` the pool on the chain has otherwise, in the order in which it may be sent. Numbers are
 * the contracts' own: parts per billion, seconds, wads.
 */
export async function changesOf(client: ReadClient, pool: Pool, params: Params): Promise<Change[]> {
  const settings = settingsOf(params, namedBy(params, pool));
  const changes = await Promise.all(
    settings.map(async (setting) => {
      const standing = await standingOf(client, pool, setting);
      return { ...setting, differences: differencesOf(setting, standing) };
    }),
  );
  return changes.filter(({ differences }) => differences.length > 0);
}

/** Tokens and feeds as parameters name them; what they had made up, where it is. */
function namedBy({ listings }: Params, pool: Pool): Named {
  const named = Object.entries(listings).map(([symbol, { token, feed }]) => [
    [symbol, token === "mint" ? pool.tokens[symbol] : token] as const,
    [symbol, feed.aggregator === "mock" ? pool.feeds[symbol] : feed.aggregator] as const,
  ]);
  return {
    tokens: Object.fromEntries(named.map(([token]) => token!)),
    feeds: Object.fromEntries(named.map(([, feed]) => feed!)),
  };
}

/** A change as a transaction. */
export function callOf(pool: Pool, { to, verb, args }: Setting): { to: Hex; data: Hex } {
  const data = encodeFunctionData({ abi: abiOf(to) as Abi, functionName: verb, args });
  return { to: pool[to], data };
}

const abiOf = (to: Setting["to"]) => (to === "oracle" ? oracleAbi : clearinghouseAbi);

type Ask = (name: string, args?: readonly unknown[]) => Promise<unknown>;

/** The arguments with which each verb would change nothing. */
const STANDING: Record<string, (ask: Ask, args: readonly unknown[]) => Promise<unknown[]>> = {
  async setFeed(ask, [asset]) {
    const [aggregator, ...trust] = (await ask("feeds", [asset])) as unknown[];
    return [asset, aggregator, ...trust.slice(0, 3)];
  },
  async setFactor(ask, [factor]) {
    const [params] = (await ask("factorOf", [factor])) as unknown[];
    return [factor, params];
  },
  async setAsset(ask, [asset]) {
    return [asset, await ask("tokenOf", [asset]), await ask("assetOf", [asset])];
  },
  async setListing(ask, [token]) {
    const { frozen, cap } = (await ask("listingOf", [token])) as { frozen: boolean; cap: bigint };
    return [token, frozen, cap];
  },
  async setCash(ask) {
    return [((await ask("ledger")) as unknown[])[1]];
  },
  async setTiers(ask) {
    return [((await ask("ledger")) as unknown[])[2]];
  },
  async setLiquidation(ask) {
    return [((await ask("ledger")) as unknown[])[3]];
  },
  async setMarket(ask, [factor]) {
    const [, params, depth] = (await ask("marketOf", [factor])) as unknown[];
    return [factor, params, depth];
  },
  async setTrade(ask) {
    return [...((await ask("trade")) as unknown[])];
  },
};

async function standingOf(client: ReadClient, pool: Pool, setting: Setting): Promise<unknown[]> {
  const ask: Ask = (functionName, args = []) =>
    readContract(client, {
      address: pool[setting.to],
      abi: abiOf(setting.to) as Abi,
      functionName,
      args,
    });
  return STANDING[setting.verb]!(ask, setting.args);
}

function differencesOf({ to, verb, args }: Setting, standing: readonly unknown[]): Difference[] {
  const { inputs } = (abiOf(to) as Abi).find(
    (item): item is AbiFunction => item.type === "function" && item.name === verb,
  )!;
  return inputs.flatMap(({ name }, i) => between(name!, standing[i], args[i]));
}

function between(name: string, from: unknown, to: unknown): Difference[] {
  if (typeof to === "object" && to !== null) {
    const old = from as Record<string, unknown>;
    return Object.entries(to).flatMap(([key, value]) => between(`${name}.${key}`, old[key], value));
  }
  const [was, is] = [from, to].map((value) => String(value).toLowerCase());
  return was === is ? [] : [{ name, from: String(from), to: String(to) }];
}
