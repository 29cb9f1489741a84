import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

import { readJson } from "../../sdk/files/json.ts";
import { BrokenRecord } from "./errors.ts";

const BACKUP = "it is not the last, so it was not cut off but changed; put back a copy of the file";

/**
 * The records of a deployment that goes on are whole. A process that is killed, or a disk that is full,
 * can leave half a line at the end of the journal, at which Ignition gives up.
 *
 * @throws BrokenRecord, MalformedJson, FileRefused with the file and what to do
 */
export function requireWhole(folder: string): void {
  requireJournal(join(folder, "journal.jsonl"), basename(folder));
  const addresses = join(folder, "deployed_addresses.json");
  if (existsSync(addresses)) readJson(addresses);
}

function requireJournal(file: string, deployment: string): void {
  if (!existsSync(file)) return;
  const lines = readFileSync(file, "utf8").split("\n");
  const last = lines.findLastIndex((line) => line.trim() !== "");
  const broken = lines.findIndex((line) => line.trim() !== "" && !isRecord(line));
  if (broken < 0) return;
  throw new BrokenRecord(file, broken + 1, broken === last ? cutOff(deployment) : BACKUP);
}

function cutOff(deployment: string): string {
  return (
    "it was cut off while it was written. Delete that line and run again; should Ignition then ask for " +
    "a transaction that it does not know, give it the hash: " +
    `npx hardhat ignition track-tx HASH ${deployment} --network NETWORK`
  );
}

function isRecord(line: string): boolean {
  try {
    const record: unknown = JSON.parse(line);
    return typeof record === "object" && record !== null && "type" in record;
  } catch {
    return false;
  }
}
