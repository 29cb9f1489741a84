import type { CompilerInput, CompilerOutput } from "hardhat/types/solidity";

// Via-IR bytecode depends on which sources are compiled together. So each source file is compiled
// with what it imports and nothing else, whatever else a build asks for: one file, one bytecode.

const FRAME = ["abi", "evm.methodIdentifiers"];
const CODE = [
  "evm.bytecode.linkReferences",
  "evm.bytecode.object",
  "evm.bytecode.sourceMap",
  "evm.deployedBytecode.immutableReferences",
  "evm.deployedBytecode.linkReferences",
  "evm.deployedBytecode.object",
  "evm.deployedBytecode.sourceMap",
];

interface Node {
  nodeType: string;
  absolutePath?: string;
  file?: string;
  contractKind?: string;
  abstract?: boolean;
  visibility?: string;
  nodes?: Node[];
}

/** One source file with its imports, to be compiled by a compiler of its own. */
export interface Part {
  readonly root: string;
  readonly input: CompilerInput;
}

/** Every source analysed together, and none compiled: syntax trees, ABIs and warnings. */
export function analysis(input: CompilerInput): CompilerInput {
  const outputSelection = { "*": { "": ["ast"], "*": FRAME } };
  return { ...input, settings: { ...input.settings, outputSelection } };
}

/** The parts of `input` whose root is wanted and has code, largest first. */
export function partition(
  input: CompilerInput,
  analysed: CompilerOutput,
  wanted: (source: string) => boolean,
): readonly Part[] {
  const nodesOf = (source: string) => (analysed.sources[source]?.ast as Node | undefined)?.nodes;
  return Object.keys(analysed.sources)
    .filter((source) => wanted(source) && nodesOf(source)?.some(hasCode))
    .map((root) => ({ root, input: partOf(input, root, (source) => nodesOf(source) ?? []) }))
    .toSorted((a, b) => size(b) - size(a));
}

function hasCode({ nodeType, contractKind, abstract, nodes }: Node): boolean {
  if (nodeType !== "ContractDefinition" || abstract === true) return false;
  if (contractKind === "contract") return true;
  // A library whose functions are all internal is part of its callers.
  const isExternal = ({ visibility }: Node) => visibility === "external" || visibility === "public";
  return contractKind === "library" && (nodes ?? []).some(isExternal);
}

function partOf(
  input: CompilerInput,
  root: string,
  nodesOf: (source: string) => readonly Node[],
): CompilerInput {
  const names = new Set([root]);
  const imports: { source: string; file: string; target: string }[] = [];
  for (const source of names) {
    for (const { nodeType, file, absolutePath } of nodesOf(source)) {
      if (nodeType !== "ImportDirective") continue;
      names.add(absolutePath!);
      imports.push({ source, file: file!, target: absolutePath! });
    }
  }
  const used = (remapping: string) => {
    const [, context, prefix, target] = /^(?:([^:=]*):)?([^=]*)=(.*)$/.exec(remapping)!;
    return imports.some(
      (one) =>
        one.source.startsWith(context ?? "") &&
        one.file.startsWith(prefix!) &&
        one.target.startsWith(target!),
    );
  };
  return {
    language: input.language,
    settings: {
      ...input.settings,
      outputSelection: { [root]: { "*": CODE } },
      remappings: (input.settings.remappings ?? []).filter(used).toSorted(),
    },
    sources: Object.fromEntries([...names].toSorted().map((name) => [name, input.sources[name]!])),
  };
}

function size({ input }: Part): number {
  return Object.values(input.sources).reduce((sum, { content }) => sum + content.length, 0);
}
