import { mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { format, resolveConfig } from "prettier";
import { filesUnder, read, ROOT, withoutComments } from "./source.ts";

// Free functions cannot be called from outside, so each file of contracts/math gets a contract that
// passes every one of them through under its own name. `npx tsx test/walls/harnesses.ts` writes them.

export const HARNESSES = "test/mocks/harnesses";

const FUNCTION = /^function (\w+)\(([^)]*)\) pure returns \(([^)]*)\)/gm;
const TYPES = /^import \{([^}]*)\} from "\.\.\/types\/(\w+)\.sol";/gm;

function namesOf(params: string): string {
  return params
    .split(",")
    .map((param) => param.trim().split(/\s+/).at(-1))
    .join(", ");
}

function typeImports(text: string, used: string): string[] {
  return [...text.matchAll(TYPES)].flatMap(([, list, file]) => {
    const words = list!.split(",").map((name) => name.trim());
    const names = words.filter((name) => new RegExp(`\\b${name}\\b`).test(used));
    if (names.length === 0) return [];
    return [`import {${names.join(", ")}} from "../../../contracts/types/${file}.sol";`];
  });
}

/** The harness of a math file, from its text. */
export async function harnessOf(name: string, source: string): Promise<string> {
  const text = withoutComments(source);
  const functions = [...text.matchAll(FUNCTION)].map(
    ([, called, params, result]) =>
      `function ${called}(${params}) external pure returns (${result}) {
        return ${name}.${called}(${namesOf(params!)});
      }`,
  );
  const imports = [
    `import * as ${name} from "../../../contracts/math/${name}.sol";`,
    ...typeImports(text, functions.join()),
    `import {MathHarness} from "../MathHarness.sol";`,
  ];
  const harness = `// SPDX-License-Identifier: MIT
    pragma solidity ^0.8.28;

    ${imports.join("\n")}

    // Written by test/walls/harnesses.ts from contracts/math/${name}.sol. Free functions take memory.
    // solhint-disable gas-calldata-parameters
    contract ${name}Harness is MathHarness {
      ${functions.join("\n\n")}
    }`;
  const filepath = join(ROOT, pathOf(name));
  return format(harness, { ...(await resolveConfig(filepath)), filepath });
}

export function pathOf(name: string): string {
  return `${HARNESSES}/${name}Harness.sol`;
}

export const MATH = filesUnder("contracts/math", ".sol").map((path) => basename(path, ".sol"));

async function write(): Promise<void> {
  mkdirSync(join(ROOT, HARNESSES), { recursive: true });
  for (const name of MATH) {
    const harness = await harnessOf(name, read(`contracts/math/${name}.sol`));
    writeFileSync(join(ROOT, pathOf(name)), harness);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await write();
