import { writeFileSync } from "node:fs";

import hre from "hardhat";

import { abiSource } from "./deploy/abiSource.ts";

const file = "sdk/abi.ts";
await hre.tasks.getTask("build").run({ quiet: true });
writeFileSync(file, await abiSource(hre.artifacts, file));
console.log(`${file} written`);
