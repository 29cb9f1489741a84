import { expect } from "chai";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { MalformedTape, UnreadableTape } from "../../../sdk/sim/tape/errors.ts";
import { load } from "../../../sdk/sim/tape/load.ts";

const TEXT = `timestamp_utc,symbol,round_id,price
2023-03-11T07:51:23Z,USDC-USD.CHAINLINK,1,0.88
`;

describe("load", () => {
  let folder: string;
  const write = (name: string, content: string | Buffer) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };

  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "tape-"))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it("reads a plain file", () => {
    expect(load(write("usdc.csv", TEXT)).points[0]!.prices).to.deep.equal({
      USDC: 880_000_000_000_000_000n,
    });
  });

  it("reads a gzipped file, whatever it is called", () => {
    const tape = load(write("usdc.csv", gzipSync(TEXT)));
    expect(tape.points).to.have.length(1);
    expect(tape.name).to.equal("usdc");
  });

  it("refuses a gzip that is cut short or broken", () => {
    const packed = gzipSync(TEXT.repeat(100));
    const flipped = Buffer.from(packed).fill(0xff, 20, 40);
    for (const bytes of [packed.subarray(0, packed.length - 30), flipped, packed.subarray(0, 5)])
      expect(() => load(write("usdc.csv.gz", bytes)))
        .to.throw(MalformedTape, "broken gzip")
        .with.include({ line: 1, column: 1 });
  });

  it("refuses a file of random bytes", () => {
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, i) => 255 - i));
    expect(() => load(write("junk.csv", bytes))).to.throw(MalformedTape, "not a text file");
  });

  it("refuses an empty file", () => {
    expect(() => load(write("empty.csv", ""))).to.throw(MalformedTape, "empty file");
    expect(() => load(write("empty.csv.gz", gzipSync("")))).to.throw(MalformedTape, "empty file");
  });

  it("names what cannot be opened", () => {
    const missing = join(folder, "none.csv");
    expect(() => load(missing))
      .to.throw(UnreadableTape)
      .with.include({ file: missing, code: "ENOENT" });
    expect(() => load(folder)).to.throw(UnreadableTape, "it is a folder");
  });
});
