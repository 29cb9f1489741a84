import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";

import { FileRefused, MalformedJson } from "./errors.ts";

/**
 * What a JSON file holds.
 *
 * @throws FileRefused, MalformedJson
 */
export function readJson(file: string): unknown {
  return parseJson(
    attempt(file, "read", () => readFileSync(file, "utf8")),
    file,
  );
}

/**
 * Writes `value` to a file, indented.
 *
 * @throws FileRefused
 */
export function writeJson(file: string, value: unknown): void {
  writeText(file, `${JSON.stringify(value, null, 2)}\n`);
}

/**
 * Writes a text to a file.
 *
 * @throws FileRefused
 */
export function writeText(file: string, text: string): void {
  attempt(file, "written", () => writeFileSync(file, text));
}

/**
 * Asks, before the work, whether its result can be written; what the file holds stays.
 *
 * @throws FileRefused
 */
export function requireWritable(file: string): void {
  attempt(file, "written", () => closeSync(openSync(file, "a")));
}

/**
 * Makes a folder, and those it lies in, where there is none.
 *
 * @throws FileRefused
 */
export function makeFolder(folder: string): void {
  attempt(folder, "written", () => mkdirSync(folder, { recursive: true }));
}

/** What a JSON text holds. @throws MalformedJson with the line and column */
export function parseJson(text: string, file: string): unknown {
  const plain = text.replace(/^\uFEFF/, "");
  try {
    return JSON.parse(plain);
  } catch {
    const before = plain.slice(0, faultIn(plain)).split("\n");
    const found = plain.slice(before.join("\n").length).split(/\s/, 1)[0]!;
    throw new MalformedJson(file, before.length, before.at(-1)!.length + 1, found);
  }
}

function attempt<T>(file: string, act: "read" | "written", io: () => T): T {
  try {
    return io();
  } catch (error) {
    throw new FileRefused(file, act, String((error as NodeJS.ErrnoException).code ?? error));
  }
}

const SPACE = /[ \t\n\r]*/y;
const OPEN = /[[{]/y;
const TEXT = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const PLAIN = /true\b|false\b|null\b|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])/y;
const COLON = /:/y;
const COMMA = /,/y;
const CLOSE = { "[": /\]/y, "{": /\}/y } as const;

/** Where a text stops being JSON: `JSON.parse` tells it only sometimes. */
function faultIn(text: string): number {
  const open: (keyof typeof CLOSE)[] = [];
  let at = 0;
  let want: "first" | "value" | "key" | "colon" | "next" = "value";
  const take = (token: RegExp): string | undefined => {
    token.lastIndex = at;
    const found = token.exec(text)?.[0];
    at += found?.length ?? 0;
    return found;
  };
  const inObject = () => open.at(-1) === "{";
  for (;;) {
    take(SPACE);
    if ((want === "first" || want === "next") && open.length > 0 && take(CLOSE[open.at(-1)!])) {
      open.pop();
      want = "next";
    } else if (want === "next") {
      if (open.length === 0 || !take(COMMA)) return at;
      want = inObject() ? "key" : "value";
    } else if (want === "colon") {
      if (!take(COLON)) return at;
      want = "value";
    } else if (want === "key" || (want === "first" && inObject())) {
      if (!take(TEXT)) return at;
      want = "colon";
    } else {
      const bracket = take(OPEN) as keyof typeof CLOSE | undefined;
      if (bracket) open.push(bracket);
      else if (!take(TEXT) && !take(PLAIN)) return at;
      want = bracket ? "first" : "next";
    }
  }
}
