import type { NetworkConnection } from "hardhat/types/network";
import { getAddress, isAddressEqual, type Address } from "viem";

import type { Params } from "../../sdk/params/params.ts";
import type { Pool } from "../../sdk/types/Pool.ts";
import { poolModule } from "./PoolModule.ts";
import { requireReal } from "./requireReal.ts";

/** Where the records of a deployment are kept, and whether its steps are shown. */
export interface DeployOptions {
  readonly deploymentId?: string; // on an in-process chain records stay in memory
  readonly displayUi?: boolean;
}

type Contracts = Readonly<Record<string, { address: Address }>>;

/**
 * Deploys a pool, or goes on with a deployment that was interrupted.
 *
 * @throws LocalOnly if tokens or feeds would have to be made up on a chain that is not local
 */
export async function deployPool(
  connection: NetworkConnection,
  params: Params,
  options: DeployOptions = {},
): Promise<Pool> {
  await requireReal(connection, params);
  const [deployer] = await connection.viem.getWalletClients();
  const module = poolModule(governedBy(params, deployer!.account.address));
  const contracts: Contracts = await connection.ignition.deploy(module, options);
  const clearinghouse = addressOf(contracts, "clearinghouse");
  const contract = await connection.viem.getContractAt("IClearinghouse", clearinghouse);
  return {
    clearinghouse,
    vault: getAddress(await contract.read.vault()),
    lens: addressOf(contracts, "lens"),
    oracle: addressOf(contracts, "pricing"),
    oracles: addressesOf(contracts, "oracle"),
    authority: addressOf(contracts, "authority"),
    tokens: addressesOf(contracts, "token"),
    feeds: addressesOf(contracts, "feed"),
    sources: addressesOf(contracts, "source"),
  };
}

/** Who deploys and is to govern gives nothing up. */
function governedBy(params: Params, deployer: Address): Params {
  const { governor, ...rest } = params.governance ?? {};
  if (governor === undefined || !isAddressEqual(governor as Address, deployer)) return params;
  return { ...params, governance: rest as Params["governance"] };
}

function addressOf(contracts: Contracts, name: string): Address {
  return getAddress(contracts[name]!.address);
}

/** Those whose names begin with `prefix`, by the rest of the name. */
function addressesOf(contracts: Contracts, prefix: string): Record<string, Address> {
  const names = Object.keys(contracts).filter((name) => name.startsWith(prefix));
  return Object.fromEntries(names.map((n) => [n.slice(prefix.length), addressOf(contracts, n)]));
}
