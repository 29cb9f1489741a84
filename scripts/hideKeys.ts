import { inspect } from "node:util";

import { withoutKeys } from "../sdk/secrets.ts";

// For programs of Node; not of the SDK's index.

/**
 * From here on nothing that this process says, be it of an error that nobody caught, holds a key of a
 * node's address: of any address, of what `--rpc` is given, and of variables that end in `RPC_URL`.
 */
export function hideKeys(): void {
  const secrets = secretsIn(process.argv, process.env);
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream) as (...args: unknown[]) => boolean;
    stream.write = (chunk: unknown, ...rest: unknown[]) =>
      write(typeof chunk === "string" ? withoutKeys(chunk, secrets) : chunk, ...rest);
  }
  for (const event of ["uncaughtException", "unhandledRejection"] as const) process.on(event, fail);
}

function fail(error: unknown): void {
  process.stderr.write(`${inspect(error)}\n`, () => process.exit(1));
}

function secretsIn(argv: readonly string[], env: NodeJS.ProcessEnv): string[] {
  const given = argv.flatMap((word, i) => {
    if (word.startsWith("--rpc=")) return [word.slice("--rpc=".length)];
    return word === "--rpc" ? argv.slice(i + 1, i + 2) : [];
  });
  const named = Object.entries(env).filter(([name]) => name.endsWith("RPC_URL"));
  return [...given, ...named.map(([, value]) => value ?? "")].filter((one) => one !== "");
}
