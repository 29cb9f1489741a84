import { expect } from "chai";

import { explain } from "../../sdk/book/explain.ts";
import { parseBook } from "../../sdk/book/parse.ts";
import { usd } from "../fixtures/margin.ts";
import { cash, ETH, option, params, perp, spot } from "./asked.ts";

// ETH at 4 000. A call at the money for a day at 65 %: σ√T 0.65·√(1/365) = 0.034022, worth
// 4 000·(2·Φ(0.017011) − 1) = 54.2895. Its shock alone takes nearly all of it, and its charges more.

const of = (...positions: object[]) =>
  explain(parseBook({ factors: { ETH: { ...ETH } }, positions }), params);

const day = { expiryDays: 1 };
const call = option("call", 4_000, 1, day);
const needs = (...positions: object[]) => of(...positions).required.map(usd) as [number, number];

/** MM and IM of a book in USD, near these. */
function near([maintenance, initial]: [number, number], expected: [number, number]) {
  expect(maintenance).to.be.closeTo(expected[0], 0.01);
  expect(initial).to.be.closeTo(expected[1], 0.01);
}

describe("a bought option", () => {
  it("needs its mark at IM, and a sixth less at MM", () => {
    near(needs(call), [54.2895 / 1.2, 54.2895]);
    expect(of(call).equity).to.equal(of(call).required[1]);
    const { risk, addOns } = of(call);
    expect(usd(risk[1]) + usd(addOns.expiryBasis[1])).to.be.greaterThan(54.29);
  });

  it("needs no more than its mark, whatever it is and whenever it ends", () => {
    for (const type of ["call", "put"] as const)
      for (const strike of [2_000, 3_600, 4_000, 4_400, 8_000])
        for (const expiryDays of [0.01, 1, 30, 365]) {
          const { equity, required } = of(option(type, strike, 3, { expiryDays }));
          expect(required[1] <= equity, `${type} ${strike} ${expiryDays}`).to.equal(true);
        }
  });

  it("raises by no more than it is worth what a loan needs, to which it is given", () => {
    const loan = [spot("ETH", 10), cash(-30_000)];
    const [maintenance, initial] = needs(...loan);
    const given = needs(...loan, call);
    expect(given[0] - maintenance).to.be.at.most(54.2896);
    expect(given[1] - initial).to.be.at.most(54.2896);
    expect(given[1] - initial).to.be.greaterThan(50); // nor is it forgotten
  });

  it("still hedges: a put at the money takes a fall off what its ETH needs", () => {
    const put = option("put", 4_000, 10);
    const loan = [spot("ETH", 10), cash(-30_000)];
    expect(needs(...loan, put)[0]).to.be.lessThan(0.7 * needs(...loan)[0]);
  });
});

describe("a vertical", () => {
  // 4 000 against 4 400: credit and debit sum to nothing, loss and gain to 400
  const [low, high] = [1, -1].map((size) => [
    option("call", 4_000, size),
    option("call", 4_400, -size),
  ]) as [object[], object[]];

  it("needs no more than its debit, or its width less the credit", () => {
    const debit = usd(of(...low).equity);
    expect(usd(of(...high).equity)).to.be.closeTo(-debit, 1e-9);
    expect(needs(...low)[1]).to.be.at.most(debit);
    expect(needs(...high)[1]).to.be.at.most(400 - debit + 1e-9);
  });

  it("needs what it can lose on the last day, when its shock is more", () => {
    // at the money between 3 990 and 4 010 for a day: no more than 20 between them
    const narrow = (size: number) => [
      option("put", 4_010, -size, day),
      option("put", 3_990, size, day),
    ];
    const credit = -usd(of(...narrow(1)).equity);
    near(needs(...narrow(1)), [(20 - credit) / 1.2, 20 - credit]);
  });
});

describe("what is not bounded by a debit", () => {
  it("is a calendar: its short end has no bound of its own", () => {
    const calendar = [option("call", 4_000, -1, day), option("call", 4_000, 1)];
    const { equity, binding } = of(...calendar);
    expect(binding[1]).to.equal("risk");
    expect(needs(...calendar)[1]).to.be.greaterThan(0);
    expect(usd(equity)).to.be.greaterThan(0);
    const puts = [option("put", 4_000, -1, day), option("put", 4_000, 1)];
    expect(of(...puts).binding[1]).to.equal("risk");
  });

  it("is an expiry in which more calls are sold than bought", () => {
    const ratio = [option("call", 4_000, 1, day), option("call", 4_400, -2, day)];
    expect(of(...ratio).binding[1]).to.equal("risk");
    const covered = [option("call", 4_400, -1, day), perp("ETH", 1)];
    expect(of(...covered).binding[1]).to.equal("risk");
  });
});
