import { expect } from "chai";
import fc from "fast-check";
import { decimalText, feedWad, parseWad } from "../../../sdk/decimal.ts";

const WAD = 10n ** 18n;

describe("decimal", () => {
  const cases: [text: string, wad: bigint | null][] = [
    ["1", WAD],
    ["194.74", 194_740_000_000_000_000_000n],
    [".5", WAD / 2n],
    ["5.", 5n * WAD],
    ["-3", -3n * WAD],
    ["+3", 3n * WAD],
    ["1e-5", 10n ** 13n],
    ["1E2", 100n * WAD],
    ["1.5e+3", 1500n * WAD],
    ["0.1234567890123456789", 123_456_789_012_345_678n],
    ["1e-19", 0n],
    ["0.9986711014080163", 998_671_101_408_016_300n],
    [" 7 ", 7n * WAD],
    ["", null],
    [".", null],
    ["abc", null],
    ["1,5", null],
    ["1.2.3", null],
    ["0x10", null],
    ["NaN", null],
    ["Infinity", null],
    ["1e", null],
    ["1e999", null],
    ["1e99999999", null],
    ["9".repeat(200), null],
  ];
  for (const [text, wad] of cases)
    it(`reads ${JSON.stringify(text.slice(0, 24))} as ${wad}`, () => {
      expect(parseWad(text)).to.equal(wad);
    });

  it("is exact where a floating-point number is not", () => {
    expect(parseWad("123456789.123456789123456789")).to.equal(123456789123456789123456789n);
  });

  it("reads back what it writes", () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 40n), 10n ** 40n), (wad) => {
        expect(parseWad(decimalText(wad))).to.equal(wad);
      }),
    );
  });

  it("rounds numbers to the 8 decimals of a feed, never to zero", () => {
    expect(feedWad(0.123456789)).to.equal(123_456_790_000_000_000n);
    expect(feedWad(88.2)).to.equal(88_200_000_000_000_000_000n);
    expect(feedWad(1e-12)).to.equal(10n ** 10n);
  });
});
