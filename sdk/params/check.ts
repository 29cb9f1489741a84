import { z } from "zod";

import { decimalText } from "../decimal.ts";
import { readWad } from "./decimal.ts";
import { type InputError, Invalid, UnknownKey } from "./errors.ts";

type Issue = z.core.$ZodIssue;

/** A number or decimal text from `low` to `high`, read as a wad. */
export function wad(low: bigint, high: bigint) {
  return z.unknown().transform((value, context) => {
    const read = readWad(value);
    const expected = typeof read === "string" ? read : outside(read, low, high);
    if (expected === undefined) return read as bigint;
    context.issues.push({ code: "custom", message: expected, input: value });
    return z.NEVER;
  });
}

/** What `schema` makes of `input`. Throws the first thing wrong with it; `root` names the input. */
export function check<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  root: string,
): z.output<Schema> {
  const result = schema.safeParse(input, { reportInput: true });
  if (result.success) return result.data;
  throw errorOf(result.error.issues[0]!, root);
}

/** `path` as a reader of the file would write it: `books[2].factors.ETH.price`. */
export function pathOf(root: string, path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === "number") return `${text}[${key}]`;
    return /^\w+$/.test(String(key)) ? `${text}.${String(key)}` : `${text}["${String(key)}"]`;
  }, root);
}

function errorOf(issue: Issue, root: string): InputError {
  const path = pathOf(root, issue.path);
  const inner = branchOf(issue);
  if (inner !== undefined) return errorOf(inner, path);
  if (issue.code === "unrecognized_keys") {
    const key = issue.keys[0]!;
    return new UnknownKey(pathOf(path, [key]), (issue.input as Record<string, unknown>)[key]);
  }
  return new Invalid(path, issue.input, expectedBy(issue));
}

/** Of a value that may be plain or an object, what is wrong with it as the one it is. */
function branchOf(issue: Issue): Issue | undefined {
  if (issue.code !== "invalid_union") return undefined;
  const plain = typeof issue.input !== "object" || issue.input === null;
  return issue.errors.at(plain ? 0 : -1)?.[0];
}

function expectedBy(issue: Issue): string {
  if (issue.code === "custom") return issue.message;
  if (issue.code === "invalid_type") return NOUNS[issue.expected] ?? `a ${issue.expected}`;
  if (issue.code === "invalid_value") return issue.values.map(String).join(" or ");
  if (issue.code === "too_small") {
    const bound = `${issue.inclusive === false ? "more than" : "at least"} ${issue.minimum}`;
    return issue.origin === "array" ? `${bound} of them` : bound;
  }
  if (issue.code === "too_big") {
    const bound = `${issue.inclusive === false ? "less than" : "at most"} ${issue.maximum}`;
    return issue.origin === "array" ? `${bound} of them` : bound;
  }
  return issue.message;
}

const NOUNS: Readonly<Record<string, string>> = {
  object: "an object",
  record: "an object",
  array: "an array",
  tuple: "a pair",
  int: "a whole number",
  boolean: "true or false",
};

function outside(value: bigint, low: bigint, high: bigint): string | undefined {
  if (value > high) return `at most ${decimalText(high)}`;
  if (value >= low) return undefined;
  return low === 1n ? "more than 0" : `at least ${decimalText(low)}`;
}
