import { basename } from "node:path";
import { expect } from "chai";
import * as errors from "../../sdk/errors/index.ts";
import { differences, twinDifferences } from "./mirror.ts";
import { filesUnder, read, withoutComments } from "./source.ts";
import { solidityTwin } from "./twin/solidity.ts";
import type { Twin } from "./twin/Twin.ts";
import { typescriptTwin } from "./twin/typescript.ts";

// What has no word-for-word twin, and why. Parity holds for all of it.
const OTHER_WORDS = { ExpMath: "Solady's assembly has no words in TypeScript" };
const ONLY_TYPESCRIPT = { zeros: "stands for `new int256[](n)`" };
const OTHER_TYPES = {
  Ids: "user-defined value types are plain strings and numbers here",
  Order: "integers of other widths; its EIP-712 hash holds the two together",
  Grant: "likewise",
};
// Imports that only TypeScript needs.
const BESIDE = /^zeros from \.\/zeros$|^Pair from |^(\w+) from \.\.\/errors\/\1$/;

const names = (folder: string, ending: string) =>
  filesUnder(folder, ending).map((path) => basename(path, ending));
const both = (folder: string) => {
  const twins = names(`sdk/${folder}`, ".ts");
  return names(`contracts/${folder}`, ".sol").filter((name) => twins.includes(name));
};
const solidity = (path: string) => solidityTwin(read(`contracts/${path}.sol`));

function typescript(text: string): Twin {
  const { imports, declarations } = typescriptTwin(text);
  return { imports: imports.filter((name) => !BESIDE.test(name)), declarations };
}

/** How sdk/math/<name>.ts, were this its text, would differ from contracts/math/<name>.sol. */
function mathDifferences(name: string, text: string): string[] {
  const { imports, declarations } = solidity(`math/${name}`);
  const shared = declarations.filter(({ kind }) => kind !== "error");
  return twinDifferences({ imports, declarations: shared }, typescript(text));
}

/** `value: int256` as `int256 value`. */
const solidityOrder = (field: string) => field.split(": ").reverse().join(" ");

function expectNone(found: string[]): void {
  expect(found, `\n${found.join("\n")}\n`).to.have.lengthOf(0);
}

const MATH = names("contracts/math", ".sol");
const TWINS = MATH.filter((name) => !(name in OTHER_WORDS));
const TYPES = both("types").filter((name) => !(name in OTHER_TYPES));

describe("mirror", () => {
  it("finds a twin for every file of math, here and there", () => {
    const twins = names("sdk/math", ".ts").filter((name) => !(name in ONLY_TYPESCRIPT));
    expect(twins).to.deep.equal(MATH);
  });

  it("knows no exception that is gone", () => {
    expect(MATH).to.include.members(Object.keys(OTHER_WORDS));
    expect(names("sdk/math", ".ts")).to.include.members(Object.keys(ONLY_TYPESCRIPT));
    expect(both("types")).to.include.members(Object.keys(OTHER_TYPES));
  });

  for (const name of TWINS) {
    it(`reads the same words in ${name}.sol and ${name}.ts`, () => {
      expectNone(mathDifferences(name, read(`sdk/math/${name}.ts`)));
    });
  }

  for (const name of Object.keys(OTHER_WORDS)) {
    it(`finds every function of ${name}, though in other words`, () => {
      const titles = (twin: Twin) =>
        twin.declarations.map((d) => `${d.name}(${d.fields.join(", ")}) ${d.returns}`);
      const twin = titles(typescriptTwin(read(`sdk/math/${name}.ts`)));
      expect(twin).to.include.members(titles(solidity(`math/${name}`)));
    });
  }

  it("finds a class for every error of math, with the same numbers", () => {
    const all = MATH.flatMap((name) => solidity(`math/${name}`).declarations);
    const signatures = all
      .filter(({ kind }) => kind === "error")
      .map(({ name, fields }) => `${name}(${fields.map(solidityOrder).join(", ")})`);
    expect(signatures).not.to.have.lengthOf(0);
    const classes = Object.values(errors).map((error) =>
      "signature" in error ? error.signature : "",
    );
    expect(classes).to.include.members(signatures);
  });

  it("compares the waist", () => {
    expect(TYPES).to.include.members(["Portfolio", "Price", "Volatility"]);
  });

  for (const name of TYPES) {
    it(`finds the same fields in types/${name}.sol and types/${name}.ts`, () => {
      const { declarations } = typescript(read(`sdk/types/${name}.ts`));
      expectNone(differences(solidity(`types/${name}`).declarations, declarations));
    });
  }
});

describe("a twin that strays", () => {
  const HEAD = "\nexport function ";

  /** The text with the last match of the pattern in each function's body replaced, one at a time. */
  function* mutants(name: string, pattern: RegExp, replacement: string) {
    const chunks = withoutComments(read(`sdk/math/${name}.ts`)).split(HEAD);
    for (const [i, chunk] of chunks.entries()) {
      const body = chunk.slice(chunk.indexOf(" {\n"));
      const last = [...body.matchAll(pattern)].at(-1);
      if (i === 0 || !last) continue;
      const at = chunk.length - body.length + last.index;
      const changed = chunk.slice(0, at) + replacement + chunk.slice(at + last[0].length);
      yield { of: chunk.split("(")[0]!, text: chunks.with(i, changed).join(HEAD) };
    }
  }

  const changes: [what: string, pattern: RegExp, replacement: string][] = [
    ["calls something else", /\w+\(/g, "other("],
    ["holds another number", /\b\d[\d_]*n?\b/g, "777n"],
    ["says another sign", / [-+*/<>] /g, " ** "],
    ["forgets a word", /\breturn /g, ""],
    ["denies a truth", /\(!/g, "("],
    ["checks what the other does not", /^ {2}\{$/gm, "  if (true) {"],
  ];
  for (const [what, pattern, replacement] of changes) {
    it(`is seen when a function ${what}`, () => {
      const all = TWINS.flatMap((name) =>
        [...mutants(name, pattern, replacement)].map((mutant) => ({ name, ...mutant })),
      );
      expect(all).not.to.have.lengthOf(0);
      for (const { name, of, text } of all) {
        const found = mathDifferences(name, text);
        expect(found, `${name}.${of}`).to.have.lengthOf(1);
        expect(found[0]).to.match(new RegExp(`^${of}\n    sol: .*›.*‹.*\n    ts:  .*›.*‹`));
      }
    });
  }

  /** The differences once `from` reads `to` in the twin. */
  function after(name: string, from: string, to: string): string[] {
    const text = read(`sdk/math/${name}.ts`);
    expect(text).to.include(from);
    return mathDifferences(name, text.replace(from, to));
  }

  it("is seen when a constant, a name, a type or the order differs", () => {
    const slip: [name: string, from: string, to: string, seen: RegExp][] = [
      ["FuseMath", "SAFE_SECONDS = 9_216n", "SAFE_SECONDS = 9_217n", /^SAFE_SECONDS\n.*9216/],
      ["FuseMath", "export const HEAVY =", "export const WEIGHT =", /^the list of decl.*\n.*HEAVY/],
      ["WadMath", "max(a: bigint, b: bigint)", "max(b: bigint, a: bigint)", /^max, what it takes/],
      ["WadMath", "abs(a: bigint): bigint", "abs(a: number): bigint", /^abs, what it takes/],
      ["WadMath", "abs(a: bigint): bigint", "abs(a: bigint): number", /^abs, what it returns/],
      ["WadMath", "export function abs", "function more() {}\nfunction abs", /^the list of decl/],
      ["PriceMath", "import { bounded, divUp,", "import { divUp, bounded,", /^the list of imports/],
    ];
    for (const [name, from, to, seen] of slip) {
      const found = after(name, from, to);
      expect(found, from).to.have.lengthOf(1);
      expect(found[0]).to.match(seen);
    }
  });

  it("is not seen when only the language differs", () => {
    expectNone(after("AuctionMath", "export const CURE =", "export const CURE: bigint ="));
    expectNone(after("AuctionMath", "1_800n", "0x708n"));
    expectNone(after("MarginMath", "const spot = bounded", "const spot: bigint = bounded"));
    expectNone(after("MarginMath", "ladders[0]!.profit", "ladders[0].profit"));
    expectNone(after("MarginMath", "/** A under", "// mulUp(5)\n/** B under"));
  });

  it("is seen when a field of a type is moved, renamed or of another type", () => {
    const text = read("sdk/types/Price.ts");
    const struct = solidity("types/Price").declarations;
    for (const [from, to] of [
      ["readonly band: bigint", "readonly width: bigint"],
      ["readonly updated: number", "readonly updated: bigint"],
      ["Ok: 0, Degraded: 1", "Degraded: 0, Ok: 1"],
      ["Stale: 2, Dead: 3", "Stale: 3, Dead: 2"],
    ] as const) {
      const found = differences(struct, typescript(text.replace(from, to)).declarations);
      expect(found, from).to.have.lengthOf(1);
    }
  });
});
