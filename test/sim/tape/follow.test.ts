import { expect } from "chai";
import fc from "fast-check";
import { decimalText } from "../../../sdk/decimal.ts";
import { SymbolTaken } from "../../../sdk/sim/tape/errors.ts";
import { follow } from "../../../sdk/sim/tape/follow.ts";
import type { Tape } from "../../../sdk/sim/tape/Tape.ts";

const USD = 10n ** 18n;
const TEN = 10n * USD;
const tape: Tape = {
  name: "halves",
  source: "by hand",
  symbols: ["ETH", "BTC"],
  points: [
    { time: 0, prices: { BTC: 8000n * USD } },
    { time: 60, prices: { ETH: 200n * USD } },
    { time: 120, prices: { BTC: 4000n * USD } },
    { time: 180, prices: { ETH: 100n * USD, BTC: 5000n * USD } },
    { time: 240, prices: { ETH: 400n * USD } },
  ],
};

const told = (beta: number, start = TEN) =>
  follow(tape, { symbol: "SOL", start, beta }).points.map(({ prices }) =>
    prices["SOL"] === undefined ? null : decimalText(prices["SOL"]),
  );

describe("follow", () => {
  it("goes with the leader at beta 1, told when the leader is", () => {
    expect(told(1)).to.deep.equal([null, "10", null, "5", "20"]);
  });

  it("goes by beta times the log return", () => {
    expect(told(2)).to.deep.equal([null, "10", null, "2.5", "40"]);
    expect(told(0.5).slice(3)).to.deep.equal(["7.07106781", "14.14213562"]);
    expect(told(0)).to.deep.equal([null, "10", null, "10", "10"]);
    expect(told(-1).slice(3)).to.deep.equal(["20", "5"]);
  });

  it("never falls to zero", () => {
    expect(told(30)[3]).to.equal("0.00000001");
    expect(told(1, 1n)).to.deep.equal([null, "0.00000001", null, "0.00000001", "0.00000001"]);
  });

  it("stays finite for any beta", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (beta) => void told(beta)),
    );
  });

  it("adds its symbol last, and says so in the source", () => {
    const { symbols, source } = follow(tape, { symbol: "SOL", start: TEN, beta: 1.3 });
    expect(symbols).to.deep.equal(["ETH", "BTC", "SOL"]);
    expect(source).to.equal("by hand; SOL follows ETH with beta 1.3");
    expect(tape.symbols).to.deep.equal(["ETH", "BTC"]);
  });

  it("refuses a symbol that is there", () => {
    expect(() => follow(tape, { symbol: "BTC", start: TEN, beta: 1 })).to.throw(SymbolTaken, "BTC");
  });
});
