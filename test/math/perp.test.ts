import { expect } from "chai";
import fc from "fast-check";
import { parseUnits } from "viem";
import { OutOfBounds } from "../../sdk/errors/OutOfBounds.ts";
import {
  accruedOf,
  fundingAfter,
  MAX_FUNDING,
  MAX_PREMIUM,
  perpMark,
  premiumAfter,
  premiumAfterFill,
  premiumReach,
  timeAtCap,
} from "../../sdk/math/PerpMath.ts";
import { abs, MAX_PRICE, MAX_VALUE, WAD } from "../../sdk/math/WadMath.ts";
import { atMost, holds, LIMIT } from "./judged.ts";

// DESIGN §6 by hand: the premium of a perp, and what holding it costs.

const wad = (text: string) => parseUnits(text, 18);
const HOUR = 3_600n;

function near(found: bigint, expected: bigint, wei: bigint): void {
  expect(abs(found - expected) <= wei, `${found} is not ${expected} ± ${wei}`).to.equal(true);
}

describe("a premium", () => {
  const rows: [elapsed: bigint, expected: string][] = [
    [0n, "0.004"],
    [HOUR, "0.002"],
    [2n * HOUR, "0.001"],
    [HOUR / 2n, "0.002828427124746190"],
    [72n * HOUR, "0"],
  ];
  for (const [elapsed, expected] of rows) {
    it(`of 0.4 % is ${expected} after ${elapsed} seconds, either side`, () => {
      near(premiumAfter(wad("0.004"), elapsed), wad(expected), 2n);
      near(premiumAfter(-wad("0.004"), elapsed), -wad(expected), 2n);
    });
  }

  it("is the same, however often someone looks", () => {
    let premium = wad("0.004");
    for (let i = 0; i < 60; i++) premium = premiumAfter(premium, 60n);
    near(premium, wad("0.002"), 100n);
  });

  it("makes a mark of 100 one of 100.40, or of 99.60", () => {
    expect(perpMark(wad("100"), wad("0.004"))).to.equal(wad("100.4"));
    expect(perpMark(wad("100"), -wad("0.004"))).to.equal(wad("99.6"));
  });
});

describe("funding", function () {
  this.timeout(LIMIT);
  const cap = wad("0.05");

  /** ∫ clamp(premium·2^(−t/1 h))·price dt ÷ 8 h, by the midpoints of 100 000 steps. */
  function integral(premium: number, price: number, seconds: number, limit: number): number {
    const steps = 100_000;
    let sum = 0;
    for (let i = 0; i < steps; i++) {
      const now = premium * 2 ** (-((i + 0.5) * seconds) / steps / 3_600);
      sum += Math.max(-limit, Math.min(limit, now));
    }
    return (sum * price * seconds) / steps / 28_800;
  }

  it("of a premium of 1 % at 100 is 0.0902 in an hour, twice that in all time", () => {
    const hour = fundingAfter(0n, wad("0.01"), wad("100"), HOUR, cap);
    near(hour, wad("0.090168440055560213"), 10n); // 1 ÷ 8 ÷ 2 ÷ ln 2
    near(fundingAfter(0n, wad("0.01"), wad("100"), 720n * HOUR, cap), 2n * hour, 10n);
    near(fundingAfter(0n, -wad("0.01"), wad("100"), HOUR, cap), -hour, 10n);
  });

  it("of 2 % capped at 0.5 % is paid at the cap for the two hours it is above", () => {
    near(timeAtCap(wad("0.02"), wad("0.005")), 2n * HOUR * WAD, 100_000n);
    expect(timeAtCap(wad("0.005"), wad("0.005"))).to.equal(0n);
    near(fundingAfter(0n, wad("0.02"), wad("100"), 2n * HOUR, wad("0.005")), wad("0.125"), 10n);
    const later = fundingAfter(0n, wad("0.02"), wad("100"), 3n * HOUR, wad("0.005"));
    near(later, wad("0.125") + wad("0.045084220027780106"), 10n);
  });

  it("is what a numeric integral says", () => {
    for (const premium of [0.001, 0.01, -0.02, 0.05]) {
      for (const limit of [0.0005, 0.005, 0.05]) {
        for (const seconds of [60, 1_800, 3_600, 20_000, 100_000]) {
          const found = fundingAfter(
            0n,
            wad(`${premium}`),
            wad("100"),
            BigInt(seconds),
            wad(`${limit}`),
          );
          const expected = integral(premium, 100, seconds, limit);
          expect(Number(found) / 1e18).to.be.closeTo(expected, Math.abs(expected) * 1e-7);
        }
      }
    }
  });

  it("is the same whoever brings it up to date, and how often", () => {
    const part = fc.bigInt({ min: 0n, max: 86_400n });
    const premium = fc.bigInt({ min: -MAX_PREMIUM, max: MAX_PREMIUM });
    const limit = fc.bigInt({ min: 1n, max: MAX_PREMIUM });
    holds([premium, limit, part, part], (old, most, first, second) => {
      const price = wad("100");
      const once = fundingAfter(0n, old, price, first + second, most);
      const halfway = fundingAfter(0n, old, price, first, most);
      const twice = fundingAfter(halfway, premiumAfter(old, first), price, second, most);
      atMost(abs(once - twice), 1_000n); // of 100 USD
    });
  });

  it("is nothing without a premium, or where none is paid", () => {
    expect(fundingAfter(7n, 0n, wad("100"), HOUR, cap)).to.equal(7n);
    expect(fundingAfter(7n, wad("0.01"), wad("100"), HOUR, 0n)).to.equal(7n);
    expect(fundingAfter(7n, wad("0.01"), wad("100"), 0n, cap)).to.equal(7n);
  });

  it("goes no further than it may be stored, and refuses what never was", () => {
    const most = MAX_FUNDING;
    expect(fundingAfter(most, wad("0.01"), MAX_PRICE, HOUR, cap)).to.equal(most);
    expect(() => fundingAfter(most + 1n, wad("0.01"), WAD, HOUR, cap)).to.throw(OutOfBounds);
    expect(() => fundingAfter(0n, MAX_PREMIUM + 1n, WAD, HOUR, cap)).to.throw(OutOfBounds);
  });
});

describe("a fill", function () {
  this.timeout(LIMIT);
  const limit = wad("0.005");

  it("moves the premium toward its price, as far as its fees reach", () => {
    const reach = premiumReach(wad("10"), wad("10000"));
    expect(reach).to.equal(wad("0.001"));
    const after = (premium: string, price: string) =>
      premiumAfterFill(wad(premium), wad(price), wad("100"), reach, limit);
    expect(after("0", "101")).to.equal(wad("0.001"));
    expect(after("0", "99")).to.equal(-wad("0.001"));
    expect(after("0", "100.05")).to.equal(wad("0.0005"));
    expect(after("0.003", "100")).to.equal(wad("0.002"));
    expect(after("0.0045", "103")).to.equal(limit);
    expect(after("-0.0045", "90")).to.equal(-limit);
  });

  it("moves it nowhere without fees, or open interest", () => {
    expect(premiumReach(0n, wad("10000"))).to.equal(0n);
    expect(premiumReach(wad("10"), 0n)).to.equal(0n);
    expect(premiumReach(wad("10"), wad("1"))).to.equal(WAD);
    expect(premiumAfterFill(wad("0.002"), wad("90"), wad("100"), 0n, limit)).to.equal(wad("0.002"));
  });

  it("pays for the move of every open position", () => {
    const amount = fc.bigInt({ min: 0n, max: MAX_VALUE });
    const price = fc.bigInt({ min: 1n, max: 1_000_000n * WAD });
    const inside = fc.bigInt({ min: -limit, max: limit });
    const far = fc.bigInt({ min: 0n, max: 2n * WAD });
    holds([amount, amount, price, far, inside], (fees, depth, spot, at, premium) => {
      const reach = premiumReach(fees, depth);
      const next = premiumAfterFill(premium, (spot * at) / WAD, spot, reach, limit);
      atMost(abs(next), limit);
      atMost(abs(next - premium) * depth, fees * WAD);
    });
  });

  it("refuses a premium that never was", () => {
    expect(() => premiumAfterFill(-MAX_PREMIUM - 1n, WAD, WAD, 0n, limit)).to.throw(OutOfBounds);
  });
});

describe("profit of a perp or a future", () => {
  it("is size times what its index moved", () => {
    expect(accruedOf(wad("10"), wad("110"), wad("100"))).to.equal(wad("100"));
    expect(accruedOf(-wad("10"), wad("110"), wad("100"))).to.equal(-wad("100"));
    expect(accruedOf(wad("10"), -wad("1"), wad("1"))).to.equal(-wad("20"));
  });

  it("is rounded to the house's side on both", () => {
    expect(accruedOf(1n, wad("0.5"), 0n)).to.equal(0n);
    expect(accruedOf(-1n, wad("0.5"), 0n)).to.equal(-1n);
  });

  it("refuses an index that never was, however far below zero", () => {
    const least = -(1n << 255n);
    expect(() => accruedOf(WAD, least, 0n)).to.throw(OutOfBounds);
    expect(() => accruedOf(WAD, 0n, least)).to.throw(OutOfBounds);
  });
});
