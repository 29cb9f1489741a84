import { readFileSync, writeFileSync } from "node:fs";

import { Command } from "commander";
import hre from "hardhat";

import { InputError } from "../sdk/params/errors.ts";
import { requireWritable, writeJson } from "../sdk/files/json.ts";
import { gasTable, regressions, snapshotText } from "../test/gas/report.ts";
import { measure } from "../test/gas/scenarios.ts";

const SNAPSHOT = ".gas-snapshot";

const { json, check, update } = new Command("gas")
  .description("Gas of each scenario, each a cold transaction of its own, beside the best peers.")
  .option("--json <file>", "write [{name, gas}] here")
  .option("--check", `fail if a figure is more than 1 % above ${SNAPSHOT}`)
  .option("--update", `write ${SNAPSHOT}`)
  .parse()
  .opts<{ json?: string; check?: true; update?: true }>();

try {
  if (json !== undefined) requireWritable(json);
  await hre.tasks.getTask("build").run({ quiet: true });
  const list = await measure((name) => process.stderr.write(`measuring ${name}\n`));
  console.log(gasTable(list));
  if (json !== undefined) writeJson(json, list);
  if (update) writeFileSync(SNAPSHOT, snapshotText(list));
  if (check) {
    const worse = regressions(list, readFileSync(SNAPSHOT, "utf8"));
    for (const { name, gas, was } of worse)
      console.error(`${name}: ${gas}, was ${was ?? "unknown"}`);
    process.exitCode = worse.length === 0 ? 0 : 1;
  }
} catch (error) {
  if (!(error instanceof InputError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
