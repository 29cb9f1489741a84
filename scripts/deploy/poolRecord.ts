import { mkdirSync } from "node:fs";
import { dirname } from "node:path";

import type { Address } from "viem";
import { z } from "zod";

import { check } from "../../sdk/params/check.ts";
import { readJson, writeJson } from "../../sdk/files/json.ts";
import { flawOf } from "../../sdk/types/addresses.ts";
import type { Pool } from "../../sdk/types/Pool.ts";

const address = z.custom<Address>((value) => flawOf(value) === undefined, {
  error: "an address, whose checksum fits its digits",
});
const addresses = z.record(z.string(), address);
const pool = z.object({
  clearinghouse: address,
  vault: address,
  lens: address,
  oracle: address,
  oracles: addresses,
  authority: address,
  tokens: addresses,
  feeds: addresses,
  sources: addresses,
});

/**
 * The addresses of a deployment, as `writePool` left them.
 *
 * @throws Invalid, MalformedJson, FileRefused
 */
export function readPool(file: string): Pool {
  return check(pool, readJson(file), "pool");
}

/**
 * Keeps the addresses of a deployment, and makes the folder for them.
 *
 * @throws FileRefused
 */
export function writePool(file: string, record: Pool): void {
  mkdirSync(dirname(file), { recursive: true });
  writeJson(file, record);
}
