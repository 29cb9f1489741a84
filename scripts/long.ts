import { spawnSync } from "node:child_process";
import { globSync } from "node:fs";

import { Argument, Command } from "commander";
import hre from "hardhat";

// What `npm test` draws some of, drawn many times over. A variable that is set already is left as it is.

const HARDHAT = "node_modules/hardhat/dist/src/cli.js";

interface Long {
  readonly what: string;
  readonly files: string; // a glob; none for Solidity's
  readonly more: Readonly<Record<string, number>>;
}

const LONG: Readonly<Record<string, Long>> = {
  math: {
    what: "10 000 draws of every function of math, chain and twin, and of the laws of books",
    files: "test/math/*.test.ts",
    more: { DRAWS: 10_000 },
  },
  accounts: {
    what: "50 000 whole accounts, chain and twin",
    files: "test/parity/accounts.test.ts",
    more: { SCENES: 50_000 },
  },
  previews: {
    what: "2 000 random trades, each foretold",
    files: "test/preview/trades.test.ts",
    more: { ACTS: 2_000 },
  },
  refusals: {
    what: "1 000 random refusals, each foretold",
    files: "test/preview/refused.test.ts",
    more: { REFUSALS: 1_000 },
  },
  schedules: {
    what: "2 000 random schedules about an expiry",
    files: "test/windows/schedules.test.ts",
    more: { SCHEDULES: 2_000 },
  },
  calls: {
    what: "2 000 margin calls, bids for 2 000 books, 600 histories of fuses",
    files: "test/state/{fuse,fuseChain,bids,burning}.test.ts",
    more: { PATHS: 2_000, BOOKS: 2_000, HISTORIES: 600, LIVES: 40 },
  },
  invariants: {
    what: "256 seeded and 256 drawn histories of 100 acts, in Solidity",
    files: "",
    more: { INVARIANT_RUNS: 256, HISTORIES: 256 },
  },
};

const names = Object.keys(LONG);
const help = names.map((name) => `  ${name.padEnd(12)}${LONG[name]!.what}`).join("\n");
const name = new Command("long")
  .description("Runs a test of npm test with many more draws.")
  .addArgument(new Argument("<name>", "which").choices(names))
  .addHelpText("after", `\n${help}`)
  .parse().args[0]!;

const { files, more } = LONG[name]!;
const asked = files === "" ? ["test", "solidity"] : ["test", "mocha"];
await hre.tasks.getTask("build").run({ quiet: true });
const { status } = spawnSync(
  process.execPath,
  [HARDHAT, ...asked, "--no-compile", ...(files === "" ? [] : globSync(files).toSorted())],
  {
    stdio: "inherit",
    env: {
      ...Object.fromEntries(Object.entries(more).map(([key, value]) => [key, `${value}`])),
      ...process.env,
    },
  },
);
process.exitCode = status ?? 1;
