import { isHex, type Hex } from "viem";

import { BallastError } from "./BallastError.ts";

// Where clients, nodes and wallets put what a node answered. What was asked is left aside: the data of
// a transaction is no revert data.

/** What of an error may say why a node refused. */
export interface Evidence {
  readonly typed: BallastError | undefined; // which somebody wrapped
  readonly data: readonly Hex[];
  readonly words: readonly string[]; // a node's own
}

const DATA = ["data", "raw", "return", "returnData", "revertData", "errorData", "output", "result"];
const WORDS = ["message", "details", "reason", "shortMessage", "error", "data", "description"];
const ASKED = [
  ...["abi", "account", "args", "client", "headers", "invocation", "params", "payload", "provider"],
  ...["receipt", "request", "requestBody", "stack", "stackTrace", "transaction", "transport"],
];
const DEEPEST = 12;

/** All that an error says, and those that it wraps, as far as it can be of use. */
export function evidenceIn(thrown: unknown): Evidence {
  const found = {
    typed: undefined as BallastError | undefined,
    data: [] as Hex[],
    words: [] as string[],
  };
  const seen = new Set<unknown>();

  function look(value: unknown, key: string, depth: number): void {
    if (typeof value === "string") return read(value, key, depth);
    if (typeof value !== "object" || value === null || seen.has(value) || depth > DEEPEST) return;
    seen.add(value);
    if (value instanceof BallastError) found.typed ??= value;
    if ("method" in value && "params" in value) return; // a request
    for (const name of namesOf(value)) look(Reflect.get(value, name), name, depth + 1);
  }

  function read(text: string, key: string, depth: number): void {
    if (isHex(text)) {
      if (DATA.includes(key) && text.length % 2 === 0) found.data.push(text);
    } else if (text.startsWith("{")) look(parsed(text), key, depth + 1);
    else if (WORDS.includes(key)) found.words.push(text);
  }

  look(thrown, typeof thrown === "string" ? "data" : "", 0);
  return found;
}

function namesOf(value: object): string[] {
  const own = value instanceof Error ? ["message", "cause", "errors"] : [];
  const names = new Set([...own, ...Object.keys(value)]);
  return [...names].filter((name) => !ASKED.includes(name) && !composed(value).includes(name));
}

/** Texts that viem and ethers put together themselves, with the transaction in them. */
function composed(value: object): readonly string[] {
  if ("metaMessages" in value || "docsPath" in value)
    return ["message", "shortMessage", "reason", "body"];
  return "code" in value && typeof value.code === "string" ? ["message"] : [];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
