import { expect } from "chai";
import { parseUnits } from "viem";
import fc from "fast-check";
import { OutOfBounds } from "../../sdk/errors/OutOfBounds.ts";
import * as Option from "../../sdk/math/OptionMath.ts";
import { exp } from "../../sdk/math/ExpMath.ts";
import { ROOT_HORIZON } from "../../sdk/math/ScenarioMath.ts";
import { MAX_ELAPSED, MAX_PRICE, max, min, WAD, YEAR } from "../../sdk/math/WadMath.ts";

// Black-76 at its edges and its laws, in TypeScript; parity carries them over to Solidity.

const RUNS = Number(process.env["DRAWS"] ?? 2_500);
const SEED = Number(process.env["SEED"] ?? 20_240_805);
const DAY = 86_400n;

const wad = (text: string) => parseUnits(text, 18);
const difference = (a: bigint, b: bigint) => (a > b ? a - b : b - a);

/** A call with the ln(F/K) of its prices. */
function callAt(forward: bigint, strike: bigint, deviation: bigint): bigint {
  const log = Option.logMoneynessOf(forward, strike);
  return Option.callOf(forward, strike, log, deviation);
}

const intrinsicOf = (forward: bigint, strike: bigint) => max(0n, forward - strike);

const between = (min: bigint, max: bigint) => fc.bigInt({ min, max });

/** Of every order of magnitude as likely, at least one wei. */
const priceWithin = (bits: number) =>
  fc
    .tuple(between(0n, (1n << BigInt(bits)) - 1n), fc.nat(bits))
    .map(([value, shift]) => (value >> BigInt(shift)) + 1n);

const price = priceWithin(93);
const deviation = fc.oneof(
  between(1n, 3n * WAD),
  between(1n, 30n * WAD),
  between(1n, WAD / 1_000n),
);

const near = (forward: bigint, by: bigint): [bigint, bigint] => [
  forward,
  max(1n, min(MAX_PRICE, (forward * by) / WAD)),
];

/** A forward, and a strike of any size or near it. */
const pair = fc.oneof(
  fc.tuple(price, price),
  fc.tuple(price, between(WAD / 5n, 5n * WAD)).map(([forward, by]) => near(forward, by)),
);

/** A pair and a deviation; half of them up to nine deviations in or out of the money. */
const option = fc.oneof(
  fc.tuple(pair, deviation),
  fc
    .tuple(price, between(WAD / 1_000n, WAD), between(-9n * WAD, 9n * WAD))
    .map(([forward, much, away]): [[bigint, bigint], bigint] => [
      near(forward, exp((away * much) / WAD)),
      much,
    ]),
);

/** A few wei for each unit of price: what two roundings of Φ come to. */
const fewWei = (...prices: bigint[]) =>
  4n + prices.reduce((sum, one) => sum + (2n * one) / WAD, 0n);

function holds<T extends [unknown, ...unknown[]]>(
  arbitraries: { [Key in keyof T]: fc.Arbitrary<T[Key]> },
  law: (...values: T) => void,
): void {
  fc.assert(fc.property(...arbitraries, law), { numRuns: RUNS, seed: SEED });
}

function atMost(found: bigint, most: bigint): void {
  expect(found <= most, `${found} is more than ${most}`).to.equal(true);
}

describe("an option at its edges", function () {
  this.timeout(120_000);

  it("without time or volatility is worth what it is in the money by", () => {
    expect(Option.deviationOf(wad("0.8"), Option.rootTimeOf(0n))).to.equal(0n);
    expect(Option.deviationOf(0n, Option.rootTimeOf(DAY))).to.equal(0n);
    holds([pair, between(-WAD, 0n)], ([forward, strike], none) => {
      const call = callAt(forward, strike, none);
      expect(call).to.equal(intrinsicOf(forward, strike));
      expect(Option.putOf(call, forward, strike)).to.equal(intrinsicOf(strike, forward));
    });
  });

  it("struck at nothing is its forward", () => {
    holds([price, between(-65n * WAD, 65n * WAD), deviation], (forward, log, much) => {
      expect(Option.callOf(forward, 0n, log, much)).to.equal(forward);
      expect(Option.putOf(forward, forward, 0n)).to.equal(0n);
    });
  });

  it("on a forward of nothing is its strike if a put, nothing if a call", () => {
    holds([price, between(-65n * WAD, 65n * WAD), deviation], (strike, log, much) => {
      const call = Option.callOf(0n, strike, log, much);
      expect(call).to.equal(0n);
      expect(Option.putOf(call, 0n, strike)).to.equal(strike);
    });
  });

  it("of a deviation of 24 or more is its forward, at any two prices", () => {
    const wide = fc.oneof(fc.constant(24n * WAD), between(24n * WAD, 100n * WAD));
    holds([pair, wide], ([forward, strike], much) => {
      expect(callAt(forward, strike, much)).to.equal(forward);
    });
    for (const [forward, strike] of [
      [1n, MAX_PRICE],
      [MAX_PRICE, 1n],
    ] as const) {
      expect(callAt(forward, strike, 24n * WAD)).to.equal(forward);
    }
  });

  it("is worth no less than what it is in the money by, nor more than its forward or strike", () => {
    holds([option], ([[forward, strike], much]) => {
      const call = callAt(forward, strike, much);
      const put = Option.putOf(call, forward, strike);
      atMost(intrinsicOf(forward, strike), call);
      atMost(call, forward);
      atMost(intrinsicOf(strike, forward), put);
      atMost(put, strike);
    });
  });

  it("is no put of less than nothing beside a call of less than it is in the money by", () => {
    expect(Option.putOf(wad("5"), wad("110"), wad("100"))).to.equal(0n);
  });

  it("gains by a few wei at most as its strike rises", () => {
    holds([option, price], ([[forward, strike], much], more) => {
      const higher = strike + more > MAX_PRICE ? MAX_PRICE : strike + more;
      const few = fewWei(forward, strike, higher);
      atMost(callAt(forward, higher, much), callAt(forward, strike, much) + few);
    });
    for (let strike = wad("1000"); strike < wad("4000"); strike += wad("1")) {
      const above = callAt(wad("2000"), strike + 1n, wad("0.2"));
      atMost(above, callAt(wad("2000"), strike, wad("0.2")) + fewWei(wad("2000"), strike));
    }
  });
});

describe("an option", function () {
  this.timeout(120_000);

  it("obeys parity to the wei", () => {
    holds([option], ([[forward, strike], much]) => {
      const call = callAt(forward, strike, much);
      expect(call - Option.putOf(call, forward, strike)).to.equal(forward - strike);
    });
  });

  it("loses by a few wei at most as its volatility or time rises", () => {
    holds([option, deviation], ([[forward, strike], much], more) => {
      const few = fewWei(forward, strike);
      atMost(callAt(forward, strike, much), callAt(forward, strike, much + more) + few);
    });
  });

  it("gains no more than its strike loses", () => {
    holds([option, price], ([[forward, strike], much], less) => {
      const lower = max(1n, strike - less);
      const few = fewWei(forward, strike, lower);
      const gain = callAt(forward, lower, much) - callAt(forward, strike, much);
      atMost(gain, strike - lower + few);
    });
  });

  const atWork = fc.record({
    forward: between(WAD, 100_000n * WAD),
    moneyness: between((7n * WAD) / 10n, (14n * WAD) / 10n),
    deviation: between(WAD / 10n, WAD),
  });

  it("moves with its forward as its delta says", () => {
    holds([atWork], ({ forward, moneyness, deviation }) => {
      const strike = (forward * WAD) / moneyness;
      const step = forward / 100_000n;
      const up = callAt(forward + step, strike, deviation);
      const down = callAt(forward - step, strike, deviation);
      const delta = Option.callDelta(Option.logMoneynessOf(forward, strike), deviation);
      atMost(difference(((up - down) * WAD) / (2n * step), delta), WAD / 10n ** 7n);
    });
  });

  it("moves with its volatility as its vega says", () => {
    holds([atWork], ({ forward, moneyness, deviation }) => {
      const strike = (forward * WAD) / moneyness;
      const log = Option.logMoneynessOf(forward, strike);
      const step = WAD / 100_000n;
      const up = callAt(forward, strike, deviation + step);
      const down = callAt(forward, strike, deviation - step);
      const vega = Option.vegaOf(forward, log, deviation, WAD); // a year: σ√T is σ
      atMost(difference(((up - down) * WAD) / (2n * step), vega), forward / 10n ** 6n);
    });
  });

  it("has the vega of its time, and none without", () => {
    const at = (rootTime: bigint) => Option.vegaOf(wad("2000"), 0n, wad("0.2"), rootTime);
    atMost(difference(at(wad("0.5")), at(WAD) / 2n), 1n);
    expect(Option.vegaOf(wad("2000"), 0n, 0n, WAD)).to.equal(0n);
  });

  it("has at its end a delta of one if it pays, else of none", () => {
    expect(Option.callDelta(1n, 0n)).to.equal(WAD);
    expect(Option.callDelta(0n, 0n)).to.equal(0n);
    expect(Option.callDelta(-1n, -1n)).to.equal(0n);
  });
});

describe("what is hoisted", () => {
  it("is √ of the time in years", () => {
    expect(Option.rootTimeOf(YEAR)).to.equal(WAD);
    expect(Option.rootTimeOf(YEAR / 4n)).to.equal(WAD / 2n);
    expect(Option.rootTimeOf(14_400n)).to.equal(ROOT_HORIZON - 1n); // down, the other up
    expect(() => Option.rootTimeOf(MAX_ELAPSED + 1n)).to.throw(OutOfBounds);
    expect(() => Option.rootTimeOf(-1n)).to.throw(OutOfBounds);
  });

  it("is ln of forward over strike, nothing at the money", () => {
    const ln2 = 693147180559945309n;
    atMost(difference(Option.logMoneynessOf(wad("200"), wad("100")), ln2), 2n);
    atMost(difference(Option.logMoneynessOf(wad("100"), wad("200")), -ln2), 2n);
    holds([price], (any) => {
      expect(Option.logMoneynessOf(any, any)).to.equal(0n);
    });
    expect(() => Option.logMoneynessOf(0n, WAD)).to.throw(OutOfBounds);
    expect(() => Option.logMoneynessOf(WAD, MAX_PRICE + 1n)).to.throw(OutOfBounds);
  });
});
