import { expect } from "chai";

import { explain } from "../../sdk/book/explain.ts";
import { parseBook } from "../../sdk/book/parse.ts";
import { asked, cents, FLAT, future, option, params, perp, spot } from "./asked.ts";

// ETH at 100, shocked 7 / 10.5 %. Ten ETH, and ten sold by a future that is about to expire.

const HOUR = "0.041666666666666667"; // of a day: 3 600 s
const QUARTER = "0.010416666666666667"; // 900 s: half of the window

const hedged = (days: string) => [spot("ETH", 10), future(days, -10)];
const of = (positions: object[], expiries: object = {}) =>
  asked({ factors: { ETH: { ...FLAT, expiries } }, positions });

describe("a book about to lose a leg", () => {
  it("needs no more than its net an hour and a second before", () => {
    // exit 5 / 10, basis 0.5 % of 1 000 (its time makes 5.7e-6 more), liquidation 5
    const { rm, mm, im } = of(hedged("0.041678240740740741"));
    expect([rm.im, cents(mm), cents(im)]).to.deep.equal(["0", "15.01", "20.01"]);
  });

  it("needs within the hour what it would without the leg, at IM only", () => {
    // IM: 10.5 % of 1 000 + exit 10 = 115. MM as it stands: exit 5 + basis 5 + liquidation 5
    const { rm, mm, im, factors, addOns } = of(hedged(HOUR));
    expect([cents(mm), im]).to.deep.equal(["15.01", "115"]);
    expect(rm).to.deep.equal({ mm: "0", im: "105" });
    expect(factors["ETH"]!.worst).to.deep.equal({ mm: "0", im: "105" });
    expect(addOns.liquidationCost).to.deep.equal({ mm: "5", im: "0" });
  });

  it("needs what it does with the leg, if that is more", () => {
    const { im, rm } = of([future(HOUR, -10)]);
    expect([rm.im, cents(im)]).to.deep.equal(["105", "115.01"]);
  });

  it("says so", () => {
    const explained = (positions: object[]) =>
      explain(parseBook({ factors: { ETH: FLAT }, positions }), params).expiring;
    expect(explained(hedged(HOUR))).to.equal(true);
    expect(explained([future(HOUR, -10)])).to.equal(false);
    expect(explained(hedged("1"))).to.equal(false);
  });

  it("leaves out options too", () => {
    // a call struck at 1 that is sold against ten ETH
    const sold = option("call", 1, -10, { expiryDays: HOUR });
    expect(of([spot("ETH", 10), sold]).im).to.equal("115");
  });
});

describe("a book in a settlement window", () => {
  it("feels of a move what is not averaged yet", () => {
    // half is over at an average of spot: RM 7 % of 500; delta 5·100: basis 0.5 %, liquidation 0.5 %
    const { rm, addOns } = of([future(QUARTER, 10)]);
    expect(rm.mm).to.equal("35");
    expect(cents(addOns.expiryBasis.mm)).to.equal("2.50");
    expect(addOns.liquidationCost.mm).to.equal("2.5");
  });

  it("takes the average so far from the book", () => {
    // forward ½·60 + ½·100 = 80, a call struck at 70 is worth 10 as its volatility is all but over
    const call = option("call", 70, 10, { expiryDays: QUARTER, volatility: 0.05 });
    const { equity, rm } = of([call], { [QUARTER]: { average: 60 } });
    expect(cents(equity)).to.equal("100.00");
    expect(cents(rm.mm)).to.equal("35.00"); // still 7 % of half of 1 000
  });

  it("feels all of a move at its first second, and next to nothing at its last", () => {
    const risk = (days: string) => Number(of([future(days, 10)]).rm.mm);
    expect(risk("0.020833333333333333")).to.equal(70); // 1 800 s
    expect(risk("0.000001")).to.be.closeTo(70 / 1_800, 1e-12); // one second
  });

  it("nets a perp against the half that is left", () => {
    expect(of([future(QUARTER, 10), perp("ETH", -5)]).rm).to.deep.equal({ mm: "0", im: "52.5" });
  });
});
