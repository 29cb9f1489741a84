import { expect } from "chai";

import { asked, BTC, cash, cents, ETH, spot } from "./asked.ts";

// √(4 h / YEAR) = √(14 400 / 31 536 000) = 0.02136869216; s = k·σ·that.

describe("margin of a book", () => {
  it("of one factor is its worst loss, exit haircut and the charge on the debt", () => {
    // s: 4·1.23·0.02136869 = 10.513397 %; 6·1.23·0.02136869 = 15.770095 %
    // W: 40 000·s          = 4 205.36        6 308.04
    // exit 0.5 / 1 %       =   200             400
    // short USDC 0.5 %     =   150             150
    //                        4 555.36        6 858.04     health 10 000 / 4 555.36 = 2.1952
    const book = { factors: { ETH }, positions: [spot("ETH", 10), cash(-30_000)] };
    const { equity, mm, im, health, rm, factors, addOns } = asked(book);
    expect([equity, mm, im].map(cents)).to.deep.equal(["10000.00", "4555.36", "6858.04"]);
    expect(health).to.match(/^2\.1952/);
    expect(factors["ETH"]!.shock.mm).to.match(/^0\.105133965/);
    expect(factors["ETH"]!.shock.im).to.match(/^0\.157700948/);
    expect([rm.mm, rm.im].map(cents)).to.deep.equal(["4205.36", "6308.04"]);
    expect(factors["ETH"]!.worst).to.deep.equal(rm);
    expect(addOns.exit).to.deep.equal({ mm: "200", im: "400" });
    expect(addOns.stable).to.deep.equal({ mm: "150", im: "150" });
  });

  it("sums standalone over positions, cash among them", () => {
    // 10 ETH alone: 4 405.36 / 6 708.04. Cash alone: MM max(150, 0.5 %·30 000 = 150),
    // IM max(150, 0.6 %·30 000) = 180. Sum 4 555.36 / 6 888.04.
    const book = { factors: { ETH }, positions: [spot("ETH", 10), cash(-30_000)] };
    const { standalone } = asked(book);
    expect([standalone.mm, standalone.im].map(cents)).to.deep.equal(["4555.36", "6888.04"]);
  });

  it("of two majors takes the worse of both sets of correlations", () => {
    // s MM: BTC 4·0.96·0.02136869 = 8.205578 %, ETH 10.513397 %
    // W: BTC 8 205.58, ETH 4 205.36; ΣW 12 410.94.  ρ = 0.92 for both, no alts: S = 0
    // low  ρ = max(2·0.92 − 1, 0.75·0.92) = max(0.84, 0.69) = 0.84
    //      A = 0.84·12 410.94 = 10 425.19
    //      I² = (1 − 0.84²)·(8 205.58² + 4 205.36²) = 0.2944·85 016 548 = 25 028 872
    //      RM = √(10 425.19² + 25 028 872) = √133 713 387 = 11 563.45
    // high ρ = min(1, 1.25·0.92) = 1:  A = 12 410.94, I = 0, RM = 12 410.94: the worse
    // exit 0.5 / 1 % of 140 000 = 700 / 1 400; short USDC 0.5 % of 100 000 = 500
    // MM 12 410.94 + 700 + 500 = 13 610.94; IM 1.5·12 410.94 + 1 400 + 500 = 20 516.40
    const positions = [spot("BTC", 1), spot("ETH", 10), cash(-100_000)];
    const { equity, mm, im, rm, factors } = asked({ factors: { BTC, ETH }, positions });
    expect([equity, mm, im].map(cents)).to.deep.equal(["40000.00", "13610.94", "20516.40"]);
    expect([rm.mm, rm.im].map(cents)).to.deep.equal(["12410.94", "18616.40"]);
    expect(cents(factors["BTC"]!.worst.mm)).to.equal("8205.58");
    expect(cents(factors["ETH"]!.worst.mm)).to.equal("4205.36");
  });

  it("of alts lets them fall together, as a sector, and alone", () => {
    // σ = 0, so sMin: SOL 12 %, LINK 11 %; 10 000 of each: W 1 200 and 1 100
    // high ρ: SOL 0.9375, LINK 1.  A = 1 125 + 1 100 = 2 225
    //      η² = 0.3·(1 − 0.9375²) = 0.036328125 (SOL), 0 (LINK);  S² = η²·1 200² = 52 312.5
    //      I² = (1 − 0.87890625 − 0.036328125)·1 200² = 122 062.5
    //      RM = √(4 950 625 + 52 312.5 + 122 062.5) = √5 125 000 = 2 263.85
    // low  ρ: SOL max(0.5, 0.5625), LINK max(0.6, 0.6).  A = 675 + 660 = 1 335
    //      η: √(0.3·0.68359375) = 0.452856, √(0.3·0.64) = 0.438178;  S = 543.43 + 482.00 = 1 025.42
    //      I² = 0.478515625·1 200² + 0.448·1 100² = 1 231 142.5;  RM = √4 064 859 = 2 016.15
    // exit 2 / 4 % of 20 000 = 400 / 800.  No debt.
    const factors = { SOL: { price: 100, sigma: 0 }, LINK: { price: 10, sigma: 0 } };
    const { mm, im, rm } = asked({ factors, positions: [spot("SOL", 100), spot("LINK", 1_000)] });
    expect([mm, im].map(cents)).to.deep.equal(["2663.85", "4195.77"]);
    expect([rm.mm, rm.im].map(cents)).to.deep.equal(["2263.85", "3395.77"]);
  });

  it("of an asset that follows a factor nets with it and adds its own charge", () => {
    // 10 wstETH at 1.2 ETH = 48 000; W 48 000·10.513397 % = 5 046.43 / 7 569.65
    // exit 0.5 / 1 % = 240 / 480; LST 3.5 / 5 % = 1 680 / 2 400
    // MM 6 966.43, IM 10 449.65
    const book = { factors: { ETH }, assets: { wstETH: { rate: 1.2 } } };
    const { equity, mm, im, addOns } = asked({ ...book, positions: [spot("wstETH", 10)] });
    expect([equity, mm, im].map(cents)).to.deep.equal(["48000.00", "6966.43", "10449.65"]);
    expect(addOns.lst).to.deep.equal({ mm: "1680", im: "2400" });
  });

  it("takes the rate of the parameters where a book has none", () => {
    const held = { factors: { ETH }, positions: [spot("wstETH", 10)] };
    expect(asked(held)).to.deep.equal(asked({ ...held, assets: { wstETH: { rate: "1.20" } } }));
  });

  it("shows twelve scenarios, gains positive, tails weighted", () => {
    // 100 ETH of 100 USD at sMin 7 %, IM 10.5 %; half steps −½ and −⅔; tails 0.4·2.5 = 1
    const factors = { ETH: { price: 100, sigma: 0 } };
    const { ladder, worst } = asked({ factors, positions: [spot("ETH", 100)] }).factors["ETH"]!;
    const mm = ["-700", "-350", "0", "350", "700"];
    expect(ladder.mm).to.deep.equal([...mm, ...mm, "-700", "700"]);
    const im = ["-1050.00", "-700.00", "0.00", "700.00", "1050.00"];
    expect(ladder.im.map(cents)).to.deep.equal([...im, ...im, "-1050.00", "1050.00"]);
    expect(worst).to.deep.equal({ mm: "700", im: "1050" });
  });

  it("names every charge, what is not due as zero", () => {
    const { addOns } = asked({ factors: { ETH }, positions: [spot("ETH", 1)] });
    const names =
      "perpBasis expiryBasis lst stable exit shortOption calendarVega liquidationCost oracleBand size";
    expect(Object.keys(addOns).join(" ")).to.equal(names);
    expect(addOns.perpBasis).to.deep.equal({ mm: "0", im: "0" });
  });

  it("finds a book that needs nothing as healthy as can be", () => {
    const { mm, im, health, factors } = asked({ positions: [cash(0)] });
    expect({ mm, im, health, factors }).to.deep.equal({
      mm: "0",
      im: "0",
      health: "18",
      factors: {},
    });
  });

  it("finds a debt past its collateral unhealthy, below zero", () => {
    const { equity, health } = asked({
      factors: { ETH },
      positions: [spot("ETH", 1), cash(-5_000)],
    });
    expect(equity).to.equal("-1000");
    expect(health).to.match(/^-2\./);
  });
});
