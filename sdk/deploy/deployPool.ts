import type { NetworkConnection } from "hardhat/types/network";
import { getAddress, type Address } from "viem";

import type { Params } from "../params/params.ts";
import type { Pool } from "../types/Pool.ts";
import { poolModule } from "./PoolModule.ts";

/** Where the records of a deployment are kept; none keeps them in memory. */
export interface DeployOptions {
  readonly deploymentId?: string;
}

function addressesOf(prefix: string, contracts: Record<string, { address: Address }>) {
  const named = Object.entries(contracts).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(
    named.map(([name, { address }]) => [name.slice(prefix.length), getAddress(address)]),
  );
}

/** Deploys a pool, or goes on with a deployment that was interrupted. */
export async function deployPool(
  connection: NetworkConnection,
  params: Params,
  options: DeployOptions = {},
): Promise<Pool> {
  const contracts: Record<string, { address: Address }> = await connection.ignition.deploy(
    poolModule(params),
    options,
  );
  const { clearinghouse, lens, oracle, authority } = contracts as Record<
    string,
    { address: Address }
  >;
  const door = await connection.viem.getContractAt("Clearinghouse", clearinghouse!.address);
  return {
    clearinghouse: getAddress(clearinghouse!.address),
    vault: getAddress(await door.read.vault()),
    lens: getAddress(lens!.address),
    oracle: getAddress(oracle!.address),
    authority: getAddress(authority!.address),
    tokens: addressesOf("token", contracts),
    feeds: addressesOf("feed", contracts),
  };
}
