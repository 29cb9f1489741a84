import { fileURLToPath } from "node:url";

import { Command } from "commander";

import { marginOfFile, type MarginOptions } from "../sdk/book/margin.ts";
import { InputError } from "../sdk/params/errors.ts";

const local = fileURLToPath(new URL("../deployments/local/params.json", import.meta.url));

const command = new Command("margin")
  .description("What would this book need? Equity, margin, health and why, without a node.")
  .requiredOption("--book <file>", "JSON file of a book, or of an array of books")
  .option("--params <file>", "JSON file of the pool's parameters", local)
  .option("--json <file>", "also write the answer as exact decimals to this file")
  .parse();

try {
  console.log(marginOfFile(command.opts<MarginOptions>()));
} catch (error) {
  if (!(error instanceof InputError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
