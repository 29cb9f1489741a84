import { existsSync, readdirSync, readFileSync } from "node:fs";

import hre from "hardhat";

import {
  COMPILED,
  install,
  portable,
  readDigests,
  unpack,
  type CompiledContract,
} from "./compiled.ts";
import { sourceKey } from "./sourceKey.ts";

const FOREIGN = [
  "@chainlink/contracts/src/v0.8/shared/mocks/MockV3Aggregator.sol",
  "@openzeppelin/contracts/access/manager/AccessManager.sol",
];

/** The sources of what a pool is made of. */
function ownSources(): readonly string[] {
  return readdirSync("contracts", { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".sol"))
    .map((file) => `contracts/${file.replaceAll("\\", "/")}`)
    .toSorted();
}

/** Compiles what a pool is made of, and no test: the compiler is slow. */
export async function build(): Promise<void> {
  const files = [...ownSources(), ...FOREIGN.map((file) => `npm:${file}`)];
  await hre.tasks.getTask("build").run({ quiet: true, noTests: true, files });
}

/** For local chains: takes the pool that the clone carries, or compiles it if sources were changed. */
export async function buildLocal(): Promise<void> {
  const digests = readDigests(COMPILED);
  if (digests?.key !== currentKey()) {
    process.stderr.write("contracts differ from the compiled pool in deployments/: compiling\n");
    return build();
  }
  const contracts = unpack(COMPILED, digests, new Set([...ownSources(), ...FOREIGN]));
  install(contracts, hre.config.paths.artifacts, hre.config.paths.cache);
}

/** The digest of the pool's sources as they are, with settings and compiler. */
export function currentKey(): string {
  const { path, settings } = hre.config.solidity.profiles["default"]!.compilers[0] as {
    path: string;
    settings: unknown;
  };
  const foreign = FOREIGN.map((file) => `node_modules/${file}`);
  return sourceKey([...ownSources(), ...foreign], path, settings);
}

/** What is built, source by source. */
export function builtContracts(): readonly CompiledContract[] {
  return [...ownSources(), ...FOREIGN].flatMap((source) => {
    const folder = `${hre.config.paths.artifacts}/${source}`;
    if (!existsSync(folder)) return [];
    const files = readdirSync(folder).filter((file) => file.endsWith(".json"));
    return files
      .toSorted()
      .map((file) => portable(JSON.parse(readFileSync(`${folder}/${file}`, "utf8"))));
  });
}
