import { Command, InvalidArgumentError } from "commander";

import { buildLocal } from "./deploy/build.ts";
import { InputError } from "../sdk/params/errors.ts";
import { writeJson } from "../sdk/files/json.ts";
import { readParams } from "../sdk/files/params.ts";
import { benchPool, benchSnapshot, benchText } from "./bench/bench.ts";

const ACCOUNTS = 16;

function secondsOf(text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && value > 0 && value <= 60) return value;
  throw new InvalidArgumentError("give seconds, at most 60");
}

const options = new Command("bench")
  .description("Previews and margins per second on a snapshot, and as a share of keccak256.")
  .option("--seconds <number>", "for each figure", secondsOf, 2)
  .option("--json <file>", "write [{name, perSecond, perKeccak}] here")
  .option("--params <file>", "the pool's parameters", "deployments/local/params.json")
  .option("--no-build", "the contracts are built already")
  .parse()
  .opts<{ seconds: number; json?: string; params: string; build: boolean }>();

try {
  if (options.build) await buildLocal();
  const pool = await benchPool(readParams(options.params), ACCOUNTS);
  const rates = benchSnapshot(pool, options.seconds, () => performance.now() / 1_000);
  console.log(benchText(rates));
  if (options.json !== undefined) writeJson(options.json, rates);
} catch (error) {
  if (!(error instanceof InputError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
