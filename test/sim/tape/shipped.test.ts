import { expect } from "chai";
import { decimalText, parseWad } from "../../../sdk/decimal.ts";
import { MalformedFigures, UnknownTape } from "../../../sdk/sim/tape/errors.ts";
import { figuresOf, shipped, shippedTape, tapeOf } from "../../../sdk/sim/tape/shipped.ts";
import { roundsOf } from "../../../sdk/sim/tape/Tape.ts";
import { isoTime, parseTime } from "../../../sdk/sim/tape/time.ts";

function lowOf(name: string, symbol: string, seed: number): string {
  const rounds = roundsOf(shippedTape(name, { seed }), symbol);
  const low = rounds.reduce((a, b) => (b.price < a.price ? b : a));
  return `${decimalText(low.price)} at ${isoTime(low.time)}`;
}

describe("shipped", () => {
  it("lists its tapes", () => {
    expect(shipped.map(({ name }) => name)).to.deep.equal([
      "march-2020",
      "may-2021",
      "luna-2022",
      "ftx-2022",
      "usdc-depeg-2023",
    ]);
  });

  const lows: [name: string, symbol: string, low: string][] = [
    ["march-2020", "BTC", "3850 at 2020-03-13T02:15:00Z"],
    ["march-2020", "ETH", "88.2 at 2020-03-13T02:15:00Z"],
    ["may-2021", "BTC", "30066 at 2021-05-19T13:10:00Z"],
    ["may-2021", "ETH", "1850 at 2021-05-19T13:10:00Z"],
    ["usdc-depeg-2023", "USDC", "0.88 at 2023-03-11T07:51:23Z"],
  ];
  for (const [name, symbol, low] of lows)
    it(`has the record's low of ${symbol} in ${name}, whatever the seed`, () => {
      for (const seed of [1, 2, 3, 4, 5]) expect(lowOf(name, symbol, seed)).to.equal(low);
    });

  it("brings USDC back to its peg by 13 March", () => {
    const last = roundsOf(shippedTape("usdc-depeg-2023"), "USDC").at(-1)!;
    expect(isoTime(last.time)).to.contain("2023-03-13");
    expect(last.price >= parseWad("0.99")!).to.equal(true);
  });

  for (const { name } of shipped) {
    it(`${name} has 130 to 170 points, each with a price`, () => {
      const { points, symbols } = shippedTape(name);
      expect(points.length).to.be.within(130, 170);
      for (const { prices } of points) expect(Object.keys(prices)).not.to.be.empty;
      expect(Object.keys(points[0]!.prices)).to.have.members([...symbols]);
      expect(Object.keys(points.at(-1)!.prices)).to.have.members([...symbols]);
    });

    it(`${name} meets every figure it names`, () => {
      const at = new Map(shippedTape(name).points.map(({ time, prices }) => [time, prices]));
      for (const [symbol, { figures }] of Object.entries(figuresOf(name).symbols))
        for (const [time, price] of figures)
          expect(at.get(parseTime(time!)!)![symbol]).to.equal(parseWad(price!));
    });

    it(`${name} names every source, and uses each`, () => {
      const { sources, symbols } = figuresOf(name);
      const cited = Object.values(symbols).flatMap(({ figures }) =>
        figures.map(([, , key]) => key),
      );
      expect(new Set(cited)).to.deep.equal(new Set(sources.map(({ key }) => key)));
    });
  }

  it("is the same for the same seed, and not for another", () => {
    expect(shippedTape("march-2020", { seed: 7 })).to.deep.equal(
      shippedTape("march-2020", { seed: 7 }),
    );
    expect(shippedTape("march-2020").points).not.to.deep.equal(
      shippedTape("march-2020", { seed: 2 }).points,
    );
  });

  it("can be told in other steps", () => {
    expect(shippedTape("march-2020", { step: 3600 }).points.length).to.be.within(49, 62);
  });

  it("says what there is instead", () => {
    expect(() => shippedTape("tulips")).to.throw(
      UnknownTape,
      'no tape is called "tulips"; there are march-2020, may-2021,',
    );
  });

  it("refuses figures without a source, a time or a price", () => {
    const file = figuresOf("may-2021");
    const broken = (figure: string[]) => () => {
      const ETH = { volatility: 1, correlation: 0, figures: [figure] };
      tapeOf({ ...file, symbols: { ETH } });
    };
    expect(broken(["2021-05-19", "3380", "hearsay"])).to.throw(MalformedFigures, "names no source");
    expect(broken(["May", "3380", "cmc"])).to.throw(MalformedFigures, "May is not a date");
    expect(broken(["2021-05-19", "lots", "cmc"])).to.throw(
      MalformedFigures,
      "lots is not a number",
    );
    expect(broken([])).to.throw(MalformedFigures);
  });
});
