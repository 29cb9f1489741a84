import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";

import { readParams } from "../../sdk/files/params.ts";

/** A script that runs, and all it has said so far. */
export interface Running {
  readonly child: ChildProcess;
  readonly said: () => string;
  readonly ended: Promise<number | null>; // its exit code
}

/** Starts a script of scripts/ as `npm run` would, on contracts that are built. */
export function start(script: string, args: string[], env: Record<string, string> = {}): Running {
  const child = spawn(process.execPath, ["--import", "tsx", `scripts/${script}.ts`, ...args], {
    env: { ...process.env, ...env },
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (said += text));
  const ended = once(child, "close").then(([code]) => code as number | null);
  return { child, said: () => said, ended };
}

/** Waits until `isSo` says yes. */
export async function until(isSo: () => boolean | Promise<boolean>, seconds = 40): Promise<void> {
  const deadline = Date.now() + seconds * 1_000;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`not so after ${seconds} s: ${isSo.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** A folder under deployments/ that this test alone uses, with the parameters of a small pool. */
export function scratch(name: string) {
  const records = `test-${name}-${process.pid}`;
  const folder = `deployments/${records}`;
  const params = `${folder}/params.json`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(params, JSON.stringify(smallPool()));
  return {
    ...{ records, folder, params },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The local pool with two listings only: half the transactions. */
function smallPool() {
  const params = readParams("deployments/local/params.json");
  const { ETH, USDC } = params.listings;
  return { ...params, listings: { ETH, USDC } };
}
