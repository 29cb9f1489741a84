import { expect } from "chai";
import fc from "fast-check";

import { readWad } from "../../sdk/params/decimal.ts";
import { decimalText } from "../../sdk/decimal.ts";

const WAD = 10n ** 18n;

describe("readWad", () => {
  const read: [value: unknown, wad: bigint][] = [
    [0, 0n],
    [-0, 0n],
    [0.1, WAD / 10n],
    [0.1 + 0.2, 300_000_000_000_000_040n],
    [1e-18, 1n],
    [1.5e21, 1_500n * WAD * WAD],
    ["-2.50", (-5n * WAD) / 2n],
    ["007", 7n * WAD],
    ["1E-2", WAD / 100n],
    ["12.3e1", 123n * WAD],
    ["0.000000000000000001", 1n],
  ];
  for (const [value, wad] of read)
    it(`reads ${String(value)}`, () => expect(readWad(value)).to.equal(wad));

  const refused = [
    "",
    " 1",
    "1 ",
    "+1",
    ".5",
    "5.",
    "1,5",
    "0x10",
    "1_000",
    "NaN",
    "e5",
    "1e",
    "--1",
  ];
  for (const text of refused)
    it(`refuses ${JSON.stringify(text)}`, () => expect(readWad(text)).to.be.a("string"));

  for (const value of [NaN, Infinity, null, undefined, true, {}, [1], 1n])
    it(`refuses ${String(value)}`, () => expect(readWad(value)).to.be.a("string"));

  it("is undone by decimalText", () => {
    const edge = 10n ** 36n;
    fc.assert(
      fc.property(fc.bigInt({ min: -edge, max: edge }), (wad) => readWad(decimalText(wad)) === wad),
    );
  });

  it("reads a number as its shortest text", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e12, noNaN: true }), (value) => {
        const wad = readWad(value);
        return typeof wad === "string"
          ? / decimal places/.test(wad)
          : Number(decimalText(wad)) === value;
      }),
    );
  });
});
