import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { circlesOf, importsOf, packagesBehind, violations } from "./layers.ts";
import { filesUnder, read, ROOT } from "./source.ts";

const contracts = filesUnder("contracts", ".sol");
const sdk = filesUnder("sdk", ".ts");
// What a dApp takes: it may need viem and nothing else.
const core = sdk.filter((path) => /^sdk\/(actions|math|types|errors|index)\b/.test(path));

const unwanted = (found: string[]) => found.filter((line) => !/ imports viem(\/|$)/.test(line));

describe("layers", () => {
  it("lets contracts import one way, and read the clock in logic and oracles", () => {
    expect(contracts.flatMap((path) => violations(path, read(path)))).to.deep.equal([]);
  });

  it("lets the math of the sdk see its nouns only, and no one a clock or dice", () => {
    expect(sdk.flatMap((path) => violations(path, read(path)))).to.deep.equal([]);
  });

  it("has no circle of files", () => {
    for (const files of [contracts, [...sdk, ...filesUnder("scripts", ".ts")]]) {
      expect(circlesOf(files, read)).to.deep.equal([]);
    }
  });

  it("needs no package but viem for what a dApp takes", () => {
    expect(unwanted(packagesBehind(core, read))).to.deep.equal([]);
  });

  it("understands every import", () => {
    const all = [...contracts, ...sdk].flatMap((path) =>
      importsOf(path, read(path)).filter((target) => /^(contracts|sdk)\//.test(target)),
    );
    expect(all).not.to.have.lengthOf(0);
    for (const target of all) expect(existsSync(join(ROOT, target)), target).to.equal(true);
  });
});

describe("a bad import", () => {
  const bad: [path: string, text: string][] = [
    ["contracts/types/Price.sol", 'import {WAD} from "../math/WadMath.sol";'],
    ["contracts/types/Price.sol", 'import {IOracle} from "../interfaces/IOracle.sol";'],
    ["contracts/math/CashMath.sol", 'import {Cash} from "../logic/Cash.sol";'],
    ["contracts/math/CashMath.sol", 'import {IVault} from "../interfaces/IVault.sol";'],
    ["contracts/math/CashMath.sol", 'import "@openzeppelin/contracts/utils/math/Math.sol";'],
    ["contracts/interfaces/IVault.sol", 'import * as W from "../math/WadMath.sol";'],
    ["contracts/logic/Cash.sol", 'import {Lens} from "../Lens.sol";'],
    ["contracts/logic/Cash.sol", 'import {Clearinghouse} from "../Clearinghouse.sol";'],
    ["contracts/oracles/New.sol", 'import {\n  Cash\n} from "../logic/Cash.sol";'],
    ["contracts/Lens.sol", 'import {Risk} from "./logic/Risk.sol";'],
    ["contracts/Vault.sol", 'import {State} from "./types/State.sol";'],
    ["contracts/Clearinghouse.sol", 'import {Lens} from "./Lens.sol";'],
    ["contracts/Clearinghouse.sol", 'import {ClearinghouseExt} from "./ClearinghouseExt.sol";'],
    ["contracts/ClearinghouseExt.sol", 'import {Clearinghouse} from "./Clearinghouse.sol";'],
    ["contracts/ClearinghouseExt.sol", 'import {Vault} from "./Vault.sol";'],
    [
      "contracts/interfaces/IClearinghouseExt.sol",
      'import "@openzeppelin/contracts/access/Ownable.sol";',
    ],
    ["contracts/New.sol", 'import {Ids} from "./types/Ids.sol";'],
    ["sdk/math/CashMath.ts", 'import { getBlock } from "viem/actions";'],
    ["sdk/math/CashMath.ts", 'import type { Pool } from "../actions/Pool.ts";'],
    ["sdk/types/Price.ts", 'export * from "../math/WadMath.ts";'],
    ["sdk/types/Price.ts", 'import { z } from "zod";'],
    ["sdk/types/Price.ts", 'const fs = await import("node:fs");'],
    ["sdk/snapshot/pool.ts", 'import { portfolioOf } from "../logic/portfolio.ts";'],
    ["sdk/preview/preview.ts", 'import { readFileSync } from "node:fs";'],
    ["sdk/sim/random.ts", 'import { network } from "hardhat";'],
    ["sdk/sim/random.ts", 'import { deployPool } from "../../scripts/deploy/deployPool.ts";'],
  ];
  for (const [path, text] of bad) {
    it(`is seen in ${path}: ${text.replace(/\s+/g, " ")}`, () => {
      expect(violations(path, text)).to.have.lengthOf(1);
    });
  }

  it("is seen in a circle, also of types", () => {
    const texts: Record<string, string> = {
      "sdk/a.ts": 'import { b } from "./b.ts";',
      "sdk/b.ts": 'import type { C } from "./c.ts";',
      "sdk/c.ts": 'export { a } from "./a.ts";',
    };
    const found = circlesOf(Object.keys(texts), (path) => texts[path]!);
    expect(found).to.deep.equal([["sdk/a.ts", "sdk/b.ts", "sdk/c.ts"]]);
  });

  it("is seen behind what the core imports, unless only for its types", () => {
    const texts: Record<string, string> = {
      "sdk/actions/a.ts": 'import { b } from "../b.ts";\nimport { parse } from "viem";',
      "sdk/b.ts": 'import type { D } from "./d.ts";\nexport { c } from "./c.ts";',
      "sdk/c.ts": 'import { z } from "zod";',
      "sdk/d.ts": 'import { p } from "pino";',
    };
    const found = packagesBehind(["sdk/actions/a.ts"], (path) => texts[path]!);
    expect(unwanted(found)).to.deep.equal(["sdk/c.ts imports zod"]);
  });

  it("is not seen in a comment, nor in a string", () => {
    expect(violations("sdk/math/A.ts", '// import { z } from "zod";\n')).to.deep.equal([]);
    expect(violations("sdk/math/A.ts", 'export const a = "zod";\n')).to.deep.equal([]);
  });
});

describe("a bad clock", () => {
  const birth = "  constructor() {\n    _s.born = block.timestamp;\n  }\n";
  const bad: [path: string, text: string][] = [
    ["contracts/math/CashMath.sol", "return block.timestamp;"],
    ["contracts/types/State.sol", "return block.number;"],
    ["contracts/Vault.sol", "require(block.timestamp > 5);"],
    ["contracts/ClearinghouseExt.sol", "return block.timestamp;"],
    ["contracts/Clearinghouse.sol", `contract C {\n${birth}\n  uint256 x = block.timestamp;\n}`],
    ["sdk/keeper/tick.ts", "const now = Date.now() / 1000;"],
    ["sdk/sim/paths.ts", "const now = new Date();"],
    ["sdk/sim/paths.ts", "return Math.random();"],
  ];
  for (const [path, text] of bad) {
    it(`is seen in ${path}: ${text.trim().split("\n").at(-1)}`, () => {
      expect(violations(path, text)).to.have.lengthOf(1);
    });
  }

  it("is none in logic, in an oracle, or when the clearinghouse is built", () => {
    expect(violations("contracts/logic/Cash.sol", "return block.timestamp;")).to.deep.equal([]);
    expect(violations("contracts/oracles/A.sol", "return block.timestamp;")).to.deep.equal([]);
    expect(violations("contracts/Clearinghouse.sol", `\n${birth}`)).to.deep.equal([]);
  });

  it("is none where the time is given", () => {
    expect(violations("sdk/sim/time.ts", "new Date(time * 1000)")).to.deep.equal([]);
  });
});
