import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";
import { artifacts } from "hardhat";

import { abiSources } from "../../scripts/deploy/abiSources.ts";

const FOLDER = "sdk/generated";

describe("npm run abi", () => {
  it("sdk/generated says what the contracts say (if not: npm run abi)", async () => {
    const texts = await abiSources(artifacts, FOLDER);
    expect(readdirSync(FOLDER).toSorted()).to.deep.equal(Object.keys(texts).toSorted());
    for (const [file, text] of Object.entries(texts)) {
      expect(readFileSync(join(FOLDER, file), "utf8"), file).to.equal(text);
    }
  });
});
