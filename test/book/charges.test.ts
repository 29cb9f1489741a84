import { expect } from "chai";

import { asked, cash, cents, ETH, FLAT, spot } from "./asked.ts";

describe("charges of a book", () => {
  it("charge a debt in a stable below its peg for its way back", () => {
    // owed 30 000 USDC at 0.97: debt 29 100; short max(0.5 %, 1 − 0.97) = 3 % of the face = 900
    // IM max(900, 0.6 %·29 100 = 174.60) = 900; MM min(900, 900 / 1.2) = 750
    const { equity, mm, im } = asked({ stables: { USDC: 0.97 }, positions: [cash(-30_000)] });
    expect({ equity, mm, im }).to.deep.equal({ equity: "-29100", mm: "750", im: "900" });
  });

  it("charge a long stable below its peg more, at IM only", () => {
    // lent 30 000 USDC at 0.97: MM 2 % = 600; IM 3 % + 4·(0.99 − 0.97) = 11 % = 3 300
    const { equity, mm, im } = asked({ stables: { USDC: 0.97 }, positions: [cash(30_000)] });
    expect({ equity, mm, im }).to.deep.equal({ equity: "29100", mm: "600", im: "3300" });
  });

  it("charge each stable by its own rate", () => {
    // 1 000 USDT 3 / 5 % = 30 / 50; 1 000 DAI at 0.98: 30 / 5 % + 4·0.01 = 90. Values 1 000 + 980.
    const positions = [spot("USDT", 1_000), spot("DAI", 1_000)];
    const { equity, mm, im } = asked({ stables: { DAI: "0.98" }, positions });
    expect({ equity, mm, im }).to.deep.equal({ equity: "1980", mm: "60", im: "140" });
  });

  it("require a least of the debt", () => {
    // 30 000 owed at par: the charge is 150 in both modes, the least 0.5 / 0.6 % = 150 / 180
    const { mm, im } = asked({ positions: [cash(-30_000)] });
    expect({ mm, im }).to.deep.equal({ mm: "150", im: "180" });
  });

  it("multiply everything by the grace tier, where something is owed", () => {
    // 4 555.3586 / 6 858.0379 · 1.6
    const book = { factors: { ETH }, positions: [spot("ETH", 10), cash(-30_000)], grace: 120 };
    const { mm, im, standalone } = asked(book);
    expect([mm, im].map(cents)).to.deep.equal(["7288.57", "10972.86"]);
    // alone, 10 ETH owe nothing: 4 405.36 + 1.6·150 = 4 645.36; 6 708.04 + 1.6·180 = 6 996.04
    expect([standalone.mm, standalone.im].map(cents)).to.deep.equal(["4645.36", "6996.04"]);
  });

  it("ask nothing for grace where nothing is owed", () => {
    const book = { factors: { ETH }, positions: [spot("ETH", 10), cash(1)] };
    expect(asked({ ...book, grace: "30" })).to.deep.equal(asked(book));
  });

  it("take the band of a factor on its notional", () => {
    // band 20 of 4 000 = 0.5 % of 40 000 = 200 in both modes
    const factors = { ETH: { ...ETH, band: 20 } };
    const { mm, im, addOns } = asked({ factors, positions: [spot("ETH", 10), cash(-30_000)] });
    expect(addOns.oracleBand).to.deep.equal({ mm: "200", im: "200" });
    expect([mm, im].map(cents)).to.deep.equal(["4755.36", "7058.04"]);
  });

  it("take the bands of rates and stables too", () => {
    // 10 wstETH at 1.2 ± 0.012 of 100: 1 % of 1 200 = 12; 1 000 USDC owed ± 0.002: 2
    const { addOns } = asked({
      factors: { ETH: FLAT },
      assets: { wstETH: { rate: 1.2, band: 0.012 } },
      stables: { USDC: { price: 1, band: 0.002 } },
      positions: [spot("wstETH", 10), cash(-1_000)],
    });
    expect(addOns.oracleBand).to.deep.equal({ mm: "14", im: "14" });
  });

  it("charge size against a day's volume", () => {
    // N 10 000, 5 % of ADV 50 000 = 2 500: √4 = 2; 7 %·0.5·2 = 7 % of N = 700; IM 1 050
    const factors = { ETH: { ...FLAT, adv: 50_000 } };
    const { addOns } = asked({ factors, positions: [spot("ETH", 100)] });
    expect([addOns.size.mm, addOns.size.im].map(cents)).to.deep.equal(["700.00", "1050.00"]);
  });

  it("shock a crowded factor harder", () => {
    // local params: g leaves 1 at 3 M ETH, reaches 2 at 15 M; at 9 M it is 1.5
    const factors = { ETH: { ...ETH, openInterest: 9_000_000 } };
    const { factors: held } = asked({ factors, positions: [spot("ETH", 10)] });
    // 1.5·10.513397 %; 1.5·15.770095 %
    expect(held["ETH"]!.shock.mm).to.match(/^0\.15770094/);
    expect(held["ETH"]!.shock.im).to.match(/^0\.23655142/);
  });
});
