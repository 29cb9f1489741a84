import type {
  CompilerOutput,
  CompilerOutputBytecode,
  CompilerOutputContract,
  CompilerOutputError,
} from "hardhat/types/solidity";

type Code = Partial<CompilerOutputBytecode>;

/** What one compiler of all sources would have said, from the analysis of all and the parts' code. */
export function merge(
  analysed: CompilerOutput,
  compiled: ReadonlyMap<string, CompilerOutput>,
): CompilerOutput {
  const contracts = Object.fromEntries(
    Object.entries(analysed.contracts ?? {}).map(([source, analysedHere]) => {
      const part = compiled.get(source);
      const idOf = part === undefined ? same : renumbering(part, analysed);
      const named = Object.entries(analysedHere).map(([name, contract]) => [
        name,
        withCode(contract, part?.contracts?.[source]?.[name], idOf),
      ]);
      return [source, Object.fromEntries(named)];
    }),
  );
  const errors = [analysed, ...compiled.values()].flatMap((output) => output.errors ?? []);
  return { errors: deduplicated(errors), sources: analysed.sources, contracts };
}

function withCode(
  contract: CompilerOutputContract,
  code: CompilerOutputContract | undefined,
  idOf: (id: number) => number,
): CompilerOutputContract {
  const complete = (part: Code | undefined): CompilerOutputBytecode => ({
    object: "",
    opcodes: "",
    linkReferences: {},
    ...part,
    sourceMap: renumbered(part?.sourceMap ?? "", idOf),
  });
  return {
    abi: contract.abi,
    evm: {
      methodIdentifiers: contract.evm?.methodIdentifiers ?? {},
      bytecode: complete(code?.evm?.bytecode),
      deployedBytecode: { immutableReferences: {}, ...complete(code?.evm?.deployedBytecode) },
    },
  };
}

const same = (id: number) => id;

/** From a source's number in a part to its number among all sources. */
function renumbering(part: CompilerOutput, all: CompilerOutput): (id: number) => number {
  const nameOf = new Map(Object.entries(part.sources).map(([name, { id }]) => [id, name]));
  const generated = Object.keys(all.sources).length;
  return (id) => (id < 0 ? id : (all.sources[nameOf.get(id) ?? ""]?.id ?? generated));
}

/** A source map's entries are start:length:source:jump:depth, and an empty field repeats the last. */
function renumbered(sourceMap: string, idOf: (id: number) => number): string {
  const entry = (fields: string) => {
    const [start, length, source, ...rest] = fields.split(":");
    if (source === undefined || source === "") return fields;
    return [start, length, idOf(Number(source)), ...rest].join(":");
  };
  return sourceMap.split(";").map(entry).join(";");
}

function deduplicated(errors: readonly CompilerOutputError[]): CompilerOutputError[] {
  const key = (e: CompilerOutputError) => `${e.errorCode} ${e.formattedMessage ?? e.message}`;
  return [...new Map(errors.map((error) => [key(error), error])).values()];
}
