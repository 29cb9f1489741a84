import { expect } from "chai";
import { parseUnits } from "viem";
import { OutOfBounds } from "../../sdk/errors/OutOfBounds.ts";
import { callAt, strikeAt } from "../../sdk/math/CurveMath.ts";
import { rootTimeOf } from "../../sdk/math/OptionMath.ts";
import {
  costOf,
  feeOf,
  fillTolerance,
  growsPosition,
  isReducing,
  openedBy,
  optionPrice,
} from "../../sdk/math/TradeMath.ts";
import { abs, MAX_AMOUNT, MAX_VALUE, WAD, YEAR } from "../../sdk/math/WadMath.ts";
import type { OwnMargin } from "../../sdk/types/Portfolio.ts";

// DESIGN §6 by hand: what a fill may cost, and when an act reduces risk.

const wad = (text: string) => parseUnits(text, 18);

describe("a fill's price", () => {
  it("may be its market's tolerance off the mark, or three bands", () => {
    const tolerance = (band: string) => fillTolerance(wad("100"), wad("0.035"), wad(band));
    expect(tolerance("0")).to.equal(wad("3.5"));
    expect(tolerance("1")).to.equal(wad("3.5"));
    expect(tolerance("2")).to.equal(wad("6"));
  });

  describe("of an option a sixteenth of a year from its end, at 80 %: σ√T = 0.2", () => {
    const surface = { atm: wad("0.8"), skew: 0n, curvature: 0n };
    const root = rootTimeOf(YEAR / 16n);
    const option = strikeAt(wad("100"), wad("100"), root, surface);
    const at = (scale: string) => callAt(option, wad("100"), root, wad(scale));
    const near = (found: bigint, expected: string) =>
      expect(abs(found - wad(expected)) < 1_000n, `${found}`).to.equal(true);

    // 100·(2Φ(σ√T/2) − 1), Python's decimal at 40 digits.
    it("lies between Black-76 at half and at twice its volatility", () => {
      near(at("0.5"), "3.987761167674491741");
      near(option.call, "7.965567455405796041");
      near(at("2"), "15.851941887820604095");
    });

    it("has a delta of Φ(0.1)", () => near(option.delta, "0.539827837277028980"));

    it("is the same for a put at the money, and less by F − K off it", () => {
      expect(optionPrice(option.call, wad("100"), wad("100"), false)).to.equal(option.call);
      expect(optionPrice(wad("8"), wad("103"), wad("100"), false)).to.equal(wad("5"));
      expect(optionPrice(wad("8"), wad("103"), wad("100"), true)).to.equal(wad("8"));
      expect(optionPrice(wad("2"), wad("103"), wad("100"), false)).to.equal(0n);
      expect(() => optionPrice(0n, 0n, 1n << 254n, false)).to.throw(OutOfBounds);
    });
  });
});

describe("what a fill costs", () => {
  it("is size times price, and what is a part of a wei the buyer pays", () => {
    expect(costOf(wad("2"), wad("100"))).to.equal(wad("200"));
    expect(costOf(-wad("2"), wad("100"))).to.equal(-wad("200"));
    expect(costOf(1n, wad("0.5"))).to.equal(1n);
    expect(costOf(-1n, wad("0.5"))).to.equal(0n);
  });

  it("has a fee of its notional, of either side", () => {
    for (const size of ["2", "-2"].map(wad)) {
      expect(feeOf(size, wad("100"), wad("0.0005"), wad("100"), false)).to.equal(wad("0.1"));
    }
    expect(feeOf(1n, wad("100"), wad("0.0005"), 0n, false)).to.equal(1n);
  });

  it("has for an option at most an eighth of its premium as fee", () => {
    const fee = (premium: string) => feeOf(wad("2"), wad("100"), wad("0.0005"), wad(premium), true);
    expect(fee("8")).to.equal(wad("0.1"));
    expect(fee("0.4")).to.equal(wad("0.1"));
    expect(fee("0.2")).to.equal(wad("0.05"));
    expect(fee("0")).to.equal(0n);
  });
});

describe("a position", () => {
  // before, size, opened, grows
  const rows: [number, number, number, boolean][] = [
    [0, 5, 5, true],
    [0, -5, 0, true],
    [3, 5, 5, true],
    [-3, -5, 0, true],
    [5, -3, -3, false],
    [5, -5, -5, false],
    [5, -6, -5, true],
    [5, -20, -5, true],
    [-5, 3, 0, false],
    [-5, 5, 0, false],
    [-5, 6, 1, true],
    [5, 0, 0, false],
  ];
  for (const [before, size, opened, grows] of rows) {
    it(`of ${before} that trades ${size} opens ${opened} and ${grows ? "grows" : "shrinks"}`, () => {
      const [held, traded] = [BigInt(before) * WAD, BigInt(size) * WAD];
      expect(openedBy(held, traded)).to.equal(BigInt(opened) * WAD);
      expect(growsPosition(held, traded)).to.equal(grows);
    });
  }

  it("is of an amount that there is", () => {
    expect(() => growsPosition(0n, MAX_AMOUNT + 1n)).to.throw(OutOfBounds);
    expect(() => growsPosition(-(1n << 255n), -1n)).to.throw(OutOfBounds);
  });
});

describe("an act sent as reducing", () => {
  const margin = (equity: number, maintenance: number): OwnMargin => ({
    equity: BigInt(equity) * WAD,
    maintenance: BigInt(maintenance) * WAD,
  });
  type Figures = [equity: number, maintenance: number];
  const rows: [what: string, before: Figures, after: Figures, fees: number, passes: boolean][] = [
    ["changes nothing", [100, 50], [100, 50], 0, true],
    ["needs less", [100, 50], [100, 40], 0, true],
    ["costs less than it frees", [100, 50], [98, 40], 2, true],
    ["needs more, whatever it brings", [100, 50], [300, 51], 0, false],
    ["has less slack, if more health", [100, 50], [60, 20], 0, false],
    ["has less health, if no less slack", [20, 50], [10, 40], 0, false],
    ["has as much health of less, if more slack", [20, 50], [16, 40], 0, true],
    ["is left with nothing, needing nothing", [20, 50], [0, 0], 0, true],
    ["falls below zero", [0, 50], [-1, 20], 1, false],
    ["falls below zero, needing nothing", [20, 50], [-1, 0], 30, false],
    ["is below zero and needs less", [-10, 50], [-10, 30], 0, true],
    ["is below zero and pays a fee", [-10, 50], [-12, 30], 2, true],
    ["is below zero and loses more than a fee", [-10, 50], [-13, 30], 2, false],
    ["is below zero and pays a fee for nothing", [-10, 50], [-12, 50], 2, false],
    ["is below zero and needs more", [-10, 50], [-9, 51], 0, false],
    ["rises above zero", [-10, 50], [5, 50], 0, true],
  ];
  for (const [what, before, after, fees, passes] of rows) {
    it(`${passes ? "passes" : "fails"}, if an account ${what}`, () => {
      const paid = BigInt(fees) * WAD;
      expect(isReducing(margin(...before), margin(...after), paid)).to.equal(passes);
    });
  }

  it("is refused beyond what an account can be", () => {
    const [most, sound] = [margin(100, 50), margin(100, 50)];
    const rich = { ...most, equity: MAX_VALUE + 1n };
    const heavy = { ...most, maintenance: 1n << 254n };
    expect(() => isReducing(rich, sound, 0n)).to.throw(OutOfBounds);
    expect(() => isReducing(heavy, sound, 0n)).to.throw(OutOfBounds);
    expect(() => isReducing(most, sound, -1n)).to.throw(OutOfBounds);
  });
});
