import { expect } from "chai";
import { parseUnits } from "viem";
import { OutOfBounds } from "../../sdk/errors/OutOfBounds.ts";
import { callAt, curvesOf, expiryVega, movesOf, strikeAt } from "../../sdk/math/CurveMath.ts";
import { fullLadder, initialMode, laterMode } from "../../sdk/math/ScenarioMath.ts";
import { WAD } from "../../sdk/math/WadMath.ts";
import type { Expiry, Exposure, Strike } from "../../sdk/types/Portfolio.ts";

// DESIGN §7.3 by hand: at its end an option is worth what it pays, so that scenarios are whole numbers.

const wad = (text: string) => parseUnits(text, 18);
const surface = { atm: wad("0.8"), skew: 0n, curvature: 0n };
const at100 = strikeAt(wad("100"), wad("100"), 0n, surface);

const holding = (sizes: Partial<Strike>, more: Partial<Expiry> = {}): Expiry => ({
  time: 0,
  left: 0n,
  root: 0n,
  forward: wad("100"),
  exposed: WAD,
  unsettled: WAD,
  ahead: WAD,
  futures: 0n,
  strikes: [{ ...at100, ...sizes }],
  vega: 0n,
  curves: [[], [], [], []],
  largestLoss: 0n,
  ...more,
});

const inUnits = (values: bigint[], unit: bigint) => values.map((value) => Number(value / unit));

describe("the moves of a shock of 10 %", () => {
  it("are its whole, its half, and two and a half times it", () => {
    const moves = ["-0.1", "-0.05", "0", "0.05", "0.1", "-0.25", "0.25"].map(wad);
    expect(movesOf(wad("0.1"), WAD / 2n)).to.deep.equal(moves);
  });

  it("go no lower than −90 %", () => {
    const moves = ["-0.72", "-0.36", "0", "0.36", "0.72", "-0.9", "1.8"].map(wad);
    expect(movesOf(wad("0.72"), WAD / 2n)).to.deep.equal(moves);
    expect(movesOf(WAD, WAD)[0]).to.equal(-wad("0.9"));
  });
});

describe("the curve of a call of 100 at its end, at a shock of 10 %", () => {
  const curve = (expiry: Expiry) =>
    inUnits(curvesOf(expiry, wad("0.1"), WAD / 2n), (WAD * WAD) / 10n);

  it("is what it pays", () => {
    const paid = [0, 0, 0, 50, 100, 0, 0, 0, 50, 100, 0, 250];
    expect(curve(holding({ calls: WAD }))).to.deep.equal(paid);
    expect(curve(holding({ puts: WAD }))).to.deep.equal(paid);
    expect(curve(holding({ calls: -WAD }))).to.deep.equal(paid.map((one) => (one ? -one : 0)));
    expect(curve(holding({ calls: WAD, puts: -WAD }))).to.deep.equal(paid.map(() => 0));
  });

  it("feels half of it, if half has settled", () => {
    const half = holding({ calls: WAD }, { exposed: WAD / 2n });
    expect(curve(half)).to.deep.equal([0, 0, 0, 25, 50, 0, 0, 0, 25, 50, 0, 125]);
  });

  it("has no vega", () => expect(expiryVega(holding({ calls: WAD }))).to.equal(0n));
});

describe("a ladder", () => {
  const ladder = (expiry: Expiry, mode = initialMode()) => {
    const priced = { ...expiry, curves: [[], curvesOf(expiry, wad("0.1"), WAD / 2n)] };
    const exposure = { spot: 0n, perps: 0n, mark: 0n, expiries: [priced] } as unknown as Exposure;
    return fullLadder(exposure, wad("0.1"), { ...mode, halfStep: WAD / 2n });
  };

  it("of a call weighs its tail at 0.4", () => {
    const { profit, down, up } = ladder(holding({ calls: WAD }));
    expect(inUnits(profit, WAD)).to.deep.equal([0, 0, 0, 5, 10, 0, 0, 0, 5, 10, 0, 10]);
    expect([down, up]).to.deep.equal([0n, 0n]);
  });

  it("of a put pays where the forward falls", () => {
    const { profit } = ladder(holding({ puts: WAD }));
    expect(inUnits(profit, WAD)).to.deep.equal([10, 5, 0, 0, 0, 10, 5, 0, 0, 0, 10, 0]);
  });

  it("of a short put loses there, and nowhere else", () => {
    const { down, up } = ladder(holding({ puts: -WAD }));
    expect([down, up]).to.deep.equal([-wad("10"), 0n]);
  });

  it("leaves out what expires within the hour, if so asked", () => {
    const { profit } = ladder(holding({ puts: -WAD }), laterMode());
    expect(inUnits(profit, WAD)).to.deep.equal(profit.map(() => 0));
  });
});

describe("a strike", () => {
  it("at its end is worth what it pays", () => {
    const deep = strikeAt(wad("80"), wad("100"), 0n, surface);
    expect([deep.call, deep.delta]).to.deep.equal([wad("20"), WAD]);
    expect([at100.call, at100.delta]).to.deep.equal([0n, 0n]);
  });

  it("is refused beyond what it can be", () => {
    const even = { ...surface, atm: 1n << 60n }; // whose product with a time of 2^196 wraps to zero
    expect(() => strikeAt(WAD, WAD, 1n << 196n, even)).to.throw(OutOfBounds);
    expect(() => strikeAt(WAD, 0n, WAD, surface)).to.throw(OutOfBounds);
    const none = { ...at100, strike: -(1n << 255n) };
    expect(() => callAt(none, WAD, WAD, WAD)).to.throw(OutOfBounds);
  });
});
