import { readdirSync } from "node:fs";

import hre from "hardhat";

const FOREIGN = [
  "npm:@chainlink/contracts/src/v0.8/shared/mocks/MockV3Aggregator.sol",
  "npm:@openzeppelin/contracts/access/manager/AccessManager.sol",
];

/** Compiles what a pool is made of, and no test: the compiler is slow. */
export async function build(): Promise<void> {
  const own = readdirSync("contracts", { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".sol"))
    .map((file) => `contracts/${file}`);
  await hre.tasks.getTask("build").run({ quiet: true, noTests: true, files: [...own, ...FOREIGN] });
}
