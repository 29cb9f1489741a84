import { expect } from "chai";
import { parseUnits } from "viem";
import { OutOfBounds } from "../../sdk/errors/OutOfBounds.ts";
import {
  averageOf,
  callPayoff,
  exposedShare,
  forwardOf,
  MAX_SUM,
  MOST_SILENT,
  putPayoff,
  settledShare,
  settlingForward,
  silenceAfter,
  sumAfter,
  WINDOW,
} from "../../sdk/math/SettlementMath.ts";
import { abs, MAX_PRICE, WAD, YEAR } from "../../sdk/math/WadMath.ts";

// DESIGN §6 by hand: forwards, and the average at which futures and options settle.

const wad = (text: string) => parseUnits(text, 18);

function near(found: bigint, expected: bigint, wei: bigint): void {
  expect(abs(found - expected) <= wei, `${found} is not ${expected} ± ${wei}`).to.equal(true);
}

describe("a forward", () => {
  const half = YEAR / 2n;
  const at = (basis: string, left = half, limit = "1") =>
    forwardOf(wad("100"), wad(basis), left, wad(limit));

  it("is spot·e^(basis·T): 10 % for half a year is 5.127 %", () => {
    near(at("0.1"), wad("105.127109637602403970"), 200n);
    near(at("-0.1"), wad("95.122942450071400909"), 200n);
  });

  it("is spot without basis, or at its end", () => {
    expect(at("0")).to.equal(wad("100"));
    expect(at("0.1", 0n)).to.equal(wad("100"));
  });

  it("moves no further than its limit: e^0.02 either way", () => {
    near(at("0.1", half, "0.02"), wad("102.020134002675581016"), 200n);
    near(at("-2", half, "0.02"), wad("98.019867330675530222"), 200n);
    expect(at("0.1", half, "0")).to.equal(wad("100"));
  });

  it("is never more than a price may be", () => {
    expect(forwardOf(MAX_PRICE, wad("2"), half, WAD)).to.equal(MAX_PRICE);
    expect(forwardOf(0n, wad("2"), half, WAD)).to.equal(0n);
  });
});

describe("a settlement window", () => {
  it("lasts half an hour", () => {
    expect(settledShare(-1n)).to.equal(0n);
    expect(settledShare(0n)).to.equal(0n);
    expect(settledShare(900n)).to.equal(WAD / 2n);
    expect(settledShare(WINDOW)).to.equal(WAD);
    expect(settledShare(WINDOW + 1n)).to.equal(WAD);
  });

  it("averages by time: 100, 110 and 120 for ten minutes each are 110", () => {
    const prices = ["100", "110", "120"].map(wad);
    const sum = prices.reduce((before, price) => sumAfter(before, price, 600n), wad("5000"));
    expect(averageOf(sum, wad("5000"), WINDOW, wad("120"))).to.equal(wad("110"));
  });

  it("averages 100 for twenty-five minutes and 160 for five to 110", () => {
    const sum = sumAfter(sumAfter(0n, wad("100"), 1_500n), wad("160"), 300n);
    expect(averageOf(sum, 0n, WINDOW, wad("160"))).to.equal(wad("110"));
  });

  it("is at the price in force before any time has passed", () => {
    expect(averageOf(0n, 0n, 0n, wad("120"))).to.equal(wad("120"));
    expect(averageOf(7n, 9n, -5n, wad("120"))).to.equal(wad("120"));
  });

  it("is worth nothing, rather than less, if sums ran backwards", () => {
    expect(averageOf(0n, wad("5000"), WINDOW, wad("120"))).to.equal(0n);
  });

  it("is never averaged beyond a price", () => {
    expect(averageOf(MAX_SUM, 0n, 1n, WAD)).to.equal(MAX_PRICE);
    expect(() => averageOf(1n << 254n, -(1n << 254n), 1n, WAD)).to.throw(OutOfBounds);
  });

  it("is silent from when a price has outlived its life", () => {
    expect(silenceAfter(0n, 3_600n, 3_600n)).to.equal(0n);
    expect(silenceAfter(0n, 3_599n, 3_600n)).to.equal(0n);
    expect(silenceAfter(0n, 4_200n, 3_600n)).to.equal(MOST_SILENT);
    expect(silenceAfter(600n, 3_700n, 3_600n)).to.equal(700n);
    expect(() => silenceAfter(0n, 1n << 255n, -1n)).to.throw(OutOfBounds);
  });
});

describe("a forward that settles", () => {
  const forward = wad("110");
  const settling = settlingForward(forward, wad("90"), WAD / 2n);

  it("is half average, half forward halfway", () => {
    expect(settling).to.equal(wad("100"));
    expect(settlingForward(forward, wad("90"), 0n)).to.equal(forward);
    expect(settlingForward(forward, wad("90"), WAD)).to.equal(wad("90"));
  });

  it("feels of a move what is still open: 0.5·110/100", () => {
    const share = exposedShare(forward, settling, WAD / 2n);
    expect(share).to.equal(wad("0.55"));
    const moved = settlingForward((forward * 11n) / 10n, wad("90"), WAD / 2n);
    expect(moved - settling).to.equal((settling * share) / WAD / 10n); // 10 % of spot: 5.5
  });

  it("feels all of it before and nothing after", () => {
    expect(exposedShare(forward, forward, 0n)).to.equal(WAD);
    expect(exposedShare(forward, wad("90"), WAD)).to.equal(0n);
    expect(exposedShare(0n, 0n, 0n)).to.equal(0n);
  });

  it("never feels more than all of it", () => {
    const fallen = settlingForward(forward, 0n, WAD / 4n);
    expect(exposedShare(forward, fallen, WAD / 4n)).to.equal(WAD);
    expect(exposedShare(forward, 1n, 0n)).to.equal(WAD);
  });
});

describe("a payoff", () => {
  it("is what a call ends above, or a put below, its strike", () => {
    expect(callPayoff(wad("110"), wad("100"))).to.equal(wad("10"));
    expect(callPayoff(wad("90"), wad("100"))).to.equal(0n);
    expect(putPayoff(wad("90"), wad("100"))).to.equal(wad("10"));
    expect(putPayoff(wad("110"), wad("100"))).to.equal(0n);
    expect(callPayoff(wad("100"), wad("100"))).to.equal(0n);
    expect(putPayoff(wad("100"), wad("100"))).to.equal(0n);
  });

  it("of a call less that of a put is the future's", () => {
    for (const end of ["0", "70", "100", "130"].map(wad)) {
      const strike = wad("100");
      expect(callPayoff(end, strike) - putPayoff(end, strike)).to.equal(end - strike);
    }
  });
});
