import { expect } from "chai";

import {
  BookTooLarge,
  NotQuoted,
  UnknownAsset,
  UnknownFactor,
  UnknownGrace,
} from "../../sdk/book/errors.ts";
import { explain } from "../../sdk/book/explain.ts";
import { parseBook } from "../../sdk/book/parse.ts";
import { InputError, Invalid } from "../../sdk/params/errors.ts";
import { cash, ETH, params, spot, thrown } from "./asked.ts";

const PEPE = { price: 1, sigma: 1 };
const DEAR = { price: 1e10, sigma: 1 };

describe("names of a book", () => {
  type Refused = new (...args: never[]) => InputError;
  const refused: [what: string, json: object, error: Refused, message: RegExp][] = [
    [
      "an asset",
      { positions: [cash(1), spot("PEPE", 1)] },
      UnknownAsset,
      /^books\[3\]\.positions\[1\]\.asset: .*"PEPE"; known: BTC/,
    ],
    ["an inherited name", { positions: [spot("constructor", 1)] }, UnknownAsset, /"constructor"/],
    ["__proto__", { positions: [spot("__proto__", 1)] }, UnknownAsset, /"__proto__"/],
    [
      "a factor",
      { factors: { PEPE }, positions: [] },
      UnknownFactor,
      /^books\[3\]\.factors\.PEPE: .*known: BTC, ETH/,
    ],
    [
      "a stable",
      { stables: { UST: 1 }, positions: [] },
      UnknownAsset,
      /^books\[3\]\.stables\.UST: .*USDC/,
    ],
    [
      "a rate of an underlying",
      { assets: { ETH: { rate: 1 } }, positions: [] },
      UnknownAsset,
      /^books\[3\]\.assets\.ETH: .*known: wstETH$/,
    ],
    [
      "a market left out",
      { positions: [cash(1), spot("wstETH", 1)] },
      NotQuoted,
      /^books\[3\]\.factors\.ETH: missing; positions\[1\]/,
    ],
    [
      "a grace",
      { grace: 15, positions: [] },
      UnknownGrace,
      /^books\[3\]\.grace: .* 15; known: 10, 30, 60, 120$/,
    ],
    [
      "a book past the model",
      { factors: { ETH: DEAR }, positions: [spot("ETH", 11)] },
      BookTooLarge,
      /^books\[3\]: too large/,
    ],
    ["a face past the model", { positions: [cash(1e12)] }, BookTooLarge, /^books\[3\]: too large/],
  ];

  for (const [what, json, type, message] of refused) {
    it(`refuse ${what}`, () => {
      const error = thrown(() => explain(parseBook(json, 3), params));
      expect(error).to.be.instanceOf(type);
      expect(error).to.be.instanceOf(InputError);
      expect(error.message).to.match(message);
    });
  }

  it("refuse a follower that has no rate anywhere", () => {
    const { rate: _, ...wstETH } = params.assets["wstETH"]!;
    const bare = { ...params, assets: { wstETH } };
    const book = parseBook({ factors: { ETH }, positions: [spot("wstETH", 1)] });
    const error = thrown(() => explain(book, bare));
    expect(error).to.be.instanceOf(Invalid);
    expect(error.message).to.match(/^books\[0\]\.assets\.wstETH\.rate: missing/);
  });

  it("take a factor's own name as its underlying, whatever its token is called", () => {
    const wrapped = { ...params, assets: { WETH: { factor: "ETH", index: 0 } } };
    const of = (asset: string) =>
      explain(parseBook({ factors: { ETH }, positions: [spot(asset, 1)] }), wrapped).required;
    expect(of("WETH")).to.deep.equal(of("ETH"));
  });
});
