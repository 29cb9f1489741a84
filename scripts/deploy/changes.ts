import { encodeFunctionData, type Abi, type AbiFunction, type Address, type Hex } from "viem";
import { readContract } from "viem/actions";

import { authorityAbi } from "../../sdk/generated/authorityAbi.ts";
import { clearinghouseAbi } from "../../sdk/generated/clearinghouseAbi.ts";
import { guardedOracleAbi } from "../../sdk/generated/guardedOracleAbi.ts";
import { oracleAbi } from "../../sdk/generated/oracleAbi.ts";
import { pythOracleAbi } from "../../sdk/generated/pythOracleAbi.ts";
import { rateOracleAbi } from "../../sdk/generated/rateOracleAbi.ts";
import { routedOracleAbi } from "../../sdk/generated/routedOracleAbi.ts";
import { sequencerAbi } from "../../sdk/generated/sequencerAbi.ts";
import type { ReadClient } from "../../sdk/actions/contract.ts";
import { aggregatedOf, marketOf } from "../../sdk/params/feeds.ts";
import type { Params } from "../../sdk/params/params.ts";
import type { Pool } from "../../sdk/types/Pool.ts";
import { NoSuchOracle } from "./errors.ts";
import { handedOver } from "./governance.ts";
import type { Named, Setting } from "./setting.ts";
import { settingsOf } from "./settings.ts";

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
export async function changesOf(
  client: ReadClient,
  pool: Pool,
  params: Params,
  deployer?: Address, // who governs, where parameters name no one
): Promise<Change[]> {
  const named = namedBy(params, pool, deployer);
  const settings = [...settingsOf(params, named), ...handedOver(params, deployer)];
  const changes = await Promise.all(
    settings.map(async (setting) => {
      const accountHealth = await accountHealthOf(client, pool, setting);
      return { ...setting, differences: differencesOf(setting, accountHealth) };
    }),
  );
  return changes.filter(({ differences }) => differences.length > 0);
}

/** What parameters name, where it is; what they had made up, where it was made. */
function namedBy({ listings, sequencer }: Params, pool: Pool, deployer?: Address): Named {
  const tokens: Record<string, unknown> = {};
  const feeds: Record<string, unknown> = {};
  const sources: Record<string, unknown> = {};
  for (const [symbol, { token, feed }] of Object.entries(listings)) {
    const market = marketOf(feed);
    const aggregator = market && aggregatedOf(market)?.aggregator;
    tokens[symbol] = token === "mint" ? pool.tokens[symbol] : token;
    feeds[symbol] = aggregator === "mock" ? pool.feeds[symbol] : aggregator;
    if (feed.kind === "rate")
      sources[symbol] = feed.source === "mock" ? pool.sources[symbol] : feed.source;
  }
  const { oracles, clearinghouse } = pool;
  const uptime = sequencer?.feed === "mock" ? oracles["uptime"] : sequencer?.feed;
  return { tokens, feeds, sources, oracles, uptime, clearinghouse, deployer };
}

/** A change as a transaction. */
export function callOf(pool: Pool, { to, verb, args }: Setting): { to: Hex; data: Hex } {
  const data = encodeFunctionData({ abi: ABIS[to], functionName: verb, args });
  return { to: addressOf(pool, to), data };
}

const ABIS: Readonly<Record<Setting["to"], Abi>> = {
  clearinghouse: clearinghouseAbi,
  authority: authorityAbi,
  chainlink: oracleAbi,
  pyth: pythOracleAbi,
  guarded: guardedOracleAbi,
  routed: routedOracleAbi,
  rate: rateOracleAbi,
  sequencer: sequencerAbi,
};

/** @throws NoSuchOracle if the pool was deployed without it: it asks the ones it was born with */
function addressOf(pool: Pool, to: Setting["to"]): Address {
  if (to === "clearinghouse" || to === "authority") return pool[to];
  const address = pool.oracles[to];
  if (address === undefined) throw new NoSuchOracle(to);
  return address;
}

type Ask = (name: string, args?: readonly unknown[]) => Promise<unknown>;

type AccountHealth = (ask: Ask, args: readonly unknown[]) => Promise<unknown[]>;

/** The arguments with which each verb would change nothing; some verbs of oracles go by their kind too. */
const STANDING: Readonly<Record<string, AccountHealth>> = {
  async setFeed(ask, [asset]) {
    const [aggregator, ...trust] = (await ask("feeds", [asset])) as unknown[];
    return [asset, aggregator, ...trust.slice(0, 3)];
  },
  async "pyth.setFeed"(ask, [asset]) {
    const [id, trust] = (await ask("feedOf", [asset])) as unknown[];
    return [asset, id, trust];
  },
  async setBound(ask, [asset]) {
    return [asset, await ask("boundOf", [asset])];
  },
  async setRoute(ask, [asset]) {
    return [asset, await ask("routeOf", [asset])];
  },
  async setRate(ask, [asset]) {
    const rate = (await ask("rateOf", [asset])) as unknown[];
    const [token, growth, , , , traded, , underlying, kind] = rate;
    return [asset, token, kind, traded, underlying, growth];
  },
  async setUptime(ask) {
    return [await ask("feed"), await ask("grace")];
  },
  async grantRole(ask, [role, account]) {
    const access = (await ask("getAccess", [role, account])) as number[];
    const [since, delay, pending, effect] = access;
    return [role, since === 0 ? "nobody" : account, effect === 0 ? delay : pending];
  },
  async revokeRole(ask, [role, account]) {
    const [since] = (await ask("getAccess", [role, account])) as number[];
    return [role, since === 0 ? account : "still governs"];
  },
  async setTargetFunctionRole(ask, [target, selectors, role]) {
    const roles = await Promise.all(
      (selectors as Hex[]).map((selector) => ask("getTargetFunctionRole", [target, selector])),
    );
    return [target, selectors, roles.every((one) => one === role) ? role : roles[0]];
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
  async setExit(ask) {
    return [((await ask("lockOf")) as { exitShare: number }).exitShare];
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
  async setKeeper(ask) {
    return [((await ask("keeper")) as unknown[])[0]];
  },
  async setMarket(ask, [factor]) {
    const [, params, depth] = (await ask("marketOf", [factor])) as unknown[];
    return [factor, params, depth];
  },
  async setTrade(ask) {
    return [...((await ask("trade")) as unknown[])];
  },
};

async function accountHealthOf(
  client: ReadClient,
  pool: Pool,
  setting: Setting,
): Promise<unknown[]> {
  const ask: Ask = (functionName, args = []) =>
    readContract(client, {
      address: addressOf(pool, setting.to),
      abi: ABIS[setting.to],
      functionName,
      args,
    });
  const { to, verb } = setting;
  return (STANDING[`${to}.${verb}`] ?? STANDING[verb]!)(ask, setting.args);
}

function differencesOf(
  { to, verb, args }: Setting,
  accountHealth: readonly unknown[],
): Difference[] {
  const { inputs } = ABIS[to].find(
    (item): item is AbiFunction => item.type === "function" && item.name === verb,
  )!;
  return inputs.flatMap(({ name }, i) => between(name!, accountHealth[i], args[i]));
}

function between(name: string, from: unknown, to: unknown): Difference[] {
  if (typeof to === "object" && to !== null) {
    const old = from as Record<string, unknown>;
    return Object.entries(to).flatMap(([key, value]) => between(`${name}.${key}`, old[key], value));
  }
  const [was, is] = [from, to].map((value) => String(value).toLowerCase());
  return was === is ? [] : [{ name, from: String(from), to: String(to) }];
}
