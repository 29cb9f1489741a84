import { Command } from "commander";

import { build } from "./deploy/build.ts";
import { deployNetwork, type NetworkDeployment } from "./deploy/deployNetwork.ts";
import { hideKeys } from "./hideKeys.ts";
import { InputError } from "../sdk/params/errors.ts";

hideKeys();

const options = new Command("deploy")
  .description("Deploy a pool, or go on with a deployment that was interrupted.")
  .requiredOption("--network <name>", "a network of hardhat.config.ts")
  .option("--params <file>", "the pool's parameters (default: deployments/NAME/params.json)")
  .option("--records <folder>", "where to keep records, under deployments/ (default: NAME)")
  .option("--rpc <url>", "another node of that network")
  .option("--no-build", "the contracts are built already")
  .parse()
  .opts<NetworkDeployment & { build: boolean }>();

try {
  if (options.build) await build();
  const pool = await deployNetwork(options, console.log);
  console.log(JSON.stringify(pool, null, 2));
} catch (error) {
  if (!(error instanceof InputError) && (error as Error).name !== "HardhatError") throw error;
  console.error((error as Error).message);
  process.exitCode = 1;
}
