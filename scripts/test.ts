import { spawn } from "node:child_process";
import { globSync } from "node:fs";

import hre from "hardhat";

// Solidity's tests, then TypeScript's in two processes side by side: they use a core each. What the
// second says is shown once the first has ended.

const HARDHAT = "node_modules/hardhat/dist/src/cli.js";
const FIRST = ["test/math/", "test/parity/", "test/walls/"];

/** Runs one hardhat command. Returns whether it succeeded, and what it said if that was kept. */
function hardhat(args: readonly string[], keep = false): Promise<{ ok: boolean; said: string }> {
  const child = spawn(process.execPath, [HARDHAT, ...args], {
    stdio: ["ignore", keep ? "pipe" : "inherit", keep ? "pipe" : "inherit"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (text) => (said += text));
  return new Promise((resolve) => child.on("close", (code) => resolve({ ok: code === 0, said })));
}

const asked = process.argv.slice(2); // such as --grep
const mocha = (files: readonly string[]) => ["test", "mocha", "--no-compile", ...asked, ...files];
const files = globSync("test/**/*.test.ts").toSorted();
const isFirst = (file: string) => FIRST.some((folder) => file.startsWith(folder));

await hre.tasks.getTask("build").run({ quiet: true });
const laws = await hardhat(["test", "solidity", ...asked]);
const [first, second] = await Promise.all([
  hardhat(mocha(files.filter(isFirst))),
  hardhat(mocha(files.filter((file) => !isFirst(file))), true),
]);
process.stdout.write(second.said);
const failed = [laws, first, second].filter(({ ok }) => !ok).length;
console.log(failed === 0 ? "all tests passed" : `${failed} of 3 runs failed`);
process.exitCode = failed === 0 ? 0 : 1;
