import { expect } from "chai";
import { parseUnits } from "viem";
import { OutOfBounds } from "../../sdk/errors/OutOfBounds.ts";
import { shockScale, smileVolatility } from "../../sdk/math/OptionMath.ts";
import { volatilityDown, volatilityUp } from "../../sdk/math/OptionMath.ts";
import { MAX_ELAPSED, WAD } from "../../sdk/math/WadMath.ts";

// DESIGN §6 and §7.3 by hand: the volatility of a strike, and of a scenario.

const wad = (text: string) => parseUnits(text, 18);
const DAY = 86_400n;

describe("the smile", () => {
  /** At x of a 60 % surface a quarter before its end: σ√T is 0.30. */
  const at = (x: string, skew: string, curvature: string, atm = "0.6") => {
    const logStrike = (wad(x) * wad(atm)) / (2n * WAD);
    return smileVolatility(wad(atm), wad(skew), wad(curvature), logStrike, wad("0.5"));
  };
  const rows: [what: string, found: bigint, expected: string][] = [
    ["is flat at the money", at("0", "-0.1", "0.05"), "0.6"],
    ["takes the skew on one side", at("1", "-0.1", "0.05"), "0.57"],
    ["adds it on the other", at("-1", "-0.1", "0.05"), "0.69"],
    ["bends with the square", at("2", "0", "0.05"), "0.72"],
    ["goes no further than three", at("3", "-0.1", "0.05"), "0.69"],
    ["goes no further than three, however far the strike", at("50", "-0.1", "0.05"), "0.69"],
    ["goes no further than three below", at("-50", "-0.1", "0.05"), "1.05"],
    ["is at most twice at the money", at("3", "0", "2"), "1.2"],
    ["is at least half", at("3", "0", "-2"), "0.3"],
    ["is at least half, where the parabola is below nothing", at("-3", "2", "0"), "0.3"],
    ["is at least 5 %", at("0", "0", "0", "0.04"), "0.05"],
    ["is at least 5 %, where half is less", at("3", "0", "-2", "0.08"), "0.05"],
    ["is at most 1000 %", at("3", "0", "2", "8"), "10"],
  ];
  for (const [what, found, expected] of rows) {
    it(`${what}: ${expected}`, () => expect(found).to.equal(wad(expected)));
  }

  it("refuses a surface out of bounds", () => {
    const bad: [atm: bigint, skew: bigint, curvature: bigint][] = [
      [0n, 0n, 0n],
      [wad("10") + 1n, 0n, 0n],
      [WAD, wad("2") + 1n, 0n],
      [WAD, -wad("2") - 1n, 0n],
      [WAD, 0n, wad("2") + 1n],
      [WAD, 0n, -wad("2") - 1n],
    ];
    for (const surface of bad) {
      expect(() => smileVolatility(...surface, 0n, WAD)).to.throw(OutOfBounds);
    }
  });
});

describe("the scale of a volatility shock", () => {
  const rows: [elapsed: bigint, expected: string][] = [
    [0n, "2.5"],
    [DAY, "2.5"],
    [10n * DAY, "1.390389170315909340"], // 3^0.30
    [30n * DAY, "1"],
    [100n * DAY, "0.855117438452605295"], // 0.3^0.13
  ];
  for (const [elapsed, expected] of rows) {
    it(`of ${elapsed / DAY} days is ${expected}`, () => {
      const gap = shockScale(elapsed) - wad(expected);
      expect(gap * gap <= 4n, `${shockScale(elapsed)}`).to.equal(true);
    });
  }

  it("falls as time grows, without a step", () => {
    for (let elapsed = 0n; elapsed < 400n * DAY; elapsed += 3_600n) {
      const [now, next] = [shockScale(elapsed), shockScale(elapsed + 3_600n)];
      expect(next <= now && now - next < wad("0.04"), `${elapsed}`).to.equal(true);
    }
  });

  it("is stated for a time between now and ten years", () => {
    expect(() => shockScale(-1n)).to.throw(OutOfBounds);
    expect(() => shockScale(MAX_ELAPSED + 1n)).to.throw(OutOfBounds);
  });
});

describe("a shocked volatility", () => {
  it("is 45 % higher or 30 % lower at scale one", () => {
    expect(volatilityUp(wad("0.65"), WAD)).to.equal(wad("0.9425"));
    expect(volatilityDown(wad("0.65"), WAD)).to.equal(wad("0.455"));
  });

  it("moves with the scale", () => {
    expect(volatilityUp(wad("0.65"), wad("2.5"))).to.equal(wad("1.38125"));
    expect(volatilityDown(wad("0.65"), wad("2.5"))).to.equal(wad("0.1625"));
  });

  it("is at least 40 % if it rose", () => {
    expect(volatilityUp(wad("0.2"), WAD)).to.equal(wad("0.4"));
    expect(volatilityUp(0n, WAD)).to.equal(wad("0.4"));
  });
});
