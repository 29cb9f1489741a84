import { join, relative, sep } from "node:path";

import type { HardhatPlugin } from "hardhat/types/plugins";
import type { CompilerInput, CompilerOutput } from "hardhat/types/solidity";

import { contentCache, type ContentCache } from "./contentCache.ts";
import { merge } from "./merge.ts";
import { parallel, processes } from "./parallel.ts";
import { analysis, partition, type Part } from "./partition.ts";
import { progress } from "./progress.ts";
import { strict } from "./warnings.ts";

type Compile = (input: CompilerInput) => Promise<CompilerOutput>;

/**
 * Compiles each source file with its imports in a process of its own, several at a time, and keeps
 * what was compiled in BALLAST_SOLC_CACHE or cache/solc.
 */
export const compileSeparately: HardhatPlugin = {
  id: "compile-separately",
  hookHandlers: {
    solidity: async () => {
      let asked: ReadonlySet<string> = new Set();
      return {
        default: async () => ({
          async build(context, roots, options, next) {
            asked = new Set(roots.map((root) => sourceName(context.config.paths.root, root)));
            return next(context, roots, options);
          },
          async invokeSolc(context, compiler, input, config, next) {
            const own = join(context.config.paths.cache, "solc");
            const folder = process.env["BALLAST_SOLC_CACHE"] ?? own;
            const cache = await contentCache(folder, compiler.compilerPath);
            const compile = (one: CompilerInput) => next(context, compiler, one, config);
            const { compilers, overrides } = context.config.solidity.profiles["default"]!;
            const configOf = (root: string) =>
              overrides[root.replace("project/", "")] ?? compilers[0];
            const wanted = [...asked].filter((root) => configOf(root) === config);
            return compileParts(input, new Set(wanted), cache, compile);
          },
        }),
      };
    },
  },
};

/** Of a root as Hardhat names it (absolute, or npm:), the compiler's name for it, without a version. */
function sourceName(project: string, root: string): string {
  if (root.startsWith("npm:")) return root.replace("npm:", "npm/");
  return `project/${relative(project, root).split(sep).join("/")}`;
}

const unversioned = (source: string) => source.replace(/^(npm\/(?:@[^/]+\/)?[^/@]+)@[^/]+/, "$1");

async function compileParts(
  input: CompilerInput,
  asked: ReadonlySet<string>,
  cache: ContentCache,
  compile: Compile,
): Promise<CompilerOutput> {
  const everything = { root: "every import, for its types", input: analysis(input) };
  const analysed = strict((await compileAll([everything], cache, compile))[0]!);
  if (failed(analysed)) return analysed;
  const parts = partition(input, analysed, (source) => asked.has(unversioned(source)));
  const outputs = await compileAll(parts, cache, compile);
  return strict(merge(analysed, new Map(parts.map(({ root }, index) => [root, outputs[index]!]))));
}

/** What the compiler says of each part, or said before. */
async function compileAll(
  parts: readonly Part[],
  cache: ContentCache,
  compile: Compile,
): Promise<CompilerOutput[]> {
  const outputs = await Promise.all(parts.map(({ input }) => cache.read(input)));
  const missing = [...parts.keys()].filter((index) => outputs[index] === undefined);
  const shown = progress(missing.length);
  await parallel(missing, processes(), async (index) => {
    const { root, input } = parts[index]!;
    const output = await shown.during(root, compile(input));
    if (!failed(output)) await cache.write(input, output);
    outputs[index] = output;
  });
  return outputs.map((output) => output!);
}

function failed({ errors }: CompilerOutput): boolean {
  return (errors ?? []).some(({ severity }) => severity === "error");
}
