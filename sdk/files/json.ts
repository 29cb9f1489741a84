import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";

import { FileRefused } from "../params/errors.ts";
import { parseJson } from "../params/json.ts";

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

function attempt<T>(file: string, act: "read" | "written", io: () => T): T {
  try {
    return io();
  } catch (error) {
    throw new FileRefused(file, act, String((error as NodeJS.ErrnoException).code ?? error));
  }
}
