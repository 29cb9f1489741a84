import { expect } from "chai";

import { asked, cash, cents, FLAT, future, option, perp, spot } from "./asked.ts";

// ETH at 100, shocked 7 / 10.5 %. 73 days are a fifth of a year, so an expiry's basis costs
// 0.5 % + 5 %·0.2 = 1.5 %. Liquidation costs 0.5 % of every leg's delta.

const of = (positions: object[], more: object = {}) =>
  asked({ factors: { ETH: FLAT, SOL: FLAT }, positions, ...more });

const charged = (name: keyof ReturnType<typeof of>["addOns"], positions: object[]) => {
  const { mm, im } = of(positions).addOns[name];
  return [mm, im].map(cents);
};

describe("a book of derivatives", () => {
  it("charges the basis of the net perp by its factor", () => {
    // net 6·100: 1 / 1.5 %; a SOL perp 2 / 3 % of 500
    expect(charged("perpBasis", [perp("ETH", 10), perp("ETH", -4)])).to.deep.equal([
      "6.00",
      "9.00",
    ]);
    expect(charged("perpBasis", [perp("SOL", -5)])).to.deep.equal(["10.00", "15.00"]);
    // RM 42 / 63 + 6 / 9 + 0.5 % of 600
    const { mm, im, equity } = of([perp("ETH", 10), perp("ETH", -4)]);
    expect({ mm, im, equity }).to.deep.equal({ mm: "51", im: "75", equity: "0" });
  });

  it("moves a perp by its mark, and charges it by spot", () => {
    // mark 100·1.004: RM 7 % of 1 004 = 70.28; basis 1 % of 1 000
    const ETH = { ...FLAT, perp: { premium: "0.004" } };
    const { rm, addOns } = asked({ factors: { ETH }, positions: [perp("ETH", 10)] });
    expect([rm.mm, addOns.perpBasis.mm]).to.deep.equal(["70.28", "10"]);
  });

  it("charges the basis of each expiry's net delta by its time", () => {
    expect(charged("expiryBasis", [future(73, 10), future(73, -4)])).to.deep.equal([
      "9.00",
      "9.00",
    ]);
    // 146 d: 2.5 %. They offset in the ladder, not here: 15 + 25
    const spread = [future(73, 10), future(146, -10)];
    expect(charged("expiryBasis", spread)).to.deep.equal(["40.00", "40.00"]);
    expect(of(spread).rm).to.deep.equal({ mm: "0", im: "0" });
    // others 1 % + 15 %·0.2 = 4 %, and never over 6 %
    const other = (days: number) => [{ ...future(days, 10), factor: "SOL" }];
    expect(charged("expiryBasis", other(73))).to.deep.equal(["40.00", "40.00"]);
    expect(charged("expiryBasis", other(365))).to.deep.equal(["60.00", "60.00"]);
  });

  it("nets a future with the delta of options that expire with it", () => {
    // a call struck at 1 has delta 1, a put struck at 10 000 has −1
    const call = option("call", 1, -10, { expiryDays: 73 });
    const put = option("put", 10_000, 4, { expiryDays: 73 });
    expect(charged("expiryBasis", [future(73, 10), call])).to.deep.equal(["0.00", "0.00"]);
    expect(charged("expiryBasis", [future(73, 10), put])).to.deep.equal(["9.00", "9.00"]);
  });

  it("marks a future at its forward, which its basis moves by half the charge at most", () => {
    // 100·e^(0.02·0.2) = 100.400801; 7 % of ten. 0.10·0.2 = 2 % is cut to 0.75 %: 100.752820
    expect(cents(of([future(73, 10, 0.02)]).rm.mm)).to.equal("70.28");
    expect(of([future(73, 10, 0.02)]).rm.mm).to.match(/^70\.28056/);
    expect(of([future(73, 10, 0.1)]).rm.mm).to.match(/^70\.52697/);
    expect(of([future(73, 10, -0.1)]).rm.mm).to.match(/^69\.47696/);
  });

  it("charges short options beyond what is bought of their strike and expiry", () => {
    const rates = (positions: object[]) => charged("shortOption", positions);
    // 0.5 / 1 % of 10·100
    expect(rates([option("call", 100, -10)])).to.deep.equal(["5.00", "10.00"]);
    expect(rates([option("call", 100, -10), option("put", 100, 10)])).to.deep.equal([
      "0.00",
      "0.00",
    ]);
    expect(rates([option("call", 100, -10), option("put", 100, 4)])).to.deep.equal([
      "3.00",
      "6.00",
    ]);
    expect(rates([option("call", 100, -10), option("call", 110, 10)])).to.deep.equal([
      "5.00",
      "10.00",
    ]);
    const later = option("call", 100, 10, { expiryDays: 60 });
    expect(rates([option("call", 100, -10), later])).to.deep.equal(["5.00", "10.00"]);
  });

  it("charges the cost of liquidating every leg, hedged or not", () => {
    // 0.5 % of (10 + 10 + 10·1)·100; the net of two perps is one leg
    const call = option("call", 1, 10);
    const legs = [perp("ETH", 12), perp("ETH", -2), future(73, -10), call];
    expect(charged("liquidationCost", legs)).to.deep.equal(["15.00", "15.00"]);
  });

  it("charges a quarter of the vega that expiries lend each other", () => {
    // at the money, 10 long in 73 d and 10 short in 146 d: d1 = σ√T/2
    // 73 d: √0.2 = 0.447214, φ(0.145344) = 0.394750, vega 17.6538; IV_up − IV = 0.65·0.45·(30/73)^0.13
    //       = 0.65·0.45·0.890798 = 0.260558; v = 10·17.6538·0.260558 = 45.998
    // 146 d: √0.4 = 0.632456, φ(0.205548) = 0.390603, vega 24.7039; 0.65·0.45·(30/146)^0.13
    //       = 0.2925·0.814040 = 0.238107; v = 58.822. A quarter of the less: 11.50
    const near = option("call", 100, 10, { expiryDays: 73 });
    const far = (size: number) => option("call", 100, size, { expiryDays: 146 });
    expect(charged("calendarVega", [near, far(-10)])).to.deep.equal(["11.50", "11.50"]);
    expect(charged("calendarVega", [near, far(10)])).to.deep.equal(["0.00", "0.00"]);
    expect(
      charged("calendarVega", [near, option("put", 90, -10, { expiryDays: 73 })]),
    ).to.deep.equal(["0.00", "0.00"]);
  });

  it("requires a least of every leg's delta and the debt", () => {
    // a call struck at 1 and a sold future make 99 whatever happens: no risk, no net delta
    // legs 20·100 + 200 owed: 0.5 / 0.6 % = 11 / 13.20; charges 0.5 % of 2 000 + 0.5 % of 200 = 11
    const call = option("call", 1, 10, { expiryDays: 73, volatility: 0.05 });
    const { rm, mm, im, equity } = of([call, future(73, -10), cash(-200)]);
    expect({ rm, mm, im }).to.deep.equal({ rm: { mm: "0", im: "0" }, mm: "11", im: "13.2" });
    expect(equity).to.equal("790");
  });

  it("counts options at the price of cash, for and against", () => {
    // intrinsic: a call struck at 40 is worth 60, at USDC 0.99
    const call = (size: number) => option("call", 40, size, { volatility: 0.05 });
    const under = (size: number) => of([call(size)], { stables: { USDC: 0.99 } }).equity;
    expect([under(10), under(-10)]).to.deep.equal(["594", "-594"]);
  });

  it("makes a position pay for grace without any debt", () => {
    const book = { factors: { ETH: FLAT }, positions: [perp("ETH", 6)] };
    expect([asked(book).mm, asked({ ...book, grace: 120 }).mm]).to.deep.equal(["51", "81.6"]);
    const hedged = { ...book, positions: [perp("ETH", 6), perp("ETH", -6), spot("ETH", 6)] };
    expect(asked({ ...hedged, grace: 120 }).im).to.equal(asked(hedged).im);
  });

  it("crowds a factor by units of its underlying", () => {
    // local params: 3 M ETH to 15 M; 12 M is three quarters of the way: 7 %·1.75
    const ETH = { ...FLAT, sigma: 1, openInterest: 12_000_000 };
    const { shock } = asked({ factors: { ETH }, positions: [perp("ETH", 1)] }).factors["ETH"]!;
    expect(Number(shock.mm)).to.be.closeTo(4 * 0.02136869216 * 1.75, 1e-9);
  });
});
