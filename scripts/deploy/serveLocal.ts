import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";

import { network } from "hardhat";
import type { JsonRpcServer, NetworkConnection } from "hardhat/types/network";
import type { Address } from "viem";

import { readParams } from "../../sdk/files/params.ts";
import type { Pool } from "../../sdk/types/Pool.ts";
import { deployPool } from "./deployPool.ts";
import { PortTaken } from "./errors.ts";
import { fundAccounts } from "./fundAccounts.ts";
import { keepAlive } from "./keepAlive.ts";
import { writePool } from "./poolRecord.ts";
import { forget } from "./records.ts";

const HOST = "127.0.0.1";

/** How to serve a local chain. */
export interface LocalChain {
  readonly port: number; // zero for any that is free
  readonly params: string; // file
  readonly records: string; // folder under deployments/
}

/** A pool on a chain of this process that answers JSON-RPC. */
export interface LocalNode {
  readonly url: string;
  readonly pool: Pool;
  readonly accounts: readonly Address[]; // with tokens of every listing, approved to the vault
  readonly close: () => Promise<void>;
}

/**
 * Starts a chain in this process, deploys a pool to it, gives every account tokens, and answers
 * JSON-RPC on 127.0.0.1 until closed. Feeds repeat their answers, as Chainlink's do. The pool's
 * addresses are kept in pool.json.
 *
 * @throws PortTaken, Invalid, MalformedJson, FileRefused, and Hardhat's own errors
 */
export async function serveLocal(
  chain: LocalChain,
  log: (line: string) => void,
): Promise<LocalNode> {
  const params = readParams(chain.params);
  await requireFree(chain.port);
  const server = await network.createServer("default", HOST, chain.port);
  const { port } = await server.listen();
  const url = `http://${HOST}:${port}`;
  log(`chain at ${url}, deploying ${chain.params}`);
  const connection = await network.create({ network: "localhost", override: { url } });
  const folder = join("deployments", chain.records);
  forget(folder); // of an earlier chain
  const pool = await deployPool(connection, params, { deploymentId: chain.records });
  log("pool deployed, giving tokens to every account");
  const accounts = await fundAccounts(connection, pool, params);
  writePool(join(folder, "pool.json"), pool);
  const still = keepAlive(connection, pool, params);
  return { url, pool, accounts, close: () => close(server, connection, still) };
}

async function close(server: JsonRpcServer, connection: NetworkConnection, still: () => void) {
  still();
  await connection.close();
  await server.close();
}

/** Hardhat's server would end the process. */
async function requireFree(port: number): Promise<void> {
  const probe = createServer().listen(port, HOST);
  await once(probe, "listening").catch(() => {
    throw new PortTaken(port);
  });
  await new Promise((resolve) => probe.close(resolve));
}
