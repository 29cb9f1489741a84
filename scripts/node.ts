import { Command, InvalidArgumentError, Option } from "commander";

import { buildLocal } from "./deploy/build.ts";
import { serveLocal, type LocalChain } from "./deploy/serveLocal.ts";
import { InputError } from "../sdk/params/errors.ts";

function portOf(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) < 65_536) return Number(text);
  throw new InvalidArgumentError("expected a whole number below 65536");
}

const options = new Command("node")
  .description("A local chain with a pool on it, served as JSON-RPC until interrupted.")
  .addOption(new Option("--port <number>", "where to serve").default(8545).argParser(portOf))
  .option("--params <file>", "the pool's parameters", "deployments/local/params.json")
  .option("--records <folder>", "where to keep pool.json, under deployments/", "localhost")
  .option("--no-build", "the contracts are built already")
  .parse()
  .opts<LocalChain & { build: boolean }>();

try {
  if (options.build) await buildLocal();
  const node = await serveLocal(options, console.log);
  console.log(JSON.stringify(node.pool, null, 2));
  console.log(`accounts (keys of Hardhat's public mnemonic):\n  ${node.accounts.join("\n  ")}`);
  console.log(`serving ${node.url}; Ctrl+C ends it`);
  process.once("SIGINT", () => void node.close().then(() => process.exit(0)));
  process.once("SIGTERM", () => void node.close().then(() => process.exit(0)));
} catch (error) {
  if (!(error instanceof InputError) && (error as Error).name !== "HardhatError") throw error;
  console.error((error as Error).message);
  process.exit(1);
}
