import { Command, InvalidArgumentError } from "commander";

import { build } from "./deploy/build.ts";
import { InputError } from "../sdk/params/errors.ts";
import { progressBar } from "../sdk/sim/report/progress.ts";
import { runRounds, type RunRounds } from "./rounds/run.ts";
import { TapeError } from "../sdk/sim/tape/errors.ts";

function integer(least: number, most: number) {
  return (text: string) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`give an integer from ${least} to ${most}`);
  };
}

const { build: builds, ...options } = new Command("rounds")
  .description("Replays a feed's rounds: σ, whoever observes, whenever; and against plain doubles.")
  .requiredOption("--data <file>", "CSV of oracle rounds: timestamp_utc,symbol,round_id,price")
  .requiredOption("--symbol <name>", "the feed, such as ETH-USD.CHAINLINK")
  .option("--json <file>", "write the figures here")
  .option("--factor <name>", "whose parameters; the symbol's own, or ETH's if it has none")
  .option("--schedules <number>", "random schedules", integer(1, 100_000), 1_000)
  .option("--on-chain <number>", "of them, on the chain too", integer(0, 240), 20)
  .option("--seed <number>", "of the schedules", integer(0, 2 ** 32), 1)
  .option("--params <file>", "the pool's parameters", "deployments/local/params.json")
  .option("--no-build", "the contracts are built already")
  .parse()
  .opts<RunRounds & { build: boolean }>();

try {
  if (builds) await build();
  const { figures, report } = await runRounds(options, progressBar(process.stderr));
  console.log(report);
  process.exitCode = figures.randomSchedules.distinctStates === 1 ? 0 : 2;
} catch (error) {
  if (!(error instanceof InputError) && !(error instanceof TapeError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
