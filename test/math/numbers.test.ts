import { expect } from "chai";
import { parseUnits } from "viem";
import { OutOfBounds } from "../../sdk/errors/OutOfBounds.ts";
import { growthOf } from "../../sdk/math/CashMath.ts";
import { exp, ln, sqrtDown, sqrtUp } from "../../sdk/math/ExpMath.ts";
import { LARGEST_EXPONENT, SMALLEST_EXPONENT } from "../../sdk/math/ExpMath.ts";
import { calmnessOf, coverOf, floorOf, graceOf } from "../../sdk/math/FuseMath.ts";
import { highCorrelation, loadingOf, lowCorrelation } from "../../sdk/math/MarginMath.ts";
import { staleBand } from "../../sdk/math/OracleMath.ts";
import { initialMode, maintenanceMode, shock } from "../../sdk/math/ScenarioMath.ts";
import {
  approach,
  hourVolatility,
  initialVolatility,
  mixVariance,
  sampleVariance,
  targetVolatility,
  volatilityRatio,
} from "../../sdk/math/VolatilityMath.ts";
import { HOUR, WAD, YEAR } from "../../sdk/math/WadMath.ts";
import type { FactorRisk } from "../../sdk/types/Portfolio.ts";

const wad = (text: string) => parseUnits(text, 18);
const difference = (a: bigint, b: bigint) => (a > b ? a - b : b - a);

function near(found: bigint, expected: bigint, wei: bigint): void {
  expect(difference(found, expected) <= wei, `${found} is not ${expected} ± ${wei}`).to.equal(true);
}

// Reference values: Python's decimal at 60 digits, cut to 18.

describe("exp", () => {
  const values: [x: string, value: string][] = [
    ["-41", "0.000000000000000001"],
    ["-20", "0.000000002061153622"],
    ["-1", "0.367879441171442321"],
    ["-0.5", "0.606530659712633423"],
    ["0", "1"],
    ["0.000000000000000001", "1.000000000000000001"],
    ["0.1", "1.105170918075647624"],
    ["0.693147180559945309", "1.999999999999999999"],
    ["1", "2.718281828459045235"],
    ["2", "7.389056098930650227"],
    ["10", "22026.465794806716516957"],
    ["43", "4727839468229346561.474457562744280370"],
    ["100", "26881171418161354484126255515800135873611187.737741922415191608"],
  ];
  for (const [x, value] of values) {
    it(`of ${x} is ${value} to a wei and 18 digits`, () => {
      const expected = wad(value);
      near(exp(wad(x)), expected, 1n + (2n * expected) / 10n ** 18n);
    });
  }

  it("is nothing where it would be less than a wei, and refuses what it cannot hold", () => {
    expect(exp(SMALLEST_EXPONENT)).to.equal(0n);
    expect(exp(SMALLEST_EXPONENT + 1n)).to.equal(1n);
    expect(exp(-(1n << 255n))).to.equal(0n);
    near(exp(LARGEST_EXPONENT), (1n << 255n) - 1n, 1n << 196n);
    expect(() => exp(LARGEST_EXPONENT + 1n)).to.throw(OutOfBounds);
  });
});

describe("ln", () => {
  const values: [x: string, value: string][] = [
    ["0.000000000000000001", "-41.446531673892822312"],
    ["0.5", "-0.693147180559945309"],
    ["0.9", "-0.105360515657826301"],
    ["0.999999999999999999", "-0.000000000000000001"],
    ["1", "0"],
    ["1.01", "0.009950330853168082"],
    ["1.1", "0.095310179804324860"],
    ["2", "0.693147180559945309"],
    ["10", "2.302585092994045684"],
    ["100000", "11.512925464970228420"],
    ["57896044618658097711785492504343953926634992332820282019728", "135.305999368893231589"],
  ];
  for (const [x, value] of values) {
    it(`of ${x} is ${value} to a wei`, () => near(ln(wad(x)), wad(value), 1n));
  }

  it("refuses zero and less", () => {
    expect(() => ln(0n)).to.throw(OutOfBounds);
    expect(() => ln(-1n)).to.throw(OutOfBounds);
  });
});

describe("sqrt", () => {
  const values: [x: bigint, down: bigint][] = [
    [0n, 0n],
    [1n, 1n],
    [2n, 1n],
    [3n, 1n],
    [4n, 2n],
    [15_241_578_750_190_520n, 123_456_788n],
    [15_241_578_750_190_521n, 123_456_789n],
    [2n * 10n ** 36n, 1_414_213_562_373_095_048n],
    [(1n << 255n) - 1n, 240_615_969_168_004_511_545_033_772_477_625_056_927n],
  ];
  for (const [x, down] of values) {
    it(`of ${x} is ${down}, and one more rounded up unless that is exact`, () => {
      expect(sqrtDown(x)).to.equal(down);
      expect(sqrtUp(x)).to.equal(down * down === x ? down : down + 1n);
    });
  }

  it("refuses less than zero", () => {
    expect(() => sqrtDown(-1n)).to.throw(OutOfBounds);
  });
});

describe("the shock of a factor", () => {
  it("is 4·1.23·√(4 h/1 y) = 10.5134 % for ETH at MM", () => {
    const found = shock(maintenanceMode(), wad("1.23"), WAD, wad("0.07"));
    near(found, wad("0.105133965419989304"), 4n);
  });

  it("is 4·0.96·√(4 h/1 y) = 8.2056 % for BTC at MM, and half as much again at IM", () => {
    near(shock(maintenanceMode(), wad("0.96"), WAD, wad("0.06")), wad("0.082055777888772"), 1000n);
    near(shock(initialMode(), wad("0.96"), WAD, wad("0.06")), wad("0.123083666833158"), 1000n);
  });

  it("is never below its floor nor above its cap, and doubles in a crowd", () => {
    expect(shock(maintenanceMode(), 0n, WAD, wad("0.07"))).to.equal(wad("0.07"));
    expect(shock(initialMode(), 0n, WAD, wad("0.07"))).to.equal(wad("0.105"));
    expect(shock(maintenanceMode(), wad("100"), WAD, 0n)).to.equal(wad("0.6"));
    expect(shock(initialMode(), wad("100"), WAD, 0n)).to.equal(wad("0.72"));
    const quiet = shock(maintenanceMode(), WAD, WAD, 0n);
    expect(shock(maintenanceMode(), WAD, 2n * WAD, 0n)).to.equal(2n * quiet);
  });
});

describe("volatility", () => {
  const bounds = { floor: wad("0.5"), stress: wad("1.5") };

  it("aims at 1.25·√(0.75·0.8² + 0.25·1.5²) = 127.63 % after a month at 80 %", () => {
    near(targetVolatility(wad("0.64"), wad("0.64"), bounds), wad("1.276286116041383567"), 3n);
  });

  it("aims at 1.25·floor in a calm, at √vF in a storm, and at 400 % at most", () => {
    const calm = { floor: wad("0.5"), stress: 0n };
    expect(targetVolatility(0n, 0n, calm)).to.equal(wad("0.625"));
    expect(targetVolatility(wad("9"), wad("0.64"), bounds)).to.equal(wad("3"));
    expect(targetVolatility(wad("4000"), 0n, bounds)).to.equal(wad("4"));
  });

  it("is half old, half new after one half-life", () => {
    near(mixVariance(wad("2"), wad("4"), HOUR, HOUR), wad("3"), 3n);
    near(mixVariance(wad("2"), wad("4"), 48n * HOUR, 24n * HOUR), wad("3.5"), 3n);
  });

  it("samples a move of 1 % in an hour as ln(1.01)²·8760", () => {
    near(sampleVariance(wad("100"), wad("101"), HOUR), wad("0.867319576606575927"), 200n);
  });

  it("samples no move beyond 10 %", () => {
    const tenth = (wad("0.01") * YEAR) / HOUR;
    expect(sampleVariance(wad("100"), wad("500"), HOUR)).to.equal(tenth);
    expect(sampleVariance(wad("100"), 1n, HOUR)).to.equal(tenth);
  });

  it("rises by 5 % and falls by 0.5 % in an hour at most", () => {
    near(approach(WAD, wad("4"), HOUR), wad("1.05"), 2n);
    near(approach(WAD, 0n, HOUR), wad("0.995"), 2n);
    expect(approach(WAD, wad("1.01"), HOUR)).to.equal(wad("1.01"));
  });

  it("counts at IM as two thirds of the last hour, if that is more", () => {
    expect(initialVolatility(WAD, hourVolatility(wad("9")))).to.equal(wad("2"));
    expect(initialVolatility(WAD, wad("1"))).to.equal(WAD);
    expect(volatilityRatio(wad("2"), hourVolatility(wad("9")))).to.equal(wad("1.5"));
    expect(volatilityRatio(wad("2"), wad("1"))).to.equal(WAD);
  });
});

describe("correlation", () => {
  it("is low by the larger of 2ρ − 1 and ¾ρ, high by 5/4·ρ", () => {
    expect(lowCorrelation(wad("0.92"))).to.equal(wad("0.84"));
    expect(lowCorrelation(wad("0.5"))).to.equal(wad("0.375"));
    expect(highCorrelation(wad("0.5"))).to.equal(wad("0.625"));
    expect(highCorrelation(wad("0.92"))).to.equal(WAD);
  });

  it("leaves alts 0.3 of the rest in common: ρ = 0.6 gives 0.36 + 0.192 + 0.448", () => {
    const { common, sector, own } = loadingOf(wad("0.6"), true);
    expect([common, own]).to.deep.equal([wad("0.6"), wad("0.448")]);
    near((sector * sector) / WAD, wad("0.192"), 2n);
    expect(loadingOf(wad("0.6"), false)).to.deep.equal({
      common: wad("0.6"),
      sector: 0n,
      own: wad("0.64"),
    });
  });
});

describe("time", () => {
  it("makes e of a hundred per cent a year", () => {
    near(growthOf(WAD / YEAR, YEAR), exp(WAD), wad("0.0001"));
  });

  it("widens a silent price by price·σ·√time: 2 000·0.8·√(1/4)", () => {
    near(staleBand(wad("2000"), wad("0.8"), YEAR / 4n), wad("800"), 3n);
    expect(staleBand(wad("2000"), wad("8"), YEAR)).to.equal(wad("2000"));
  });

  it("gives 0.64·4 h·h²·κ² of grace: a quarter of it at half the health", () => {
    const long = wad("100000");
    expect(graceOf(WAD, WAD, long)).to.equal(wad("9216"));
    expect(graceOf(WAD / 2n, WAD, long)).to.equal(wad("2304"));
    expect(graceOf(WAD, WAD / 2n, long)).to.equal(wad("2304"));
    expect(graceOf(WAD, WAD, wad("600"))).to.equal(wad("600"));
    expect(graceOf(-WAD, WAD, long)).to.equal(wad("300"));
  });

  it("is short where what weighs is wild: κ = 4 / (3·1 + 1·5)", () => {
    const weight = (loss: string, wild: string) =>
      ({ loss: wad(loss), volatilityRatio: wad(wild) }) as FactorRisk;
    expect(calmnessOf([weight("3", "1"), weight("1", "5")])).to.equal(wad("0.5"));
  });

  it("counts a floor of 0.75 % of gross and a cover of at least a quarter", () => {
    expect(floorOf(wad("1000"), wad("15"))).to.equal(wad("0.5"));
    expect(floorOf(wad("1000"), wad("1"))).to.equal(wad("0.75"));
    expect(coverOf(wad("40"), wad("100"))).to.equal(wad("0.4"));
    expect(coverOf(0n, wad("100"))).to.equal(wad("0.25"));
  });
});
