import { expect } from "chai";

import { explain } from "../../sdk/book/explain.ts";
import { parseBook } from "../../sdk/book/parse.ts";
import { BTC, cash, ETH, future, option, params, perp, spot } from "./asked.ts";

const WAD = 10n ** 18n;

const of = (positions: object[], factors: object = { BTC, ETH }) =>
  explain(parseBook({ factors, positions }), params);
const usd = (wad: bigint) => Number(wad) / 1e18;

describe("an explained book", () => {
  it("says what each position needs alone, and what they save together", () => {
    // DESIGN §7.6: ETH 4 405.36, perp 4 805.36, USDC 150; 9 360.72 less 950
    const { alone, standalone, benefit } = of([spot("ETH", 10), perp("ETH", -10), cash(-30_000)]);
    expect(alone.map(({ name }) => name)).to.deep.equal(["ETH", "ETH perp", "USDC"]);
    expect(alone.map(({ required }) => Math.round(usd(required[0])))).to.deep.equal([
      4_405, 4_805, 150,
    ]);
    expect(usd(standalone[0])).to.be.closeTo(9_360.72, 0.01);
    expect(usd(benefit[0])).to.be.closeTo(9_360.72 - 950, 0.01);
    expect(usd(benefit[1])).to.be.closeTo(13_996.08 - 1_350, 0.01);
  });

  it("says what each position adds: a hedge takes away", () => {
    // with the perp 950; without it 4 555.36; without the ETH 4 805.36 + 150
    const { alone } = of([spot("ETH", 10), perp("ETH", -10), cash(-30_000)]);
    const marginal = alone.map((one) => usd(one.marginal[0]));
    for (const [i, expected] of [950 - 4_955.36, 950 - 4_555.36, 150].entries())
      expect(marginal[i]).to.be.closeTo(expected, 0.01);
  });

  it("says which correlations bind, and how RM comes about", () => {
    // DESIGN §7.6: opposite perps, low ρ 0.84: A 1 938.57, I 7 236.21, RM 7 491.39
    const { sets, risk } = of([perp("BTC", 1), perp("ETH", -25), cash(25_000)]);
    const { low, high, source } = sets[0];
    expect(source).to.equal("low");
    expect([low.common, low.sector, low.own, low.risk].map(usd).map(Math.round)).to.deep.equal([
      1_939, 0, 7_236, 7_491,
    ]);
    expect(low.risk).to.equal(risk[0]);
    expect(Math.round(usd(high.risk))).to.equal(10_513 - 8_206 + 1); // ρ = 1: A alone, 2 307.82
    expect(low.scenario).to.equal(4); // the market rises
    expect(of([perp("BTC", 1), perp("ETH", 25)]).sets[1].source).to.equal("high");
    expect(of([perp("BTC", 1)]).sets[0].source).to.equal("single");
    expect(of([cash(1)]).sets[0].source).to.equal("single");
  });

  it("says which scenario is each factor's worst", () => {
    // a sold strangle loses most where volatility rises; the call's side, where vega is larger
    const { factors } = of([option("put", 3_400, -10), option("call", 4_800, -10)]);
    const { scenario, ladder, worst, move } = factors[0]!;
    expect(ladder[0].profit[scenario[0]!]).to.equal(-worst[0]);
    expect(ladder[1].profit[scenario[1]!]).to.equal(-worst[1]);
    expect([0, 4, 10, 11]).to.include(scenario[0]);
    expect(Math.abs(usd(move[0]))).to.be.at.least(usd(factors[0]!.shock[0]) - 1e-9);
    expect(of([perp("ETH", -1)]).factors[0]!.scenario).to.deep.equal([4, 4]);
    expect(of([spot("ETH", 1), perp("ETH", -1)]).factors[0]!.scenario).to.deep.equal([
      undefined,
      undefined,
    ]);
  });

  it("says which charge is the largest, and which rule binds", () => {
    const { charge, binding, notional } = of([spot("ETH", 10), perp("ETH", -10), cash(-30_000)]);
    expect(charge).to.deep.equal(["perpBasis", "perpBasis"]);
    expect(binding).to.deep.equal(["risk", "risk"]);
    expect(notional).to.deep.equal([40_000n * WAD, 40_000n * WAD]);
    expect(of([]).charge).to.deep.equal([undefined, undefined]);
    expect(of([cash(-200)]).binding).to.deep.equal(["risk", "least"]); // 0.5 and 0.6 % of it
    const day = option("call", 4_000, 1, { expiryDays: 1 });
    expect(of([day, cash(-200)]).binding).to.deep.equal(["initial", "limited"]);
  });

  it("gives the greeks of a factor in USD", () => {
    // at the money, 30 d, 65 %: √T 0.286691, σ√T 0.186349, d1 0.093175, φ 0.397215, Φ 0.537118
    // delta 10·0.537118·4 000 = 21 484.70 and the rest as it is
    // gamma 10·φ/(F·σ√T)·F²·1 % = 852.63; vega 10·F·φ·√T/100 = 45.55; theta −10·F·φ·σ√T/(2·30)
    const { factors } = of([
      option("call", 4_000, 10),
      spot("ETH", 1),
      perp("ETH", -3),
      future(9, 1),
    ]);
    const { delta, gamma, vega, theta } = factors[0]!.greeks;
    expect(usd(delta)).to.be.closeTo(21_484.7 + 4_000 - 12_000 + 4_000, 0.01);
    expect(usd(gamma)).to.be.closeTo(852.63, 0.01);
    expect(usd(vega)).to.be.closeTo(45.55, 0.01);
    expect(usd(theta)).to.be.closeTo(-49.35, 0.01);
  });

  it("gives greeks that are what a small step makes", () => {
    const held = [option("put", 3_700, -7, { expiryDays: 11 }), option("call", 4_300, 5)];
    const value = (more: object, positions = held) =>
      usd(of(positions, { ETH: { ...ETH, ...more } }).equity);
    const { greeks } = of(held).factors[0]!;
    const [low, here, high] = [3_999, 4_000, 4_001].map((price) => value({ price }));
    expect(usd(greeks.delta)).to.be.closeTo(((high! - low!) / 2) * 4_000, 1e-2);
    expect(usd(greeks.gamma)).to.be.closeTo((high! + low! - 2 * here!) * 4_000 * 40, 1);
    const wilder = held.map((one) => ({ ...one, volatility: 0.651 }));
    expect(usd(greeks.vega)).to.be.closeTo((value({}, wilder) - here!) * 10, 0.05);
    const later = held.map((one) => ({ ...one, expiryDays: one.expiryDays - 0.01 }));
    expect(usd(greeks.theta)).to.be.closeTo((value({}, later) - here!) * 100, 0.5);
  });

  it("takes nothing from the book it is asked about", () => {
    const json = { factors: { ETH }, positions: [option("put", 3_700, -7), perp("ETH", 1)] };
    const book = parseBook(json);
    const before = structuredClone(book);
    explain(book, params);
    expect(book).to.deep.equal(before);
  });
});
