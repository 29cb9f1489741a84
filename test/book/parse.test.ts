import { expect } from "chai";

import { UnknownKind } from "../../sdk/book/errors.ts";
import { amountOf } from "../../sdk/book/names.ts";
import { parseBook, parseBooks } from "../../sdk/book/parse.ts";
import { InputError, Invalid, UnknownKey } from "../../sdk/params/errors.ts";
import { cash, ETH, spot, thrown } from "./asked.ts";

const holding = (amount: unknown) => ({
  factors: { ETH },
  positions: [{ kind: "spot", asset: "ETH", amount }],
});

describe("parseBook", () => {
  it("reads numbers and decimal texts exactly", () => {
    const { factors, positions } = parseBook({
      factors: { ETH: { price: "4000.000000000000000001", sigma: 0.1 } },
      positions: [spot("ETH", 1e-7), cash("-1e3")],
    });
    expect(factors["ETH"]!.price).to.equal(4_000_000_000_000_000_000_001n);
    expect(factors["ETH"]!.sigma).to.equal(10n ** 17n);
    expect(positions.map(amountOf)).to.deep.equal([10n ** 11n, -(10n ** 21n)]);
  });

  const refused: [what: string, json: unknown, message: RegExp][] = [
    [
      "a negative amount",
      holding(-5),
      /^books\[2\]\.positions\[0\]\.amount: .*at least 0, not -5$/,
    ],
    ["a word", holding("five"), /positions\[0\]\.amount: expected a number .*not "five"$/],
    ["NaN", holding(NaN), /positions\[0\]\.amount: expected a finite number, not NaN$/],
    ["null", holding(null), /positions\[0\]\.amount: expected a number .*not null$/],
    ["a list", holding([1]), /positions\[0\]\.amount: expected a number .*not \[1\]$/],
    ["19 places", holding("0.1234567890123456789"), /amount: expected at most 18 decimal places/],
    ["1e-19", holding(1e-19), /amount: expected at most 18 decimal places, not 1e-19$/],
    [
      "too much",
      holding(1e17),
      /amount: expected at most 10000000000000000, not 100000000000000000$/,
    ],
    ["an absurd exponent", holding("1e999999999"), /amount: expected a smaller number/],
    ["no amount", { positions: [{ kind: "cash" }] }, /positions\[0\]\.amount: missing/],
    ["no asset", { positions: [{ kind: "spot", amount: 1 }] }, /positions\[0\]\.asset: missing/],
    ["no positions", {}, /^books\[2\]\.positions: missing; expected an array$/],
    ["no price", { factors: { ETH: { sigma: 1 } }, positions: [] }, /factors\.ETH\.price: missing/],
    ["no sigma", { factors: { ETH: { price: 1 } }, positions: [] }, /factors\.ETH\.sigma: missing/],
    [
      "a price of zero",
      { factors: { ETH: { price: 0, sigma: 1 } }, positions: [] },
      /more than 0, not 0$/,
    ],
    [
      "a negative sigma",
      { factors: { ETH: { price: 1, sigma: -1 } }, positions: [] },
      /ETH\.sigma: .*not -1$/,
    ],
    [
      "a stable of text",
      { stables: { USDC: "par" }, positions: [] },
      /stables\.USDC: expected a number .*"par"$/,
    ],
    [
      "a stable without price",
      { stables: { USDC: { band: 1 } }, positions: [] },
      /stables\.USDC\.price: missing/,
    ],
    ["a book that is a number", 7, /^books\[2\]: expected an object, not 7$/],
    [
      "a position that is none",
      { positions: [null] },
      /^books\[2\]\.positions\[0\]: expected an object, not null$/,
    ],
    [
      "a volume under a dollar",
      { factors: { ETH: { ...ETH, adv: 0.5 } }, positions: [] },
      /ETH\.adv: .*not 0\.5$/,
    ],
  ];

  for (const [what, json, message] of refused) {
    it(`refuses ${what}`, () => {
      const error = thrown(() => parseBook(json, 2));
      expect(error).to.be.instanceOf(Invalid);
      expect(error.message).to.match(message);
    });
  }

  it("carries path and value", () => {
    const error = thrown(() => parseBook(holding("x"), 2)) as Invalid;
    expect([error.path, error.value]).to.deep.equal(["books[2].positions[0].amount", "x"]);
  });

  it("refuses a slip of the pen", () => {
    const error = thrown(() =>
      parseBook({ factors: { ETH: { ...ETH, sgima: 1 } }, positions: [] }),
    );
    expect(error).to.be.instanceOf(UnknownKey);
    expect(error.message).to.match(/^books\[0\]\.factors\.ETH\.sgima: not a known key/);
  });

  for (const kind of ["swap", "constructor", "__proto__", 3, undefined]) {
    it(`refuses kind ${String(kind)}`, () => {
      const error = thrown(() => parseBook({ positions: [{ kind, amount: 1 }] }));
      expect(error).to.be.instanceOf(UnknownKind);
      expect(error.message).to.match(
        /^books\[0\]\.positions\[0\]\.kind: .*known: spot, cash, perp, future, option$/,
      );
    });
  }
});

describe("parseBooks", () => {
  it("takes one book, or many", () => {
    const book = { positions: [cash(1)] };
    expect(parseBooks(book)).to.have.length(1);
    expect(parseBooks([book, book]).map(({ index }) => index)).to.deep.equal([0, 1]);
  });

  it("refuses an empty array", () => {
    const error = thrown(() => parseBooks([]));
    expect(error).to.be.instanceOf(InputError);
    expect(error.message).to.equal("books: expected at least one book, not []");
  });
});
