import { join } from "node:path";

import { network } from "hardhat";

import { decodeError } from "../errors/index.ts";
import { readParams } from "../params/params.ts";
import { callOf, changesOf, type Change } from "./changes.ts";
import { RefusedSetting } from "./errors.ts";
import { FOLDER, paramsFile, requireKnown, type NetworkDeployment } from "./deployNetwork.ts";
import { readPool } from "./poolRecord.ts";

/** Parameters for a pool that stands. */
export interface ParamsOptions extends NetworkDeployment {
  readonly send?: boolean; // what differs; it is only shown otherwise
}

/**
 * Shows what of a network's parameters its pool has otherwise, and sends it if asked to. Whoever was
 * interrupted runs it again: what was sent differs no more.
 *
 * @throws UnknownNetwork, Invalid, MalformedJson, FileRefused; RefusedSetting with the chain's own words
 */
export async function applyParams(
  options: ParamsOptions,
  log: (line: string) => void,
): Promise<readonly Change[]> {
  const { network: name, records = name, send = false } = options;
  requireKnown(name);
  const params = readParams(options.params ?? paramsFile(name));
  const pool = readPool(join(FOLDER, records, "pool.json"));
  const override = options.rpc === undefined ? {} : { override: { url: options.rpc } };
  const connection = await network.create({ network: name, ...override } as { network: string });
  try {
    const client = await connection.viem.getPublicClient();
    const changes = await changesOf(client, pool, params);
    for (const { id, differences } of changes) {
      for (const one of differences) log(`${id.padEnd(20)} ${one.name}: ${one.from} → ${one.to}`);
    }
    log(changes.length === 0 ? "the chain has these parameters" : `${changes.length} to send`);
    if (!send) return changes;
    const [wallet] = await connection.viem.getWalletClients();
    for (const [i, change] of changes.entries()) {
      const call = callOf(pool, change);
      await client.call({ ...call, account: wallet!.account }).catch((error: unknown) => {
        throw new RefusedSetting(change.id, i, changes.length, decodeError(error));
      });
      const hash = await wallet!.sendTransaction(call);
      await client.waitForTransactionReceipt({ hash });
      log(`sent ${i + 1}/${changes.length} ${change.id}`);
    }
    return changes;
  } finally {
    await connection.close();
  }
}
