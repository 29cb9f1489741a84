import { existsSync } from "node:fs";

import { z } from "zod";

import { check } from "../params/check.ts";
import { readJson, writeJson } from "../files/json.ts";
import type { AccountId } from "../types/Ids.ts";
import type { Checkpoint } from "./discover.ts";

// For Node only, and not of the keeper's index: the rest of it runs anywhere.

const account = z.custom<AccountId>((value) => /^0x[0-9a-f]{64}$/.test(String(value)), {
  error: "an account id",
});
const checkpoint = z.object({ block: z.int().min(0), accounts: z.array(account) });

/** Where a keeper's discovery stands between two runs. */
export interface CheckpointFile {
  readonly load: () => Checkpoint;
  readonly save: (found: Checkpoint) => void;
}

/**
 * Keeps discovery in memory, and in a file if one is named; without either it begins at `from`.
 *
 * @throws Invalid, MalformedJson, FileRefused
 */
export function checkpointFile(file: string | undefined, from: bigint): CheckpointFile {
  let kept: Checkpoint = { block: from, accounts: [] };
  if (file !== undefined && existsSync(file)) kept = read(file);
  const save = (found: Checkpoint) => {
    kept = found;
    if (file !== undefined) writeJson(file, { ...found, block: Number(found.block) });
  };
  return { load: () => kept, save };
}

function read(file: string): Checkpoint {
  const { block, accounts } = check(checkpoint, readJson(file), "checkpoint");
  return { block: BigInt(block), accounts };
}
