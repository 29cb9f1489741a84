import { fileURLToPath } from "node:url";

import { Command } from "commander";

import { marginOfFile, type MarginOptions } from "./margin/margin.ts";
import { InputError } from "../sdk/params/errors.ts";

const local = fileURLToPath(new URL("../deployments/local/params.json", import.meta.url));

const help = `
A book:
  {"factors": {"ETH": {"price": 4000, "sigma": 1.23}}, "positions": [...]}
Positions:
  {"kind": "spot", "asset": "wstETH", "amount": 5}
  {"kind": "cash", "amount": -30000}
  {"kind": "perp", "factor": "ETH", "size": -10}
  {"kind": "future", "factor": "ETH", "expiryDays": 30, "basis": 0.05, "size": 2}
  {"kind": "option", "factor": "ETH", "expiryDays": 30, "strike": 3400, "type": "put",
   "volatility": 0.65, "size": -10}
A factor may add band, adv, openInterest (units), perp {premium}, and by days until expiry
expiries {"30": {basis, atm, skew, curvature, average}}. A book may add assets, stables, grace.
Numbers may be decimal texts; rates, volatilities and premiums are fractions of 1.`;

const command = new Command("margin")
  .description("What would this book need? Equity, margin, health and why, without a node.")
  .requiredOption("--book <file>", "JSON file of a book, or of an array of books")
  .option("--params <file>", "JSON file of the pool's parameters", local)
  .option("--json <file>", "also write the answer as exact decimals to this file")
  .addHelpText("after", help)
  .parse();

try {
  console.log(marginOfFile(command.opts<MarginOptions>()));
} catch (error) {
  if (!(error instanceof InputError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
