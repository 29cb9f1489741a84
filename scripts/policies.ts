import { Command, InvalidArgumentError, Option } from "commander";

import { InputError } from "../sdk/params/errors.ts";
import { run, type RunOptions } from "../sdk/sim/policies/run.ts";
import { progressBar } from "../sdk/sim/report/progress.ts";
import { TapeError } from "../sdk/sim/tape/errors.ts";

function integer(least: number, most: number) {
  return (text: string) => {
    const value = /^\d+$/.test(text) ? Number(text) : NaN;
    if (value >= least && value <= most) return value;
    throw new InvalidArgumentError(`give an integer from ${least} to ${most}`);
  };
}

function multipliers(text: string, before: readonly number[] = []) {
  const value = /^\d(\.\d{1,9})?$/.test(text) ? Number(text) : NaN;
  if (value >= 1 && value <= 3) return [...before, value];
  throw new InvalidArgumentError("give numbers from 1 to 3");
}

function decimal(text: string) {
  const value = Number(text);
  if (text.trim() !== "" && Number.isFinite(value)) return value;
  throw new InvalidArgumentError("give a number");
}

const ramp = new Option("--ramp <how>", "of a discount while the throttle has little left")
  .choices(["waits", "runs"])
  .default("waits");

const command = new Command("policies")
  .description("Compares what to do with accounts below maintenance, on crashes of the record.")
  .option("--data <files...>", "CSV files of prices; the record in ../shared/data if left out")
  .option("--before <file>", "prices of the time before, which volatility has learnt from")
  .option(
    "--from <time>",
    "the event begins at this date or time (UTC); what --data has before it is known",
  )
  .option("--to <time>", "and ends at this date or time (UTC), included")
  .option("--symbol <names...>", "only these series; ETH=NAME calls the series NAME ETH")
  .option("--beta <number>", "what the files lack moves by this times their first symbol", decimal)
  .option("--unlisted", "let a series lead that the pool does not list")
  .option("--accounts <number>", "owners", integer(1, 100_000), 1_500)
  .option("--seeds <number>", "how many pools are drawn, from seed 1 on", integer(1, 1_000), 3)
  .option("--minutes <number>", "from one round to the next", integer(1, 10), 10)
  .option(
    "--multipliers <numbers...>",
    "instead: the fuse of each tier at each of these",
    multipliers,
  )
  .addOption(ramp)
  .option("--params <file>", "the pool's parameters", "deployments/local/params.json")
  .option("--out <folder>", "where the pictures and the report go", "out")
  .option("--json <file>", "write the figures here")
  .parse();

try {
  const result = run(command.opts<RunOptions>(), progressBar(process.stderr));
  console.log(result.report);
  console.log(result.pictures.map((picture) => `picture: ${picture}`).join("\n"));
} catch (error) {
  if (!(error instanceof InputError) && !(error instanceof TapeError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
