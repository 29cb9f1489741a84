import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";

import type { NetworkConnection } from "hardhat/types/network";
import type { Address } from "viem";

import { readJson } from "../../sdk/files/json.ts";
import { isLocal } from "./requireReal.ts";

// What Ignition keeps of a deployment, beside our own params.json and pool.json.
const RECORDS = ["artifacts", "build-info", "journal.jsonl", "deployed_addresses.json"];

/** Forgets a deployment; what stands on chain stands. */
export function forget(folder: string): void {
  for (const name of RECORDS) rmSync(join(folder, name), { recursive: true, force: true });
}

/** A local chain that was started anew knows nothing of what is recorded. Returns whether so. */
export async function forgetIfGone(connection: NetworkConnection, folder: string) {
  const file = join(folder, "deployed_addresses.json");
  if (!existsSync(file) || !(await isLocal(connection))) return false;
  const addresses = Object.values(readJson(file) as Record<string, Address>);
  const client = await connection.viem.getPublicClient();
  const codes = await Promise.all(addresses.map((address) => client.getCode({ address })));
  if (codes.every((code) => code !== undefined)) return false;
  forget(folder);
  return true;
}
