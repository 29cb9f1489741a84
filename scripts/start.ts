import { Command, InvalidArgumentError } from "commander";

import { buildLocal } from "./deploy/build.ts";
import { InputError } from "../sdk/params/errors.ts";
import { progressBar } from "../sdk/sim/report/progress.ts";
import { prepare, run, type RunOptions } from "./replay/run.ts";
import { TapeError } from "../sdk/sim/tape/errors.ts";

function integer(least: number, most: number) {
  return (text: string) => {
    const value = /^\d+$/.test(text) ? Number(text) : NaN;
    if (value >= least && value <= most) return value;
    throw new InvalidArgumentError(`give an integer from ${least} to ${most}`);
  };
}

function decimal(text: string) {
  const value = Number(text);
  if (text.trim() !== "" && Number.isFinite(value)) return value;
  throw new InvalidArgumentError("give a number");
}

const command = new Command("start")
  .description("Replays a crash over a pool of accounts on a local chain, and checks every margin.")
  .option("--tape <name|file>", "a shipped tape or a CSV file of prices", "march-2020")
  .option("--day <date>", "one day of it, such as 2020-03-12 (UTC)")
  .option("--from <time>", "from this date or time (UTC)")
  .option("--to <time>", "to this date or time (UTC), included")
  .option(
    "--symbol <names...>",
    "only these series of the tape; ETH=NAME calls the series NAME ETH",
  )
  .option("--unlisted", "let a series lead that the pool does not list")
  .option("--beta <number>", "what the tape lacks moves by this times its first symbol", decimal)
  .option("--accounts <number>", "owners", integer(1, 2_000), 200)
  .option("--seed <number>", "of everything that is drawn", integer(0, 2 ** 32), 1)
  .option("--params <file>", "the pool's parameters", "deployments/local/params.json")
  .option("--out <folder>", "where the picture goes", "out")
  .option("--json <file>", "write the figures here")
  .parse();

try {
  const prepared = prepare(command.opts<RunOptions>());
  await buildLocal();
  const result = await run(prepared, progressBar(process.stderr));
  console.log(result.report);
  console.log(`picture: ${result.picture}`);
  process.exitCode = result.mismatches === 0 ? 0 : 2;
} catch (error) {
  if (!(error instanceof InputError) && !(error instanceof TapeError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
