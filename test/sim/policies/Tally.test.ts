import { expect } from "chai";

import {
  columnsOf,
  emptyTally,
  meanOf,
  standardErrorsOf,
} from "../../../sdk/sim/policies/Tally.ts";

describe("the columns of the comparison", () => {
  const tally = {
    ...{ openInterest: 1_000, badDebt: 5, calls: 8, pushed: 2, cured: 4, liquidated: 250 },
    ...{ ownerCost: 10, sales: 5, needless: 1 },
  };

  it("are per cent: of open interest, of calls, of accounts sold from", () => {
    expect(columnsOf(tally)).to.deep.equal({
      ...{ badDebt: 0.5, liquidated: 25, ownerCost: 1 },
      ...{ cured: 50, spiral: 25 },
      needless: 20,
    });
  });

  it("are zero where there was nothing", () => {
    expect(Object.values(columnsOf(emptyTally(0)))).to.deep.equal([0, 0, 0, 0, 0, 0]);
  });

  it("are averaged run by run, to six places", () => {
    const third = { ...tally, badDebt: 10 / 3 };
    const { badDebt, cured } = meanOf([tally, third].map(columnsOf));
    expect([badDebt, cured]).to.deep.equal([0.416667, 50]);
  });

  it("have a standard error: s/√n, with n − 1 in s²", () => {
    const runs = [1, 2, 6].map((percent) => columnsOf({ ...tally, badDebt: 10 * percent }));
    // mean 3; squares 4 + 1 + 9 = 14; s² = 7; √(7/3) = 1.527525
    const { badDebt, cured } = standardErrorsOf(runs)!;
    expect([badDebt, cured]).to.deep.equal([1.527525, 0]);
    expect(standardErrorsOf(runs.slice(0, 1))).to.equal(null);
  });
});
