import { Command } from "commander";

import { build, builtContracts, currentKey } from "./deploy/build.ts";
import { checkCompiled } from "./deploy/checkCompiled.ts";
import { COMPILED, pack } from "./deploy/compiled.ts";
import { InputError } from "../sdk/params/errors.ts";

const { write } = new Command("compiled")
  .description("Compiles the pool and compares it with what deployments/ carries.")
  .option("--write", "replace what deployments/ carries")
  .option("--check", "compare; the default")
  .parse()
  .opts<{ write?: boolean }>();

try {
  await build();
  const contracts = builtContracts();
  if (write === true) pack(COMPILED, currentKey(), contracts);
  else checkCompiled(COMPILED, currentKey(), contracts);
  console.log(`${contracts.length} contracts ${write === true ? "written" : "as compiled"}`);
} catch (error) {
  if (!(error instanceof InputError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
