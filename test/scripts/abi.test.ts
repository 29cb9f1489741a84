import { readFileSync } from "node:fs";

import { expect } from "chai";
import { artifacts } from "hardhat";

import { abiSource } from "../../scripts/deploy/abiSource.ts";

describe("npm run abi", () => {
  it("sdk/abi.ts says what the contracts say (if not: npm run abi)", async () => {
    const source = await abiSource(artifacts, "sdk/abi.ts");
    expect(readFileSync("sdk/abi.ts", "utf8")).to.equal(source);
  });
});
