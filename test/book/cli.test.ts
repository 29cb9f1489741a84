import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { expect } from "chai";

import { marginOfFile } from "../../scripts/margin/margin.ts";
import { FileRefused, MalformedJson } from "../../sdk/params/errors.ts";
import { cash, cents, ETH, PARAMS_FILE, spot, thrown } from "./asked.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const BOOK = { factors: { ETH }, positions: [spot("ETH", 10), cash(-30_000)] };

describe("margin from a file", () => {
  const folder = mkdtempSync(join(tmpdir(), "ballast-margin-"));
  after(() => rmSync(folder, { recursive: true }));

  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const run = (...args: string[]) =>
    spawnSync(process.execPath, ["--import", "tsx", "scripts/margin.ts", ...args], {
      cwd: ROOT,
      encoding: "utf8",
    });
  const written = (name: string) => JSON.parse(readFileSync(join(folder, name), "utf8"));
  const of = (book: string, json?: string) =>
    marginOfFile({ book, params: PARAMS_FILE, json: json && join(folder, json) });

  it("prints the answer and writes it, an object for a book", () => {
    const book = file("book.json", JSON.stringify(BOOK));
    const { status, stdout, stderr } = run("--book", book, "--json", join(folder, "out.json"));
    expect([status, stderr]).to.deep.equal([0, ""]);
    expect(stdout).to.contain("$4 555.36");
    expect(cents(written("out.json").mm)).to.equal("4555.36");
  }).timeout(30_000);

  it("says in one line what is wrong", () => {
    const book = file("bad.json", JSON.stringify({ ...BOOK, grace: 15 }));
    const { status, stdout, stderr } = run("--book", book);
    expect([status, stdout]).to.deep.equal([1, ""]);
    expect(stderr).to.match(/^books\[0\]\.grace: .*known: 10, 30, 60, 120\n$/);
  }).timeout(30_000);

  it("writes an array for an array, be it of one", () => {
    of(file("one.json", JSON.stringify([BOOK])), "array.json");
    expect(written("array.json")).to.have.length(1);
  });

  it("refuses a missing file, a folder, and a place it cannot write", () => {
    expect(thrown(() => of(join(folder, "none.json")))).to.be.instanceOf(FileRefused);
    expect(thrown(() => of(folder)).message).to.contain("it is a folder");
    const book = file("book.json", JSON.stringify(BOOK));
    expect(thrown(() => of(book, "no/such/out.json")).message).to.contain("cannot be written");
  });

  it("refuses what is no JSON, by line and column", () => {
    const error = thrown(() => of(file("torn.json", '{\n  "positions": [}')));
    expect(error).to.be.instanceOf(MalformedJson);
    expect(error.message).to.match(
      /torn\.json: malformed JSON at line 2, column 17: unexpected "}"$/,
    );
  });
});
