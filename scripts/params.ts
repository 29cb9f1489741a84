import { Command } from "commander";

import { applyParams, type ParamsOptions } from "./deploy/applyParams.ts";
import { hideKeys } from "./hideKeys.ts";
import { InputError } from "../sdk/params/errors.ts";

hideKeys();

const options = new Command("params")
  .description(
    "Check a network's parameters, and show what its pool has otherwise; send it with --send.",
  )
  .requiredOption("--network <name>", "a network of hardhat.config.ts")
  .option("--params <file>", "the parameters (default: deployments/NAME/params.json)")
  .option("--records <folder>", "where pool.json is, under deployments/ (default: NAME)")
  .option("--rpc <url>", "another node of that network")
  .option("--send", "send what differs, one setting after the other")
  .parse()
  .opts<ParamsOptions>();

try {
  await applyParams(options, console.log);
} catch (error) {
  if (!(error instanceof InputError) && (error as Error).name !== "HardhatError") throw error;
  console.error((error as Error).message);
  process.exitCode = 1;
}
