import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import hre from "hardhat";

import { abiSources } from "./deploy/abiSources.ts";

const folder = "sdk/generated";
await hre.tasks.getTask("build").run({ quiet: true });
const texts = await abiSources(hre.artifacts, folder);
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder);
for (const [file, text] of Object.entries(texts)) writeFileSync(join(folder, file), text);
console.log(`${folder} written: ${Object.keys(texts).length} files`);
