import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";

import { expect } from "chai";

import { filesUnder, read, ROOT } from "./source.ts";

// What documents and comments cite exists: paths, commands, decisions.

const DOCUMENTS = [
  ...["README.md", "CONTRIBUTING.md", "SECURITY.md"],
  ...filesUnder("docs", ".md"),
];
const DECISIONS = filesUnder("docs/decisions", ".md").filter((file) => /\/\d/.test(file));
const CODE = ["contracts", "sdk", "scripts", "test"].flatMap((folder) => [
  ...filesUnder(folder, ".sol"),
  ...filesUnder(folder, ".ts"),
]);
const WRITTEN = /\bout\/|\bcache\/|\bartifacts\/|deployments\/(?!local\/|compiled)/; // by commands

const FOLDERS = "contracts|sdk|scripts|test|docs|deployments";
const PATH = new RegExp(`(?<![\\w./-])(?:${FOLDERS})/[\\w./-]*\\w(?:/|(?=[^\\w*{<]|$))`, "g");
const LINK = /\]\((?!https?:)([^)#\s]+)(?:#[^)]*)?\)/g;
const COMMAND = /\bnpm run ([a-z][\w:-]*)/g;

/** Paths from the root that a text cites. */
export function pathsIn(text: string): string[] {
  return [...text.matchAll(PATH)].map(([path]) => path).filter((path) => !WRITTEN.test(path));
}

function comments(text: string): string {
  return (text.match(/\/\/[^\n]*|\/\*[\s\S]*?\*\//g) ?? []).join("\n");
}

function missing(found: readonly string[]): string[] {
  return found.filter((path) => !existsSync(join(ROOT, path)));
}

describe("citations", () => {
  it("name paths that exist, in documents", () => {
    const found = DOCUMENTS.map((file) => [file, missing(pathsIn(read(file)))] as const);
    expect(found.filter(([, paths]) => paths.length > 0)).to.deep.equal([]);
  });

  it("name paths that exist, in comments", () => {
    const found = CODE.map((file) => [file, missing(pathsIn(comments(read(file))))] as const);
    expect(found.filter(([, paths]) => paths.length > 0)).to.deep.equal([]);
  });

  it("link to files that exist", () => {
    const linked = DOCUMENTS.flatMap((file) =>
      [...read(file).matchAll(LINK)].map(([, target]) => join(dirname(file), target!)),
    );
    expect(linked).not.to.have.lengthOf(0);
    expect(missing(linked)).to.deep.equal([]);
  });

  it("name commands that package.json has", () => {
    const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
    const named = DOCUMENTS.flatMap((file) =>
      [...read(file).matchAll(COMMAND)].map(([, name]) => name!),
    );
    expect(named).not.to.have.lengthOf(0);
    expect(named.filter((name) => !Object.hasOwn(scripts, name))).to.deep.equal([]);
  });

  it("name decisions by numbers that exist", () => {
    const cited = [...DOCUMENTS, ...CODE].flatMap((file) =>
      [...read(file).matchAll(/\bdecisions? (\d{1,4})\b/g)].map(([, number]) => Number(number)),
    );
    expect(cited).not.to.have.lengthOf(0);
    const numbers = DECISIONS.map((file) => Number(basename(file).slice(0, 4)));
    expect(cited.filter((number) => !numbers.includes(number))).to.deep.equal([]);
  });

  it("of a decision take 200 words at most, and the index has each", () => {
    const words = (file: string) => read(file).split(/\s+/).filter(Boolean).length;
    expect(DECISIONS.filter((file) => words(file) > 200)).to.deep.equal([]);
    const index = read("docs/decisions/README.md");
    expect(DECISIONS.filter((file) => !index.includes(`(${basename(file)})`))).to.deep.equal([]);
  });

  it("are seen where they are wrong", () => {
    expect(
      missing(pathsIn("see `contracts/logic/None.sol` and test/walls/none.test.ts")),
    ).to.have.lengthOf(2);
    expect(
      missing(pathsIn("see contracts/logic/Cash.sol, `docs/` and out/none.svg")),
    ).to.have.lengthOf(0);
  });
});
