import type { NetworkConnection } from "hardhat/types/network";

import type { ReadClient } from "../../sdk/actions/contract.ts";
import { Invalid } from "../../sdk/params/errors.ts";
import type { Params } from "../../sdk/params/params.ts";
import { LocalOnly } from "./errors.ts";
import { outsideOf, requireContracts, requireDecimals } from "./requireThere.ts";

const LOCAL = new Set([1337, 31337]);

/** Is the chain in this process, or one that only this machine knows? */
export async function isLocal(connection: NetworkConnection): Promise<boolean> {
  return (
    connection.networkConfig.type === "edr-simulated" || LOCAL.has(await chainIdOf(connection))
  );
}

/**
 * On a chain that others use, every token and feed has to be there already, and what is named has to
 * be what the file says.
 *
 * @throws LocalOnly, Invalid without a governance, NotThere, OtherDecimals
 */
export async function requireReal(connection: NetworkConnection, params: Params): Promise<void> {
  const client = await connection.viem.getPublicClient();
  if (await isLocal(connection)) return requireNamed(client, params);
  const chainId = await chainIdOf(connection);
  for (const [entry, value] of outsideOf(params)) {
    if (value === "mint" || value === "mock") throw new LocalOnly(entry, value, chainId);
  }
  requireGovernance(params, chainId);
  await requireNamed(client, params);
}

/** @throws Invalid: who deploys does not govern at once because nobody said otherwise */
function requireGovernance({ governance }: Params, chainId: number): void {
  if (governance !== undefined) return;
  throw new Invalid(
    "params.governance",
    governance,
    `a delay, and who governs, on chain ${chainId}`,
  );
}

async function requireNamed(client: ReadClient, params: Params): Promise<void> {
  await requireContracts(client, params);
  await requireDecimals(client, params);
}

async function chainIdOf(connection: NetworkConnection): Promise<number> {
  return Number(await connection.provider.request({ method: "eth_chainId" }));
}
