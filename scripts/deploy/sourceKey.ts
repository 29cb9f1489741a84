import { readFileSync } from "node:fs";
import { posix } from "node:path";

import { sha256 } from "./compiled.ts";

const IMPORT = /^\s*import\b[^;"']*["']([^"']+)["']/gm;

/** The digest of `roots` and all they import, read from the working folder, with how they are compiled. */
export function sourceKey(roots: readonly string[], compiler: string, settings: unknown): string {
  const texts = new Map<string, string>();
  const visit = (file: string): void => {
    if (texts.has(file)) return;
    const text = readFileSync(file, "utf8");
    texts.set(file, text);
    for (const [, target] of text.matchAll(IMPORT)) visit(resolved(file, target!));
  };
  for (const root of roots) visit(root);
  const sources = [...texts].map(([file, text]) => [file, sha256(text)]).toSorted();
  return sha256(JSON.stringify([sha256(readFileSync(compiler)), settings, sources]));
}

function resolved(file: string, target: string): string {
  const inFolder = target.startsWith(".");
  return inFolder ? posix.join(posix.dirname(file), target) : `node_modules/${target}`;
}
