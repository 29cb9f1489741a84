import { join } from "node:path";

import hre, { network } from "hardhat";
import type { NetworkConnection } from "hardhat/types/network";

import { readParams } from "../../sdk/files/params.ts";
import type { Pool } from "../../sdk/types/Pool.ts";
import { deployPool } from "./deployPool.ts";
import { UnknownNetwork } from "./errors.ts";
import { writePool } from "./poolRecord.ts";
import { forgetIfGone } from "./records.ts";
import { requireWhole } from "./requireWhole.ts";

export const FOLDER = "deployments";

/** What to deploy, and where. */
export interface NetworkDeployment {
  readonly network: string; // of hardhat.config.ts
  readonly params?: string; // file; the network's own, or the local pool's on localhost
  readonly records?: string; // folder under deployments/; the network's own
  readonly rpc?: string; // another node of the same network
}

/**
 * Deploys a pool to a network, or goes on where an earlier run stopped; a finished one stays as it is.
 * Keeps its records and its addresses (pool.json) under deployments/.
 *
 * @throws UnknownNetwork, LocalOnly, NotThere, OtherDecimals, BrokenRecord, Invalid, MalformedJson, FileRefused, and Ignition's own errors
 */
export async function deployNetwork(
  deployment: NetworkDeployment,
  log: (line: string) => void,
): Promise<Pool> {
  const { network: name, records = name } = deployment;
  requireKnown(name);
  const file = deployment.params ?? paramsFile(name);
  const params = readParams(file);
  const connection = await openNetwork(deployment);
  const folder = join(FOLDER, records);
  log(`deploying ${file} to ${name}, records in ${folder}`);
  requireWhole(folder);
  if (await forgetIfGone(connection, folder)) log(`${folder}: of a chain that is gone; forgotten`);
  const pool = await deployPool(connection, params, { deploymentId: records, displayUi: true });
  writePool(join(folder, "pool.json"), pool);
  await connection.close();
  return pool;
}

/** A connection to a network, or to another node of it. */
export function openNetwork({ network: name, rpc }: NetworkDeployment): Promise<NetworkConnection> {
  const override = rpc === undefined ? {} : { override: { url: rpc } };
  return network.create({ network: name, ...override } as { network: string });
}

/** @throws UnknownNetwork */
export function requireKnown(name: string): void {
  const known = Object.keys(hre.config.networks);
  if (!known.includes(name)) throw new UnknownNetwork(name, known);
}

/** Where the parameters of a network are; on localhost, the local pool's. */
export function paramsFile(name: string): string {
  return join(FOLDER, name === "localhost" ? "local" : name, "params.json");
}
