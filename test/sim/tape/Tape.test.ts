import { expect } from "chai";
import { EmptyTape, UnknownSymbol } from "../../../sdk/sim/tape/errors.ts";
import { merge, range, select, window, type Tape } from "../../../sdk/sim/tape/Tape.ts";

const NOON = Date.UTC(2020, 2, 12, 12) / 1000;
const tape: Tape = {
  name: "two",
  source: "by hand",
  symbols: ["ETH", "BTC"],
  points: [
    { time: NOON, prices: { ETH: 1n, BTC: 10n } },
    { time: NOON + 60, prices: { BTC: 11n } },
    { time: NOON + 120, prices: { ETH: 3n } },
  ],
};

describe("Tape", () => {
  it("windows its points, both ends included", () => {
    const cut = window(tape, { from: "2020-03-12T12:00:00Z", to: "2020-03-12T12:01:00Z" });
    expect(cut.points.map(({ time }) => time)).to.deep.equal([NOON, NOON + 60]);
    expect(tape.points).to.have.length(3);
  });

  it("says its range where the window misses it", () => {
    expect(() => window(tape, { day: "2020-03-14" })).to.throw(
      EmptyTape,
      "two: no price from 2020-03-14T00:00:00Z to 2020-03-15T00:00:00Z; " +
        "it runs from 2020-03-12T12:00:00Z to 2020-03-12T12:02:00Z",
    );
  });

  it("says so where there is no point at all", () => {
    const empty = { ...tape, points: [] };
    expect(() => window(empty, { to: "2020-03-14" })).to.throw(
      EmptyTape,
      "two: no price up to 2020-03-15T00:00:00Z; it has none at all",
    );
    expect(() => window(empty, {})).to.throw(EmptyTape, "no price at any time; it has none");
  });

  it("selects symbols, in the order given, and drops points without them", () => {
    const eth = select(tape, ["ETH"]);
    expect(eth.points).to.deep.equal([
      { time: NOON, prices: { ETH: 1n } },
      { time: NOON + 120, prices: { ETH: 3n } },
    ]);
    expect(select(tape, ["BTC", "ETH"]).symbols).to.deep.equal(["BTC", "ETH"]);
    expect(() => select(tape, ["SOL"])).to.throw(UnknownSymbol, 'no "SOL"; it has ETH, BTC');
  });

  it("merges rounds into points in rising time", () => {
    const rounds = [
      { symbol: "ETH", time: 2, price: 20n },
      { symbol: "ETH", time: 1, price: 10n },
      { symbol: "BTC", time: 2, price: 5n },
      { symbol: "ETH", time: 2, price: 21n },
    ];
    expect(merge(rounds)).to.deep.equal([
      { time: 1, prices: { ETH: 10n } },
      { time: 2, prices: { ETH: 21n, BTC: 5n } },
    ]);
  });

  it("knows its first and last time", () => {
    expect(range(tape)).to.deep.equal({ from: NOON, to: NOON + 120 });
  });
});
