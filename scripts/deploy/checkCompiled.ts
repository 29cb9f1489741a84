import { readFileSync } from "node:fs";

import {
  BadCompiledPool,
  digestsOf,
  readDigests,
  unpack,
  type CompiledContract,
  type CompiledFiles,
} from "./compiled.ts";

/**
 * Compares a carried pool with one compiled now: ABI, bytecode and references, unpacked.
 *
 * @throws BadCompiledPool with the first contract that differs
 */
export function checkCompiled(
  files: CompiledFiles,
  key: string,
  compiled: readonly CompiledContract[],
): void {
  const bad = (fault: string) => new BadCompiledPool(files.packed, fault);
  const digests = readDigests(files);
  if (digests === undefined) throw bad("is missing");
  if (digests.key !== key) throw bad("is compiled from other sources");
  const carried = unpack(files, digests, new Set(compiled.map(({ sourceName }) => sourceName)));
  const nameOf = (c: CompiledContract) => `${c.sourceName}:${c.contractName}`;
  const found = new Map(carried.map((c) => [nameOf(c), JSON.stringify(c)]));
  for (const contract of compiled) {
    const same = found.get(nameOf(contract)) === JSON.stringify(contract);
    if (!same) throw bad(`differs in ${nameOf(contract)}`);
  }
  if (found.size !== compiled.length) {
    throw bad(`holds ${found.size} contracts, not ${compiled.length}`);
  }
  const told = `${JSON.stringify(digestsOf(key, compiled), null, 2)}\n`;
  if (readFileSync(files.digests, "utf8") !== told) {
    throw new BadCompiledPool(files.digests, "does not give the digests of what is compiled");
  }
}
