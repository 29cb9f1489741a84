import type { ArtifactManager } from "hardhat/types/artifacts";
import { format, resolveConfig } from "prettier";
import type { Abi, AbiParameter } from "viem";

type Item = Abi[number];

/** What can throw below the clearinghouse: an error of any of these can come out of a call to it. */
const BELOW = [
  "Custody",
  "Estimates",
  "PayoutHaircuts",
  "Liquidation",
  "Risk",
  "Settings",
  "Vault",
  "Token",
];
const DOOR = ["Clearinghouse", "ClearinghouseExt"]; // of which IClearinghouse tells all but the errors of packages
const AUTHORITY = "AccessManager";

const SOURCES: Readonly<Record<string, { contract: string; errorsOf?: readonly string[] }>> = {
  clearinghouseAbi: { contract: "IClearinghouse", errorsOf: [...DOOR, ...BELOW, AUTHORITY] },
  lensAbi: { contract: "Lens" },
  oracleAbi: { contract: "ChainlinkOracle", errorsOf: [AUTHORITY] },
  pythOracleAbi: { contract: "PythOracle" },
  guardedOracleAbi: { contract: "GuardedOracle" },
  routedOracleAbi: { contract: "RoutedOracle" },
  rateOracleAbi: { contract: "RateOracle" },
  sequencerAbi: { contract: "Sequencer" },
  authorityAbi: { contract: AUTHORITY },
  tokenAbi: { contract: "Token" },
  aggregatorAbi: { contract: "MockV3Aggregator" },
};

const HEAD = "// Written by `npm run abi`; a test holds it to the contracts.\n\n";

/** The files of a folder, by name: what a client needs of each compiled contract, sorted and formatted. */
export async function abiSources(
  artifacts: ArtifactManager,
  folder: string,
): Promise<Record<string, string>> {
  const options = await resolveConfig(`${folder}/index.ts`);
  const texts: Record<string, string> = {};
  for (const [name, { contract, errorsOf = [] }] of Object.entries(SOURCES)) {
    const abi = await abiOf(artifacts, contract, errorsOf);
    const text = `${HEAD}export const ${name} = ${JSON.stringify(abi)} as const;\n`;
    texts[`${name}.ts`] = await format(text, { ...options, parser: "typescript" });
  }
  const lines = Object.keys(texts).map((file) => `export * from "./${file}";\n`);
  return { ...texts, "index.ts": `${HEAD}${lines.join("")}` };
}

async function abiOf(artifacts: ArtifactManager, contract: string, errorsOf: readonly string[]) {
  const own = await itemsOf(artifacts, contract);
  const below = await Promise.all(errorsOf.map((name) => itemsOf(artifacts, name)));
  const errors = below.flat().filter(({ type }) => type === "error");
  const unique = new Map([...own, ...errors].map((item) => [keyOf(item), plain(item)]));
  return [...unique].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
}

async function itemsOf(artifacts: ArtifactManager, contract: string): Promise<readonly Item[]> {
  const { abi } = await artifacts.readArtifact(contract);
  return (abi as Abi).filter(({ type }) => type !== "constructor");
}

function keyOf(item: Item): string {
  const name = "name" in item ? item.name : "";
  const inputs = "inputs" in item ? (item.inputs ?? []) : [];
  return `${item.type} ${name}(${inputs.map(({ type }) => type).join()})`;
}

/** Without the names of Solidity's own types, which no client reads. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  const { internalType: _, ...rest } = value as AbiParameter;
  return Object.fromEntries(Object.entries(rest).map(([key, held]) => [key, plain(held)]));
}
