import { expect } from "chai";

import { parseBook } from "../../sdk/book/parse.ts";
import { holdingsOf, owes, portfolioOf } from "../../sdk/book/portfolio.ts";
import { cash, ETH, params, spot } from "./asked.ts";

const WAD = 10n ** 18n;
const down = (a: bigint, b: bigint) => (a * b) / WAD;
const up = (a: bigint, b: bigint) => (a * b + WAD - 1n) / WAD;

const of = (json: unknown) => portfolioOf(parseBook(json), params);

describe("portfolio of a book", () => {
  it("rounds as contracts/logic/Risk.sol does", () => {
    const [amount, rate, price] = [
      1_234567890123456789n,
      1_200000000000000007n,
      3_999_123456789012345678n,
    ];
    const [face, peg] = [-777_000000000000000001n, 999999999999999999n];
    const book = of({
      factors: { ETH: { price: "3999.123456789012345678", sigma: 1 } },
      assets: { wstETH: { rate: "1.200000000000000007", band: "0.000000000000000001" } },
      stables: { USDC: "0.999999999999999999", USDT: "0.999999999999999999" },
      positions: [
        spot("wstETH", "1.234567890123456789"),
        spot("ETH", "1.234567890123456789"),
        spot("USDT", "1.234567890123456789"),
        cash("-777.000000000000000001"),
      ],
    });
    const follower = down(down(amount, rate), price);
    const value = follower + down(amount, price);
    const debt = up(-face, peg);
    expect(book.equity).to.equal(value + down(amount, peg) - debt);
    expect(book.initialEquity).to.equal(book.equity);
    expect(book.debt).to.equal(debt);
    expect(book.gross).to.equal(value + down(amount, peg));
    expect(book.exposures[0]!.spot).to.equal(value);
    expect(book.exposures[0]!.lst).to.deep.equal([
      up(follower, (WAD * 35n) / 1000n),
      up(follower, WAD / 20n),
    ]);
    expect(book.exposures[0]!.rateBand).to.equal(up(follower, 1n));
    expect(book.stables.map((stable) => stable.face)).to.deep.equal([face, amount]);
  });

  it("takes an asset held in several positions as one", () => {
    const one = of({ factors: { ETH }, positions: [spot("ETH", "0.3")] });
    const parts = [spot("ETH", "0.1"), spot("ETH", 0), spot("ETH", "0.2")];
    expect(of({ factors: { ETH }, positions: parts })).to.deep.equal(one);
  });

  it("nets cash, and takes spot of the pool's cash as cash", () => {
    const { stables, debt } = of({ positions: [cash(10), spot("USDC", 5), cash(-20)] });
    expect(stables.map(({ face }) => face)).to.deep.equal([-5n * WAD]);
    expect(debt).to.equal(5n * WAD);
  });

  it("opens no factor for an amount of zero", () => {
    expect(of({ factors: {}, positions: [spot("ETH", 0)] }).exposures).to.deep.equal([]);
  });

  it("counts a debt in a worthless stable at par, and a long at nothing", () => {
    expect(of({ stables: { USDC: 0 }, positions: [cash(-7)] }).debt).to.equal(7n * WAD);
    expect(of({ stables: { USDC: 0 }, positions: [cash(7)] }).equity).to.equal(0n);
  });

  it("does not count cash as collateral", () => {
    const { gross, equity } = of({ positions: [cash(7), spot("USDT", 1)] });
    expect([gross, equity]).to.deep.equal([WAD, 8n * WAD]);
  });

  it("owes what its cash is short of, and nothing else", () => {
    const held = (positions: unknown[]) => holdingsOf(parseBook({ positions }), params);
    expect(owes(held([cash("-0.000000000000000001")]))).to.equal(true);
    expect(owes(held([cash(-1), cash(1)]))).to.equal(false);
    expect(owes(held([spot("USDT", 1)]))).to.equal(false);
  });

  it("leaves its book as it was", () => {
    const json = { factors: { ETH }, positions: [spot("ETH", 1), cash(-1)], grace: 60 };
    const book = parseBook(json);
    const before = structuredClone(book);
    portfolioOf(book, params);
    expect(book).to.deep.equal(before);
  });
});
