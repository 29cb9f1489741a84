import { expect } from "chai";

import { asked, BTC, cash, ETH, option, perp, spot } from "./asked.ts";

// DESIGN §7.6: each printed figure is rounded, so within 1 USD of it. What each is made of:
//   short USDC 0.5 %, exit 0.5 / 1 %, perp basis 1 / 1.5 %, liquidation cost 0.5 % of |delta|·S

const factors = { BTC, ETH };

/** Figures of a book in USD, those of both modes as pairs. */
function figures(positions: object[]) {
  const { equity, mm, im, rm, standalone, addOns, factors: held } = asked({ factors, positions });
  const pair = (figure: { mm: string; im: string }) => [Number(figure.mm), Number(figure.im)];
  return {
    equity: Number(equity),
    required: [Number(mm), Number(im)],
    risk: pair(rm),
    standalone: pair(standalone),
    shocks: Object.values(held).map(({ shock }) => Number(shock.mm)),
    addOns: Object.fromEntries(Object.entries(addOns).map(([name, one]) => [name, pair(one)])),
  };
}

function near(found: readonly number[], printed: readonly number[], within = 1): void {
  expect(found).to.have.length(printed.length);
  for (const [i, figure] of printed.entries()) expect(found[i]).to.be.closeTo(figure, within);
}

describe("the worked books", () => {
  it("hedge 10 ETH of collateral with a perp", () => {
    // RM 0: long 40 000, short 40 000
    // perp basis 400 / 600 + exit 200 / 400 + stable 150 + liquidation 200 = 950 / 1 350
    // alone: ETH 4 405 / 6 708; perp 4 205 + 400 + 200 = 4 805 / 6 308 + 800 = 7 108; USDC 150 / 180
    const book = figures([spot("ETH", 10), perp("ETH", -10), cash(-30_000)]);
    near(book.risk, [0, 0], 1e-12);
    near(book.required, [950, 1_350], 1e-12);
    near(book.standalone, [9_361, 13_996]);
    near(book.addOns["perpBasis"]!, [400, 600], 1e-12);
    near(book.addOns["exit"]!, [200, 400], 1e-12);
    near(book.addOns["stable"]!, [150, 150], 1e-12);
    near(book.addOns["liquidationCost"]!, [200, 200], 1e-12);
  });

  it("set one perp against another", () => {
    // W: 8 205.58 and 10 513.40, opposite. low ρ 0.84: A = 0.84·(10 513.40 − 8 205.58) = 1 938.57,
    // I² = 0.2944·(8 205.58² + 10 513.40²) = 52 362 787; RM = √(1 938.57² + 52 362 787) = 7 491.39
    // perp basis 2 000 / 3 000 + stable 2 / 3 % of 25 000 = 500 / 750 + liquidation 1 000
    const book = figures([perp("BTC", 1), perp("ETH", -25), cash(25_000)]);
    near(book.shocks, [0.082056, 0.105134], 5e-7);
    near(book.risk, [7_491, 11_237]);
    near(book.required, [10_991, 15_987]);
    near(book.standalone, [22_219, 32_828]);
  });

  it("sell a strangle over staked collateral", () => {
    // LST 3.5 / 5 % of 24 000 = 840 / 1 200; stable 2 / 3 % of 10 000; exit 120 / 240
    // short options 0.5 / 1 % of 20·4 000 = 400 / 800
    const strangle = [option("put", 3_400, -10), option("call", 4_800, -10)];
    const book = figures([...strangle, spot("wstETH", 5), cash(10_000)]);
    near([book.equity], [32_569]);
    near(book.required, [6_437, 9_900]);
    near(book.standalone, [9_057, 14_133]);
    near(book.addOns["lst"]!, [840, 1_200], 1e-12);
    near(book.addOns["shortOption"]!, [400, 800], 1e-12);
  });
});
