import { expect } from "chai";
import fc from "fast-check";
import { bridge, type Figures } from "../../../sdk/sim/tape/bridge.ts";
import { toNumber } from "../../../sdk/decimal.ts";
import { MalformedFigures } from "../../../sdk/sim/tape/errors.ts";
import type { TapePoint } from "../../../sdk/sim/tape/Tape.ts";

const USD = 10n ** 18n;
const OPTIONS = { name: "made-up", step: 1200, seed: 1 };
const DAY = 86_400;

/** ETH falls from 200 to 90 at an odd second and comes back to 130. */
const ETH: Figures = {
  symbol: "ETH",
  volatility: 2,
  correlation: 0.9,
  figures: [
    { time: 0, price: 200n * USD },
    { time: 50_003, price: 90n * USD },
    { time: DAY, price: 130n * USD },
  ],
};
const BTC: Figures = {
  ...ETH,
  symbol: "BTC",
  figures: [
    { time: 0, price: 8000n * USD },
    { time: DAY, price: 8000n * USD },
  ],
};

const pricesOf = (points: readonly TapePoint[], symbol: string) =>
  points.flatMap(({ prices }) => (prices[symbol] === undefined ? [] : [prices[symbol]]));

const logReturns = (prices: readonly bigint[]) =>
  prices.slice(1).map((price, i) => Math.log(toNumber(price) / toNumber(prices[i]!)));

function correlation(one: readonly number[], other: readonly number[]): number {
  const product = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, value, i) => sum + value * b[i]!, 0);
  return product(one, other) / Math.sqrt(product(one, one) * product(other, other));
}

const figuresArbitrary = fc
  .uniqueArray(fc.integer({ min: 0, max: 200_000 }), { minLength: 1, maxLength: 8 })
  .chain((times) =>
    fc.tuple(
      fc.constant(times.sort((a, b) => a - b)),
      fc.array(fc.bigInt(1n, 10n ** 13n), { minLength: 8, maxLength: 8 }),
    ),
  )
  .map(([times, prices]) => times.map((time, i) => ({ time, price: prices[i]! * 10n ** 10n })));

describe("bridge", function () {
  this.timeout(20_000);

  it("meets every figure exactly, at its own second", () => {
    const points = bridge([ETH, BTC], OPTIONS);
    for (const { time, price } of ETH.figures)
      expect(points.find((point) => point.time === time)!.prices["ETH"]).to.equal(price);
  });

  it("tells others nothing at a figure that is off the steps", () => {
    const points = bridge([ETH, BTC], OPTIONS);
    expect(points.find(({ time }) => time === 50_003)!.prices).to.deep.equal({ ETH: 90n * USD });
    expect(points).to.have.length(DAY / 1200 + 2);
  });

  it("is equal for equal seeds and different for others", () => {
    expect(bridge([ETH], OPTIONS)).to.deep.equal(bridge([ETH], OPTIONS));
    expect(bridge([ETH], OPTIONS)).not.to.deep.equal(bridge([ETH], { ...OPTIONS, seed: 2 }));
  });

  it("meets its figures and stays inside them, whatever they are", () => {
    fc.assert(
      fc.property(
        figuresArbitrary,
        fc.integer(),
        fc.double({ min: 0, max: 9, noNaN: true }),
        (figures, seed, volatility) => {
          const points = bridge([{ symbol: "X", figures, volatility, correlation: 0.5 }], {
            ...OPTIONS,
            step: 3600,
            seed,
          });
          const at = new Map(points.map(({ time, prices }) => [time, prices["X"]]));
          for (const { time, price } of figures) expect(at.get(time)).to.equal(price);
          const record = figures.map(({ price }) => price).sort((a, b) => (a < b ? -1 : 1));
          for (const price of pricesOf(points, "X")) {
            expect(price >= record[0]! && price <= record.at(-1)!).to.equal(true);
          }
          const times = points.map(({ time }) => time);
          expect(times).to.deep.equal([...new Set(times)].sort((a, b) => a - b));
        },
      ),
      { numRuns: 60 },
    );
  });

  it("touches its low once", () => {
    const touches = pricesOf(bridge([ETH], OPTIONS), "ETH").filter((price) => price === 90n * USD);
    expect(touches).to.have.length(1);
  });

  it("stands still where all figures are one price, even one finer than 8 decimals", () => {
    const price = 123_456_789_000_000_000n;
    const still = {
      ...BTC,
      volatility: 9,
      figures: BTC.figures.map(({ time }) => ({ time, price })),
    };
    expect(new Set(pricesOf(bridge([still], OPTIONS), "BTC"))).to.deep.equal(new Set([price]));
    const noiseless = { ...still, volatility: 0 };
    expect(new Set(pricesOf(bridge([noiseless], OPTIONS), "BTC"))).to.deep.equal(new Set([price]));
  });

  it("goes straight in log space without volatility", () => {
    const flat = {
      ...ETH,
      volatility: 0,
      figures: [ETH.figures[0]!, { time: 2400, price: 50n * USD }],
    };
    const [, middle] = pricesOf(bridge([flat], OPTIONS), "ETH");
    expect(middle).to.equal(100n * USD);
  });

  it("wanders as much as its volatility says", () => {
    const wide = {
      ...BTC,
      figures: [...BTC.figures.map(({ time, price }) => ({ time: time * 30, price }))],
    };
    const high = { time: 30 * DAY + 1200, price: 10n ** 9n * USD };
    const low = { time: 30 * DAY + 2400, price: 1n };
    const free = { ...wide, volatility: 1, figures: [...wide.figures, high, low] };
    const returns = logReturns(pricesOf(bridge([free], OPTIONS), "BTC").slice(0, -2));
    const variance = returns.reduce((sum, value) => sum + value * value, 0) / returns.length;
    expect(Math.sqrt(variance * ((365 * DAY) / 1200))).to.be.closeTo(1, 0.05);
  });

  it("moves two symbols together as their correlations say", () => {
    const low = { time: DAY + 1200, price: 1n };
    const wide = (symbol: string, correlation: number) => ({
      ...BTC,
      symbol,
      correlation,
      figures: [...BTC.figures, { time: DAY + 600, price: 10n ** 9n * USD }, low],
    });
    const measured = (one: number, other: number) => {
      const points = bridge([wide("A", one), wide("B", other)], { ...OPTIONS, step: 60 });
      const inside = points.filter(({ time }) => time <= DAY);
      return correlation(logReturns(pricesOf(inside, "A")), logReturns(pricesOf(inside, "B")));
    };
    expect(measured(1, 1)).to.be.closeTo(1, 1e-6);
    expect(measured(0.9, 0.9)).to.be.closeTo(0.81, 0.05);
    expect(measured(0, 0.9)).to.be.closeTo(0, 0.06);
    expect(measured(1, -1)).to.be.closeTo(-1, 1e-6);
  });

  it("keeps a symbol's own path when another's volatility changes", () => {
    const alone = pricesOf(bridge([ETH, BTC], OPTIONS), "ETH");
    expect(pricesOf(bridge([ETH, { ...BTC, volatility: 9 }], OPTIONS), "ETH")).to.deep.equal(alone);
  });

  it("has no point without symbols", () => {
    expect(bridge([], OPTIONS)).to.deep.equal([]);
  });

  const flaws: [what: string, figures: Partial<Figures>, step: number][] = [
    ["there is none", { figures: [] }, 60],
    ["times must rise", { figures: [ETH.figures[1]!, ETH.figures[0]!] }, 60],
    ["times must rise", { figures: [ETH.figures[0]!, ETH.figures[0]!] }, 60],
    ["a price is not positive", { figures: [{ time: 0, price: 0n }] }, 60],
    ["volatility NaN", { volatility: NaN }, 60],
    ["volatility -1", { volatility: -1 }, 60],
    ["correlation 1.1", { correlation: 1.1 }, 60],
    ["step 0", {}, 0],
    ["step 0.5", {}, 0.5],
  ];
  for (const [what, flaw, step] of flaws)
    it(`refuses: ${what}`, () => {
      expect(() => bridge([{ ...ETH, ...flaw }], { ...OPTIONS, step }))
        .to.throw(MalformedFigures, what)
        .with.include({ tape: "made-up", symbol: "ETH" });
    });
});
