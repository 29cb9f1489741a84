import { createHash, randomUUID } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";

import type { CompilerInput, CompilerOutput } from "hardhat/types/solidity";

// What a compiler says of an input is kept under the digest of both, so that neither the place of a
// checkout nor its history makes a difference, and several checkouts can share a folder.

export interface ContentCache {
  /** What is kept for this input, if anything is. */
  read(input: CompilerInput): Promise<CompilerOutput | undefined>;
  write(input: CompilerInput, output: CompilerOutput): Promise<void>;
}

/** The cache in `folder` of what the compiler in the file `compilerPath` says. */
export async function contentCache(folder: string, compilerPath: string): Promise<ContentCache> {
  const compiler = digest(await readFile(compilerPath));
  const fileOf = (input: CompilerInput) =>
    join(folder, `${digest(JSON.stringify([compiler, input]))}.json.gz`);
  return {
    async read(input) {
      try {
        const text = await promisify(gunzip)(await readFile(fileOf(input)));
        return JSON.parse(text.toString()) as CompilerOutput;
      } catch {
        return undefined; // absent, or cut short: it is compiled again
      }
    },
    async write(input, output) {
      const file = fileOf(input);
      const draft = `${file}.${randomUUID()}`;
      await mkdir(folder, { recursive: true });
      await writeFile(draft, await promisify(gzip)(JSON.stringify(output), { level: 1 }));
      await rename(draft, file);
    },
  };
}

function digest(content: string | Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}
