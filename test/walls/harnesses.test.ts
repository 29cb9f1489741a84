import { expect } from "chai";
import { harnessOf, HARNESSES, MATH, pathOf } from "./harnesses.ts";
import { filesUnder, read } from "./source.ts";
import { solidityTwin } from "./twin/solidity.ts";

const mathText = (name: string) => read(`contracts/math/${name}.sol`);
const HINT = "run `npx tsx test/walls/harnesses.ts`";

/** Names of the functions a text declares, free or in a contract. */
const functionsIn = (text: string) =>
  [...text.matchAll(/\bfunction (\w+)/g)].map(([, name]) => name);

describe("harnesses", () => {
  it("stand one before each math file, and nowhere else", () => {
    expect(filesUnder(HARNESSES, ".sol")).to.deep.equal(MATH.map(pathOf));
  });

  for (const name of MATH) {
    it(`let in to every function of ${name} as it reads today`, async () => {
      const { declarations } = solidityTwin(mathText(name));
      const functions = declarations.filter(({ kind }) => kind === "function");
      expect(functionsIn(read(pathOf(name)))).to.deep.equal(functions.map((each) => each.name));
      expect(await harnessOf(name, mathText(name)), HINT).to.equal(read(pathOf(name)));
    });
  }

  it("are seen to be old when a function is new, or takes something else", async () => {
    const text = mathText("WadMath");
    const more = `${text}\nfunction twice(int256 a) pure returns (int256) {\n  return 2 * a;\n}\n`;
    const other = text.replace("function abs(int256 a)", "function abs(int256 a, bool b)");
    for (const changed of [more, other]) {
      expect(await harnessOf("WadMath", changed)).not.to.equal(read(pathOf("WadMath")));
    }
  });
});
