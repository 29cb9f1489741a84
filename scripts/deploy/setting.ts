import type { Params } from "../../sdk/params/params.ts";
import { assetId, STABLES } from "../../sdk/types/Ids.ts";
import type { OracleName } from "./oracles.ts";

/** What a contract of the pool is told by governance. What stands outside is as it was named. */
export interface Setting {
  readonly id: string;
  readonly to: "clearinghouse" | "authority" | OracleName;
  readonly verb: string;
  readonly args: readonly unknown[];
}

/** What settings speak of: addresses, or what will have one. */
export interface Named {
  readonly tokens: Readonly<Record<string, unknown>>; // by symbol
  readonly feeds: Readonly<Record<string, unknown>>; // Chainlink's, by symbol
  readonly sources: Readonly<Record<string, unknown>>; // of rates, by symbol
  readonly oracles: Readonly<Partial<Record<OracleName, unknown>>>;
  readonly uptime: unknown; // the sequencer's feed
  readonly clearinghouse: unknown;
  readonly deployer: unknown; // who governs where no one is named
}

/** Parts per billion, as the contracts keep what somebody chose. */
export function part(rate: number): number {
  return Math.round(rate * 1e9);
}

export function assetOf(params: Params, symbol: string): number {
  const stable = params.stables[symbol];
  if (stable) return assetId(STABLES, stable.index);
  const asset = params.assets[symbol]!;
  return assetId(params.factors[asset.factor]!.id, asset.index);
}
