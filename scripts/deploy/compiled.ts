import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { constants, gunzipSync, gzipSync } from "node:zlib";

import { InputError } from "../../sdk/params/errors.ts";

// The pool as the clone carries it: contracts compiled already, used where sources, settings and
// compiler are those they were compiled from. Digests of each bytecode stand beside it, readable.

const PACKED_BYTES = 4 * 1024 ** 2;
const UNPACKED_BYTES = 32 * 1024 ** 2;

/** A contract as compiled, without what depends on the place of a checkout. */
export interface CompiledContract {
  readonly sourceName: string; // contracts/Vault.sol
  readonly contractName: string;
  readonly [part: string]: unknown; // abi, bytecode, deployedBytecode, references
}

/** What a compiled pool was compiled from, and what came out. */
export interface Digests {
  readonly key: string; // of sources, settings and compiler
  readonly content: string; // of all contracts, unpacked
  readonly bytecode: Readonly<Record<string, string>>; // by source:contract
}

/** A file of a compiled pool that does not hold what its digests say, or that is too large. */
export class BadCompiledPool extends InputError {
  override readonly name = "BadCompiledPool";

  constructor(
    readonly file: string,
    readonly fault: string,
  ) {
    super(`${file}: ${fault}; refresh it with npm run compiled -- --write`);
  }
}

export interface CompiledFiles {
  readonly packed: string;
  readonly digests: string;
}

export const COMPILED: CompiledFiles = {
  packed: "deployments/compiled.json.gz",
  digests: "deployments/compiled.json",
};

/** The digests of what the clone carries, or undefined if it carries nothing. */
export function readDigests(files: CompiledFiles): Digests | undefined {
  if (!existsSync(files.digests) || !existsSync(files.packed)) return undefined;
  try {
    return JSON.parse(readFileSync(files.digests, "utf8")) as Digests;
  } catch {
    throw new BadCompiledPool(files.digests, "is no JSON");
  }
}

/**
 * The contracts of a packed pool.
 *
 * @throws BadCompiledPool if it is too large, is damaged, or holds another source than `sources`
 */
export function unpack(
  files: CompiledFiles,
  digests: Digests,
  sources: ReadonlySet<string>,
): readonly CompiledContract[] {
  const bad = (fault: string) => new BadCompiledPool(files.packed, fault);
  const { size } = statSync(files.packed);
  if (size > PACKED_BYTES) throw bad(`has ${size} bytes, over ${PACKED_BYTES}`);
  const text = inflated(readFileSync(files.packed), bad);
  if (sha256(text) !== digests.content) throw bad("is not what its digest says");
  const contracts = JSON.parse(text.toString()) as readonly CompiledContract[];
  for (const { sourceName, contractName } of contracts) {
    const known = sources.has(sourceName) && /^[A-Za-z_$][\w$]*$/.test(contractName);
    if (!known) throw bad(`holds ${sourceName}:${contractName}, which is no contract of the pool`);
  }
  return contracts;
}

function inflated(packed: Buffer, bad: (fault: string) => Error): Buffer {
  try {
    return gunzipSync(packed, { maxOutputLength: UNPACKED_BYTES });
  } catch (error) {
    throw bad(`cannot be unpacked (${(error as Error).message})`);
  }
}

/** Writes contracts and their digests, the same bytes each time. */
export function pack(
  files: CompiledFiles,
  key: string,
  contracts: readonly CompiledContract[],
): void {
  const text = JSON.stringify(contracts);
  writeFileSync(files.packed, gzipSync(text, { level: constants.Z_BEST_COMPRESSION }));
  writeFileSync(files.digests, `${JSON.stringify(digestsOf(key, contracts), null, 2)}\n`);
}

export function digestsOf(key: string, contracts: readonly CompiledContract[]): Digests {
  const named = contracts
    .filter(({ bytecode }) => bytecode !== "0x")
    .map((c) => [`${c.sourceName}:${c.contractName}`, sha256(String(c["bytecode"]))]);
  return { key, content: sha256(JSON.stringify(contracts)), bytecode: Object.fromEntries(named) };
}

/**
 * Puts contracts where Hardhat reads them. Once one differs from what is there, what Hardhat knows of
 * earlier builds in `cache` is no longer so, and is removed.
 */
export function install(
  contracts: readonly CompiledContract[],
  artifacts: string,
  cache: string,
): void {
  const stale = contracts.filter((contract) => !isInstalled(contract, artifacts));
  if (stale.length === 0) return;
  rmSync(join(cache, "compile-cache.json"), { force: true });
  for (const contract of stale) {
    const file = fileOf(contract, artifacts);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify({ _format: "hh3-artifact-1", ...contract }, null, 2));
  }
}

function isInstalled(contract: CompiledContract, artifacts: string): boolean {
  const file = fileOf(contract, artifacts);
  return existsSync(file) && sameJson(portable(JSON.parse(readFileSync(file, "utf8"))), contract);
}

/** An artifact without what differs from checkout to checkout. */
export function portable(artifact: Record<string, unknown>): CompiledContract {
  const { _format, buildInfoId, ...rest } = artifact;
  return rest as unknown as CompiledContract;
}

function fileOf({ sourceName, contractName }: CompiledContract, artifacts: string): string {
  return join(artifacts, sourceName, `${contractName}.json`);
}

function sameJson(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

export function sha256(content: string | Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}
