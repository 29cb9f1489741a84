import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";
import fc from "fast-check";

import { BrokenRecord } from "../../scripts/deploy/errors.ts";
import { requireWhole } from "../../scripts/deploy/requireWhole.ts";
import { InputError, MalformedJson } from "../../sdk/params/errors.ts";
import { thrown } from "../book/asked.ts";

// As Ignition writes them: a line break before each record.
const RECORDS = [
  '{"chainId":31337,"type":"DEPLOYMENT_INITIALIZE"}',
  '{"futureId":"Pool#Lens","type":"TRANSACTION_SEND"}',
  '{"futureId":"Pool#Lens","type":"TRANSACTION_CONFIRM"}',
];
const JOURNAL = RECORDS.map((record) => `\n${record}`).join("");

describe("the records of a deployment", () => {
  const root = mkdtempSync(join(tmpdir(), "ballast-records-"));
  const folder = join(root, "mainnet");
  const journal = join(folder, "journal.jsonl");
  before(() => mkdirSync(folder));
  after(() => rmSync(root, { recursive: true }));

  it("may be whole, or not there at all", () => {
    expect(() => requireWhole(join(root, "none"))).to.not.throw();
    writeFileSync(journal, JOURNAL);
    expect(() => requireWhole(folder)).to.not.throw();
  });

  it("cut off anywhere inside the last line are refused, with the file and what to do", () => {
    const last = JOURNAL.lastIndexOf("\n") + 1;
    fc.assert(
      fc.property(fc.integer({ min: last + 1, max: JOURNAL.length - 1 }), (end) => {
        writeFileSync(journal, JOURNAL.slice(0, end));
        const error = thrown(() => requireWhole(folder));
        expect(error).to.be.instanceOf(BrokenRecord).and.to.be.instanceOf(InputError);
        expect(error).to.include({ file: journal, line: 4 });
        expect(error.message).to.match(/Delete that line and run again/);
        expect(error.message).to.contain("ignition track-tx HASH mainnet");
      }),
    );
  });

  it("broken before the last line were not cut off: a copy is asked for", () => {
    writeFileSync(journal, JOURNAL.replace(RECORDS[1]!, '{"futureId":"Po'));
    const error = thrown(() => requireWhole(folder)) as BrokenRecord;
    expect(error).to.include({ name: "BrokenRecord", line: 3 });
    expect(error.remedy).to.contain("a copy of the file");
  });

  it("of addresses are JSON", () => {
    writeFileSync(journal, JOURNAL);
    writeFileSync(join(folder, "deployed_addresses.json"), '{"Pool#Lens": "0x12');
    expect(thrown(() => requireWhole(folder))).to.be.instanceOf(MalformedJson);
  });
});
