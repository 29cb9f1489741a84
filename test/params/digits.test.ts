import { expect } from "chai";
import fc from "fast-check";

import { InputError, NumberTooLong } from "../../sdk/params/errors.ts";
import { parseJson } from "../../sdk/params/json.ts";
import { thrown } from "../book/asked.ts";

describe("a number in a JSON file", () => {
  it("is refused if a JSON number cannot keep it, with the place, and a string is asked for", () => {
    const text = '{\n  "amount": 0.123456789012345678\n}';
    const error = thrown(() => parseJson(text, "book.json"));
    expect(error).to.be.instanceOf(NumberTooLong).and.to.be.instanceOf(InputError);
    expect(error).to.include({ file: "book.json", line: 2, column: 13 });
    expect(error.message).to.match(
      /^book\.json: line 2, column 13: 0\.123456789012345678 .*as a string/,
    );
  });

  for (const digits of [
    "12345678901234567890",
    "9007199254740993",
    "-1000000.000000000000000001",
    "1.00000000000000000001e5",
    "0.1000000000000000055511151231257827",
    "1e400",
  ]) {
    it(`is refused as ${digits}`, () => {
      expect(() => parseJson(`[1, ${digits}]`, "f")).to.throw(NumberTooLong);
      expect(parseJson(`[1, "${digits}"]`, "f")).to.deep.equal([1, digits]);
    });
  }

  it("is read if it is then what was written, zeros at its ends aside", () => {
    for (const digits of [
      "0.1",
      "1e-18",
      "1E+3",
      "-0",
      "0.0",
      "100000000000000000000000",
      "1.50",
    ]) {
      expect(parseJson(digits, "f")).to.equal(Number(digits));
    }
  });

  it("is read in any form that JSON gives a double itself", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(parseJson(JSON.stringify([value]), "f")).to.deep.equal([value + 0]);
      }),
    );
  });

  it("is none inside a text, escaped quotes and all", () => {
    const value = { 'a "1234567890.1234567890123"': 'x\\" 12345678901234567890 "' };
    expect(parseJson(JSON.stringify(value), "f")).to.deep.equal(value);
  });
});
