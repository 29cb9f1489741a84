import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { checkpointFile } from "../../sdk/keeper/checkpointFile.ts";
import { Invalid } from "../../sdk/params/errors.ts";
import { accountId } from "../../sdk/types/Ids.ts";

const found = { block: 77n, accounts: [accountId(`0x${"ab".repeat(20)}`, 3n)] };

describe("a checkpoint file", () => {
  const folder = mkdtempSync(join(tmpdir(), "checkpoint-"));
  const file = join(folder, "keeper.json");
  after(() => rmSync(folder, { recursive: true }));

  it("begins where it is told, and gives back what was kept, in a later run too", () => {
    const first = checkpointFile(file, 5n);
    expect(first.load()).to.deep.equal({ block: 5n, accounts: [] });
    first.save(found);
    expect(first.load()).to.deep.equal(found);
    expect(checkpointFile(file, 5n).load()).to.deep.equal(found);
  });

  it("is memory alone without a file", () => {
    const kept = checkpointFile(undefined, 0n);
    kept.save(found);
    expect(kept.load()).to.deep.equal(found);
  });

  it("refuses what it did not write", () => {
    writeFileSync(file, '{ "block": 3, "accounts": ["0x12"] }');
    expect(() => checkpointFile(file, 0n)).to.throw(Invalid, "checkpoint.accounts[0]");
  });
});
