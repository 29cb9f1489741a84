import { expect } from "chai";
import fc from "fast-check";
import { cdf, FARTHEST, pdf } from "../../sdk/math/NormalMath.ts";
import { WAD } from "../../sdk/math/WadMath.ts";

// The normal distribution against its series at 50 digits, and what is true of any distribution.

const RUNS = Number(process.env["DRAWS"] ?? 2_500);
const SEED = Number(process.env["SEED"] ?? 20_240_805);

const SCALE = 10n ** 50n;
const ROOT = 39894228040143267793994605993438186847585863116493n; // 1/√(2π)

/** Φ(x) in 50 digits: ½ + Σ (−1)ⁿ·x²ⁿ⁺¹/(n!·2ⁿ·(2n + 1))/√(2π). */
function series(x: bigint): bigint {
  const z = (x * SCALE) / WAD;
  const square = (z * z) / SCALE;
  let sum = 0n;
  let power = z;
  for (let n = 0n; power !== 0n; n++) {
    sum += power / (2n * n + 1n);
    power = -(power * square) / SCALE / (2n * n + 2n);
  }
  return SCALE / 2n + (sum * ROOT) / SCALE;
}

const difference = (a: bigint, b: bigint) => (a > b ? a - b : b - a);

const x = fc.bigInt({ min: -FARTHEST - WAD, max: FARTHEST + WAD });
const any = fc.bigInt({ min: -(1n << 254n), max: 1n << 254n });

function holds<T extends [unknown, ...unknown[]]>(
  arbitraries: { [Key in keyof T]: fc.Arbitrary<T[Key]> },
  law: (...values: T) => void,
): void {
  fc.assert(fc.property(...arbitraries, law), { numRuns: RUNS, seed: SEED });
}

describe("the normal distribution", function () {
  this.timeout(120_000);

  it("is its series, to nine tenths of a wei", () => {
    const most = (9n * SCALE) / WAD / 10n;
    holds([x], (at) => {
      const error = difference((cdf(at) * SCALE) / WAD, series(at));
      expect(error < most, `cdf(${at}) is wrong by ${error}e-50`).to.equal(true);
    });
  });

  it("is its series where one piece meets the next", () => {
    for (const whole of [0n, 2n, 3n, 4n, 5n, 6n, 7n, 9n]) {
      for (const at of [whole * WAD - 1n, whole * WAD, whole * WAD + 1n]) {
        for (const side of [at, -at]) {
          const error = difference(cdf(side), (series(side) * WAD) / SCALE);
          expect(error <= 1n, `cdf(${side})`).to.equal(true);
        }
      }
    }
  });

  it("falls by a wei at most as x rises", () => {
    holds([x, fc.bigInt({ min: 0n, max: WAD })], (at, step) => {
      expect(cdf(at + step) >= cdf(at) - 1n, `cdf(${at} + ${step})`).to.equal(true);
    });
    for (let at = -10n * WAD; at < 10n * WAD; at += WAD / 100n) {
      expect(cdf(at + WAD / 100n) >= cdf(at), `cdf(${at})`).to.equal(true);
    }
  });

  it("has two sides that make one", () => {
    holds([fc.oneof(x, any)], (at) => {
      expect(cdf(at) + cdf(-at)).to.equal(WAD);
    });
  });

  it("is nothing or one from nine on, however far", () => {
    holds([any], (at) => {
      if (at < FARTHEST && at > -FARTHEST) return;
      expect(cdf(at)).to.equal(at > 0n ? WAD : 0n);
    });
    for (const at of [FARTHEST, 1n << 254n]) expect([cdf(at), cdf(-at)]).to.deep.equal([WAD, 0n]);
  });

  it("is exactly half at zero", () => {
    expect(cdf(0n)).to.equal(WAD / 2n);
  });
});

describe("the normal density", () => {
  // mpmath, 60 digits, cut to 18.
  const values: [x: bigint, value: bigint][] = [
    [0n, 398942280401432677n],
    [WAD / 2n, 352065326764299477n],
    [WAD, 241970724519143349n],
    [2n * WAD, 53990966513188051n],
    [9n * WAD, 1n],
  ];
  for (const [at, value] of values) {
    it(`at ${Number(at) / 1e18} is ${value} to a wei, and the same on the other side`, () => {
      expect(difference(pdf(at), value) <= 1n, `${pdf(at)}`).to.equal(true);
      expect(pdf(-at)).to.equal(pdf(at));
    });
  }

  it("is nothing beyond nine", () => {
    for (const at of [FARTHEST + 1n, 1n << 254n])
      expect([pdf(at), pdf(-at)]).to.deep.equal([0n, 0n]);
  });
});
