import { existsSync, mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { expect } from "chai";

import { checkCompiled } from "../../scripts/deploy/checkCompiled.ts";
import {
  BadCompiledPool,
  install,
  pack,
  readDigests,
  unpack,
  type CompiledContract,
} from "../../scripts/deploy/compiled.ts";
import { sourceKey } from "../../scripts/deploy/sourceKey.ts";

const VAULT: CompiledContract = {
  contractName: "Vault",
  sourceName: "contracts/Vault.sol",
  abi: [],
  bytecode: "0x6001",
};

describe("a compiled pool", () => {
  let folder: string;
  const files = () => ({
    packed: join(folder, "pool.json.gz"),
    digests: join(folder, "pool.json"),
  });
  const unpacked = () => unpack(files(), readDigests(files())!, new Set(["contracts/Vault.sol"]));

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "compiled-"));
    pack(files(), "key", [VAULT]);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("holds what was packed", () => {
    expect(unpacked()).to.deep.equal([VAULT]);
    checkCompiled(files(), "key", [VAULT]);
  });

  it("is refused whichever of its bytes is flipped, but for the header's", () => {
    const good = readFileSync(files().packed);
    // Ten bytes of header: a time and a system, which say nothing of the content.
    for (let at = 10; at < good.length; at++) {
      const flipped = Buffer.from(good);
      flipped[at]! ^= 1;
      writeFileSync(files().packed, flipped);
      expect(unpacked, `byte ${at}`).to.throw(BadCompiledPool);
    }
  });

  it("is refused when its content is whole, but another than its digest says", () => {
    writeFileSync(files().packed, gzipSync(JSON.stringify([{ ...VAULT, bytecode: "0x6002" }])));
    expect(unpacked).to.throw(BadCompiledPool, "is not what its digest says");
  });

  it("is refused above 4 MB packed, and above 32 MB unpacked", () => {
    writeFileSync(files().packed, Buffer.alloc(4 * 1024 ** 2 + 1));
    expect(unpacked).to.throw(BadCompiledPool, "has 4194305 bytes, over 4194304");
    writeFileSync(files().packed, gzipSync(Buffer.alloc(32 * 1024 ** 2 + 1)));
    expect(unpacked).to.throw(BadCompiledPool, "cannot be unpacked");
  });

  it("names no file outside the pool's sources", () => {
    for (const wrong of [{ sourceName: "../../etc" }, { contractName: "../Vault" }]) {
      pack(files(), "key", [{ ...VAULT, ...wrong }]);
      expect(unpacked).to.throw(BadCompiledPool, "which is no contract of the pool");
    }
  });

  it("fails the check against other bytecode, ABI, sources, or one contract more", () => {
    const check = (key: string, ...compiled: CompiledContract[]) => {
      return () => checkCompiled(files(), key, compiled);
    };
    expect(check("other", VAULT)).to.throw(BadCompiledPool, "other sources");
    expect(check("key", { ...VAULT, bytecode: "0x6002" })).to.throw("differs in contracts/Vault");
    expect(check("key", { ...VAULT, abi: [{}] })).to.throw("differs in contracts/Vault");
    expect(check("key", VAULT, { ...VAULT, contractName: "Two" })).to.throw("differs in");
  });

  it("fails the check when a readable digest is not its bytecode's", () => {
    const text = readFileSync(files().digests, "utf8");
    const [, digest] = /Vault": "(.{4})/.exec(text)!;
    writeFileSync(files().digests, text.replace(`Vault": "${digest}`, 'Vault": "zzzz'));
    expect(() => checkCompiled(files(), "key", [VAULT])).to.throw("does not give the digests");
  });

  it("takes the place of what was built, and of what Hardhat knows of it", () => {
    const knowledge = join(folder, "compile-cache.json");
    writeFileSync(knowledge, "{}");
    install([VAULT], join(folder, "artifacts"), folder);
    expect(existsSync(knowledge)).to.equal(false);
    writeFileSync(knowledge, "{}");
    install([VAULT], join(folder, "artifacts"), folder); // as it is there already
    expect(existsSync(knowledge)).to.equal(true);
  });

  it("has another key once an import, a setting or the compiler differs", () => {
    const [root, leaf, solc] = ["A.sol", "b/B.sol", "solc"].map((name) => join(folder, name));
    mkdirSync(join(folder, "b"));
    writeFileSync(root!, 'import {\n  B\n} from "./b/B.sol";');
    writeFileSync(leaf!, "library B {}");
    writeFileSync(solc!, "1");
    const first = sourceKey([root!], solc!, { runs: 1 });
    expect(sourceKey([root!], solc!, { runs: 1 })).to.equal(first);
    expect(sourceKey([root!], solc!, { runs: 2 })).not.to.equal(first);
    writeFileSync(leaf!, "library B { }");
    expect(sourceKey([root!], solc!, { runs: 1 })).not.to.equal(first);
    writeFileSync(leaf!, "library B {}");
    writeFileSync(solc!, "2");
    expect(sourceKey([root!], solc!, { runs: 1 })).not.to.equal(first);
  });
});
