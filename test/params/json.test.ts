import { expect } from "chai";

import { MalformedJson } from "../../sdk/params/errors.ts";
import { parseJson } from "../../sdk/params/json.ts";
import { thrown } from "../book/asked.ts";

describe("parseJson", () => {
  it("reads JSON, with or without a byte order mark", () => {
    expect(parseJson('\uFEFF{"a": [1, "x", null]}', "f")).to.deep.equal({ a: [1, "x", null] });
  });

  const torn: [text: string, line: number, column: number, found: string][] = [
    ["", 1, 1, ""],
    ["{", 1, 2, ""],
    ['{"a": 1', 1, 8, ""],
    ['{"a": 1,}', 1, 9, "}"],
    ["[1,\n 2,\n]", 3, 1, "]"],
    ["[1 2]", 1, 4, "2]"],
    ['{"a" 1}', 1, 6, "1}"],
    ["{a: 1}", 1, 2, "a:"],
    ["[01]", 1, 2, "01]"],
    ["[1.]", 1, 2, "1.]"],
    ["[.5]", 1, 2, ".5]"],
    ["[NaN]", 1, 2, "NaN]"],
    ["[nullx]", 1, 2, "nullx]"],
    ['["a\n"]', 1, 2, '"a'],
    ["[1] 2", 1, 5, "2"],
    ["[1}", 1, 3, "}"],
    ['\r\n{"a": tru}', 2, 7, "tru}"],
  ];
  for (const [text, line, column, found] of torn)
    it(`finds the fault in ${JSON.stringify(text)}`, () => {
      const error = thrown(() => parseJson(text, "f")) as MalformedJson;
      expect(error).to.be.instanceOf(MalformedJson);
      expect([error.line, error.column, error.found]).to.deep.equal([line, column, found]);
    });
});
