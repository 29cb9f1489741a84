import { expect } from "chai";

import { parseBook } from "../../sdk/book/parse.ts";
import { holdingsOf, owes, portfolioOf } from "../../sdk/book/portfolio.ts";
import { BTC, cash, ETH, future, option, params, perp, spot } from "./asked.ts";

const WAD = 10n ** 18n;
const down = (a: bigint, b: bigint) => (a * b) / WAD;
const up = (a: bigint, b: bigint) => (a * b + WAD - 1n) / WAD;

const floor = (product: bigint) => (product - (((product % WAD) + WAD) % WAD)) / WAD;

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

  it("rounds derivatives as contracts/logic/Portfolios.sol does", () => {
    const price = 3_999_123456789012345678n;
    const size = 1_234567890123456789n;
    const peg = 999999999999999999n;
    const put = option("put", 3_400, "-1.234567890123456789");
    const book = of({
      factors: { ETH: { price: "3999.123456789012345678", sigma: 1, perp: { premium: "0.001" } } },
      stables: { USDC: "0.999999999999999999" },
      positions: [perp("ETH", "-1.234567890123456789"), put, future(30, 2)],
    });
    const held = book.exposures[0]!;
    expect([held.perps, held.index, held.price]).to.deep.equal([-size, price, price]);
    expect(held.mark).to.equal(price + down(price, WAD / 1_000n));
    const { time, left, exposed, forward, futures, strikes, vega, curves } = held.expiries[0]!;
    expect([time, left, exposed, futures]).to.deep.equal([2_592_000, 2_592_000n, WAD, 2n * WAD]);
    expect([forward, vega]).to.deep.equal([price, 0n]);
    expect(strikes.map(({ calls, puts }) => [calls, puts])).to.deep.equal([[0n, -size]]);
    expect(curves.map(({ length }) => length)).to.deep.equal([12, 12, 12, 12]); // MM, IM, and MM of a window's two parts
    const mark = strikes[0]!.call - forward + strikes[0]!.strike;
    expect(book.equity).to.equal(floor(floor(-size * mark) * peg));
    expect([book.debt, book.gross]).to.deep.equal([0n, 0n]);
    expect(book.stables).to.deep.equal([]);
  });

  it("opens factors as they are traded, then as they are held", () => {
    const positions = [spot("ETH", 1), spot("BTC", 1), perp("ETH", 1), perp("BTC", 1)];
    const factors = { ETH, BTC };
    const ids = (held: object[]) =>
      of({ factors, positions: held }).exposures.map(({ factor }) => factor);
    expect(ids(positions)).to.deep.equal([2, 1]);
    expect(ids(positions.slice(0, 2))).to.deep.equal([2, 1]);
    expect(ids([spot("ETH", 1), perp("BTC", 1)])).to.deep.equal([1, 2]);
  });

  it("takes an instrument held in several positions as one, and none of what nets away", () => {
    const call = (size: number | string) => option("call", 4_000, size);
    const one = of({ factors: { ETH }, positions: [call("0.3")] });
    const parts = [call("0.1"), perp("ETH", 2), call("0.2"), perp("ETH", -2), future(9, 0)];
    expect(of({ factors: { ETH }, positions: parts })).to.deep.equal(one);
    expect(of({ factors: { ETH }, positions: [perp("ETH", 0)] }).exposures).to.deep.equal([]);
  });

  it("keeps calls and puts of a strike together, and expiries apart", () => {
    const positions = [
      option("call", 4_000, 1),
      option("put", 4_000, -2),
      option("put", 3_000, 3),
      option("call", 4_000, 4, { expiryDays: 60 }),
    ];
    const { expiries, basis, perps, mark } = of({ factors: { ETH }, positions }).exposures[0]!;
    const held = expiries.map(({ strikes }) =>
      strikes.map(({ strike, calls, puts }) => [strike, calls, puts].map((wads) => wads / WAD)),
    );
    expect(held).to.deep.equal([
      [
        [4_000n, 1n, -2n],
        [3_000n, 0n, 3n],
      ],
      [[4_000n, 4n, 0n]],
    ]);
    expect(expiries.every(({ vega }) => vega !== 0n)).to.equal(true);
    expect([perps, mark]).to.deep.equal([0n, 0n]);
    expect(basis.perp).to.deep.equal([WAD / 100n, (WAD * 15n) / 1_000n]);
  });

  it("charges a book of collateral no basis", () => {
    const { basis, expiries } = of({ factors: { ETH }, positions: [spot("ETH", 1)] }).exposures[0]!;
    expect([basis.perp, basis.expiryCap, expiries]).to.deep.equal([[0n, 0n], 0n, []]);
  });

  it("leaves its book as it was", () => {
    const json = { factors: { ETH }, positions: [spot("ETH", 1), cash(-1)], grace: 60 };
    const book = parseBook(json);
    const before = structuredClone(book);
    portfolioOf(book, params);
    expect(book).to.deep.equal(before);
  });
});
