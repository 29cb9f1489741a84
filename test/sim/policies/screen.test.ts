import { expect } from "chai";

import { createRandom } from "../../../sdk/sim/random.ts";
import { usd } from "../../../sdk/sim/policies/Book.ts";
import { accountOf, sightAt, START } from "./world.ts";

const thousandths = (x: number) => Math.round(1_000 * x) / 1_000;

describe("what need not be asked", () => {
  it("is never an account below the health in question, however the price moved", () => {
    const random = createRandom(5);
    let [quiet, near] = [0, 0];
    for (let i = 0; i < 2_000; ++i) {
      const perps = thousandths(2 * random.uniform() - 1);
      const spot = thousandths(random.uniform());
      const cash = Math.round(2_000 * (0.1 + random.uniform()) * Math.abs(perps) - 1_500 * spot);
      const account = accountOf({ perps, spot, cash });
      account.judge(sightAt(2_000));
      const price = Math.round(2_000 * (0.6 + 0.8 * random.uniform()));
      const sight = sightAt(price, START + 3_600);
      const isQuiet = account.isQuiet(sight.prices.map(usd), sight.time, 1);
      const health = usd(account.judge(sight).health);
      if (isQuiet) expect(health).to.be.at.least(1);
      if (isQuiet) quiet += 1;
      if (!isQuiet && health > 1) near += 1;
    }
    expect(quiet).to.be.above(500);
    expect(near).to.be.above(50);
  });

  it("is no account that is in call, or was never looked at", () => {
    const account = accountOf({ cash: 50_000, perps: 1 });
    const prices = sightAt(2_000).prices.map(usd);
    expect(account.isQuiet(prices, START, 1)).to.equal(false);
    account.judge(sightAt(2_000));
    expect(account.isQuiet(prices, START, 1)).to.equal(true);
    account.call = { ...account.call, phase: "called" };
    expect(account.isQuiet(prices, START, 1)).to.equal(false);
  });
});
