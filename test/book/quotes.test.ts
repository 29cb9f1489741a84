import { expect } from "chai";

import {
  BookTooLarge,
  Contradiction,
  NotQuoted,
  TooMany,
  UnknownFactor,
} from "../../sdk/book/errors.ts";
import { explain } from "../../sdk/book/explain.ts";
import { parseBook } from "../../sdk/book/parse.ts";
import { InputError, Invalid, UnknownKey } from "../../sdk/params/errors.ts";
import { ETH, future, option, params, perp, spot, thrown } from "./asked.ts";

type Refused = new (...args: never[]) => InputError;
type Case = [what: string, json: object, error: Refused, message: RegExp];

const held = (...positions: object[]) => ({ factors: { ETH }, positions });
const market = (more: object, ...positions: object[]) => ({
  factors: { ETH: { ...ETH, ...more } },
  positions,
});

function refuse(cases: readonly Case[]): void {
  for (const [what, json, type, message] of cases) {
    it(what, () => {
      const error = thrown(() => explain(parseBook(json, 3), params));
      expect(error).to.be.instanceOf(type);
      expect(error).to.be.instanceOf(InputError);
      expect(error.message).to.match(message);
    });
  }
}

describe("a book of derivatives is refused for", () => {
  refuse([
    [
      "a strike of zero",
      held(option("put", 0, 1)),
      Invalid,
      /^books\[3\]\.positions\[0\]\.strike: expected more than 0, not 0$/,
    ],
    [
      "a strike below zero",
      held(option("put", -1, 1)),
      Invalid,
      /positions\[0\]\.strike: expected more than 0, not -1$/,
    ],
    [
      "an expiry in the past",
      held(option("put", 1, 1, { expiryDays: -2 })),
      Invalid,
      /^books\[3\]\.positions\[0\]\.expiryDays: expected more than 0, not -2$/,
    ],
    ["an expiry now", held(future(0, 1)), Invalid, /expiryDays: expected more than 0, not 0$/],
    [
      "an expiry past ten years",
      held(future(3_651, 1)),
      Invalid,
      /expected at most 3650, not 3651$/,
    ],
    [
      "an expiry that is a date",
      held(future("2026-12-25", 1)),
      Invalid,
      /expiryDays: expected a number or a decimal text, not "2026-12-25"$/,
    ],
    ["no expiry", held({ kind: "future", factor: "ETH", size: 1 }), Invalid, /expiryDays: missing/],
    [
      "a size that is no number",
      held(perp("ETH", "ten")),
      Invalid,
      /^books\[3\]\.positions\[0\]\.size: expected a number or a decimal text, not "ten"$/,
    ],
    ["a size of NaN", held(perp("ETH", NaN)), Invalid, /size: expected a finite number, not NaN$/],
    [
      "a size past the model",
      held(perp("ETH", 1e17)),
      Invalid,
      /size: expected at most 10+, not 1/,
    ],
    ["no size", held({ kind: "perp", factor: "ETH" }), Invalid, /positions\[0\]\.size: missing/],
    [
      "an option that is neither call nor put",
      held({ ...option("put", 1, 1), type: "straddle" }),
      Invalid,
      /positions\[0\]\.type: expected call or put, not "straddle"$/,
    ],
    [
      "a volatility in per cent",
      held(option("put", 1, 1, { volatility: 65 })),
      Invalid,
      /positions\[0\]\.volatility: expected at most 10, not 65$/,
    ],
    [
      "a volatility of zero",
      held(option("put", 1, 1, { volatility: 0 })),
      Invalid,
      /at least 0\.05/,
    ],
    [
      "no volatility anywhere",
      held({ ...option("put", 1, 1), volatility: undefined }),
      Invalid,
      /^books\[3\]\.positions\[0\]\.volatility: missing; expected the option's volatility/,
    ],
    [
      "a basis past a year's double",
      held(future(30, 1, 1.5)),
      Invalid,
      /basis: expected at most 1,/,
    ],
    [
      "a key that is no field",
      held({ ...perp("ETH", 1), leverage: 5 }),
      UnknownKey,
      /^books\[3\]\.positions\[0\]\.leverage: not a known key/,
    ],
    [
      "a factor that is unknown",
      held(spot("ETH", 1), perp("PEPE", 1)),
      UnknownFactor,
      /^books\[3\]\.positions\[1\]\.factor: unknown factor "PEPE"; known: BTC, ETH/,
    ],
    ["an inherited name", held(perp("constructor", 1)), UnknownFactor, /"constructor"/],
    [
      "a market left out",
      held(perp("BTC", 1)),
      NotQuoted,
      /^books\[3\]\.factors\.BTC: missing; positions\[0\] needs its price and sigma$/,
    ],
    [
      "a premium that no fill could bring about",
      market({ perp: { premium: "-0.006" } }, perp("ETH", 1)),
      Invalid,
      /^books\[3\]\.factors\.ETH\.perp\.premium: expected at most 0\.005 either way, not -0\.006$/,
    ],
    [
      "more instruments than an account holds",
      held(...Array.from({ length: 33 }, (_, i) => option("put", 100 + i, 1))),
      TooMany,
      /^books\[3\]\.positions: 33 instruments; an account holds at most 32$/,
    ],
    ["more than the model is stated for", held(perp("ETH", 1e9)), BookTooLarge, /^books\[3\]: too/],
  ]);
});

describe("quotes of one expiry are refused for", () => {
  const { volatility: _, ...quoteless } = option("put", 100, 1);
  const surface = { "30": { atm: 0.6, skew: 0.1 } };
  refuse([
    [
      "two surfaces",
      market({ expiries: { "30": { atm: 0.6 }, "30.0": { atm: 0.7 } } }),
      Invalid,
      /^books\[3\]\.factors\.ETH\.expiries\["30\.0"\]: expected another expiry than that of "30", not "30\.0"$/,
    ],
    [
      "a surface and a volatility",
      market({ expiries: surface }, quoteless, option("call", 110, 1)),
      Contradiction,
      /^books\[3\]\.positions\[1\]\.volatility: 0\.65 contradicts books\[3\]\.factors\.ETH\.expiries\.30\.atm: 0\.6$/,
    ],
    [
      "two volatilities of one strike",
      held(option("put", 100, 1), option("call", 100, 1, { volatility: 0.7 })),
      Contradiction,
      /^books\[3\]\.positions\[1\]\.volatility: 0\.7 contradicts books\[3\]\.positions\[0\]\.volatility: 0\.65$/,
    ],
    [
      "two bases",
      held(future(30, 1, 0.05), future("30.000000001", -1, 0.04)),
      Contradiction,
      /^books\[3\]\.positions\[1\]\.basis: 0\.04 contradicts books\[3\]\.positions\[0\]\.basis: 0\.05$/,
    ],
    [
      "a basis unlike that of its expiry",
      market({ expiries: { "30": { basis: 0.02 } } }, option("put", 100, 1, { basis: 0.05 })),
      Contradiction,
      /positions\[0\]\.basis: 0\.05 contradicts books\[3\]\.factors\.ETH\.expiries\.30\.basis: 0\.02$/,
    ],
    [
      "two forwards of one strike",
      held(option("put", 100, 1, { basis: 0.05 }), option("call", 100, 1)),
      Contradiction,
      /positions\[1\]\.basis: 0 contradicts books\[3\]\.positions\[0\]\.basis: 0\.05$/,
    ],
    [
      "an expiry that is no time",
      market({ expiries: { soon: { atm: 0.6 } } }),
      Invalid,
      /^books\[3\]\.factors\.ETH\.expiries\.soon: expected days until expiry, more than 0, not "soon"$/,
    ],
    [
      "an expiry past",
      market({ expiries: { "-1": {} } }),
      Invalid,
      /expiries\["-1"\]: expected days/,
    ],
    [
      "a surface out of range",
      market({ expiries: { "30": { atm: 65 } } }),
      Invalid,
      /^books\[3\]\.factors\.ETH\.expiries\.30\.atm: expected at most 4, not 65$/,
    ],
    [
      "a bend out of range",
      market({ expiries: { "30": { skew: -2 } } }),
      Invalid,
      /skew: .*not -2$/,
    ],
  ]);
});

describe("quotes of one expiry", () => {
  it("may stand on positions, on the expiry, or on both alike", () => {
    const on = (expiries: object, positions: object[]) =>
      explain(parseBook(market({ expiries }, ...positions)), params).required;
    const { volatility: _, ...quoteless } = option("put", 4_000, 1);
    const given = [option("put", 4_000, 1, { basis: 0.02 }), future(30, 1, 0.02)];
    const here = on({}, given);
    expect(on({ "30": { basis: 0.02 } }, given)).to.deep.equal(here);
    expect(on({ "30": { basis: "0.02", atm: 0.65 } }, [quoteless, future(30, 1)])).to.deep.equal(
      here,
    );
  });

  it("let strikes differ in volatility, and expiries in everything", () => {
    const positions = [
      option("put", 3_400, 1),
      option("put", 3_600, 1, { volatility: 0.6 }),
      option("put", 3_400, 1, { volatility: 0.7, expiryDays: 60, basis: 0.01 }),
      future(90, 1, 0.03),
    ];
    expect(explain(parseBook(held(...positions)), params).alone).to.have.length(4);
  });
});
