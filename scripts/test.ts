import { spawn } from "node:child_process";
import { globSync } from "node:fs";
import { basename } from "node:path";

import hre from "hardhat";

// Solidity's tests, and TypeScript's folder by folder, in two lanes side by side: they use a core each.
// What a folder's tests say is shown once they have ended.

const HARDHAT = "node_modules/hardhat/dist/src/cli.js";
const LANES = 2;
const SILENCE = 900_000; // ms in which a run that says nothing is taken to be stuck, and is ended
const LEAVING = 30_000; // the same once its tests are over: something of theirs still runs
const MOST = 35; // files of a folder that run in one process
const LONGEST = ["attacks", "math", "preview", "stories", "parity"]; // first, so that no lane waits long at the end

/** Runs one hardhat command, and shows what it said. Returns whether it succeeded. */
function hardhat(args: readonly string[]): Promise<boolean> {
  const child = spawn(process.execPath, [HARDHAT, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  let silence: NodeJS.Timeout;
  const listen = (most: number) => {
    clearTimeout(silence);
    silence = setTimeout(() => {
      said += `\nended: nothing was said for ${most / 1_000} s\n`;
      child.kill("SIGKILL");
    }, most);
  };
  listen(SILENCE);
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (text) => {
      said += text;
      listen(/^ +\d+ passing/m.test(said) ? LEAVING : SILENCE);
    });
  }
  return new Promise((resolve) =>
    child.on("close", (code) => {
      clearTimeout(silence);
      process.stdout.write(said);
      resolve(code === 0);
    }),
  );
}

/** TypeScript's tests, folder by folder. */
function folders(): readonly (readonly string[])[] {
  const all = globSync("test/*/").map((folder) => basename(folder));
  const rest = all.filter((folder) => !LONGEST.includes(folder)).toSorted();
  const files = [...LONGEST, ...rest].map((folder) => globSync(`test/${folder}/**/*.test.ts`));
  return files.flatMap((some) => parts(some.toSorted()));
}

/** Parts of about the same length, so that no folder keeps a lane for long. */
function parts(files: readonly string[]): readonly (readonly string[])[] {
  const count = Math.ceil(files.length / MOST);
  return Array.from({ length: count }, (_, i) => files.filter((_file, at) => at % count === i));
}

const asked = process.argv.slice(2); // such as --grep
const runs = [
  ["test", "solidity", "--no-compile", ...asked],
  ...folders().map((files) => ["test", "mocha", "--no-compile", ...asked, ...files]),
];

await hre.tasks.getTask("build").run({ quiet: true });

const failed: string[] = [];
const seconds: [seconds: number, what: string][] = [];
const nameOf = (run: readonly string[]) => run.at(-1)!.match(/^test\/([^/]+)\//)?.[1] ?? "solidity";
const waiting = runs.values();
async function lane() {
  for (const run of waiting) {
    const began = performance.now();
    const passed = await hardhat(run);
    const spent = Math.round((performance.now() - began) / 1_000);
    console.log(`${passed ? "passed" : "failed"}: ${nameOf(run)}, ${spent} s`);
    seconds.push([spent, nameOf(run)]);
    if (!passed) failed.push(run.slice(1).join(" "));
  }
}
await Promise.all(Array.from({ length: LANES }, lane));

for (const [spent, what] of seconds.toSorted(([a], [b]) => b - a)) {
  console.log(`${String(spent).padStart(6)} s  ${what}`);
}
for (const run of failed) console.log(`failed: ${run}`);
console.log(
  failed.length === 0 ? "all tests passed" : `${failed.length} of ${runs.length} runs failed`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
