import { expect } from "chai";

import { WAD } from "../../../sdk/math/WadMath.ts";
import { Impact } from "../../../sdk/sim/policies/Impact.ts";
import { Throttle } from "../../../sdk/sim/policies/Throttle.ts";

const DAILY = [0.05];

describe("the impact of sales", () => {
  it("is a daily σ where a day's volume is sold, and grows by the root", () => {
    const impact = new Impact([1_000_000]);
    impact.sell(0, 40_000);
    expect(impact.step(0, DAILY)[0]).to.be.closeTo(0.05 * 0.2, 1e-12);
    impact.sell(0, 960_000);
    expect(impact.step(0, DAILY)[0]).to.be.closeTo(0.05, 1e-12);
  });

  it("is half forgotten, as a flow, in half an hour; a purchase has the other sign", () => {
    const impact = new Impact([1_000_000]);
    impact.sell(0, -80_000);
    expect(impact.step(1_800, DAILY)[0]).to.be.closeTo(-0.05 * 0.2, 1e-12);
  });

  it("costs two thirds of what it ends at, and no less in two parts than in one", () => {
    const impact = new Impact([1_000_000]);
    impact.step(0, DAILY);
    expect(impact.costOf(0, 40_000, 0.05)).to.be.closeTo((40_000 * 0.01 * 2) / 3, 1e-9);
    const first = impact.costOf(0, 20_000, 0.05);
    impact.sell(0, 20_000);
    const second = impact.costOf(0, 20_000, 0.05);
    expect(first + second).to.be.closeTo((40_000 * 0.01 * 2) / 3, 1e-9);
  });

  it("is less where a slice is sold on over time", () => {
    const [now, later] = [new Impact([1_000_000]), new Impact([1_000_000])];
    now.sell(0, 40_000);
    later.hedge(0, 40_000, 12);
    const most = (impact: Impact) =>
      Math.max(...Array.from({ length: 20 }, () => impact.step(600, DAILY)[0]!));
    expect(most(later)).to.be.below(0.7 * most(now));
  });
});

describe("the throttle", () => {
  it("lets a quarter of the depth through, and refills in ten minutes", () => {
    const throttle = new Throttle([1_000_000]); // 10 000 USD
    expect(throttle.room([40_000])).to.equal(WAD / 4n);
    throttle.take([40_000], WAD / 4n);
    expect(throttle.room([40_000])).to.equal(0n);
    throttle.step(300);
    expect(throttle.room([-10_000])).to.equal(WAD / 2n);
    throttle.step(3_000);
    expect(throttle.room([10_000])).to.equal(WAD);
  });

  it("counts how long it was under half full: half of ten minutes once empty", () => {
    const throttle = new Throttle([1_000_000]);
    const seconds = (elapsed: number) => {
      throttle.step(elapsed);
      return Number(throttle.scarceOf(0)) / 1e18;
    };
    expect(seconds(600)).to.equal(0);
    throttle.take([10_000], WAD);
    expect([200, 200, 200].map(seconds)).to.deep.equal([200, 300, 300]);
    throttle.take([7_500], WAD); // a quarter is left: half full in 150 seconds
    expect(seconds(600)).to.equal(450);
  });

  it("asks nothing of a book without delta, and is emptied by who may pass", () => {
    const throttle = new Throttle([1_000_000]);
    throttle.take([1_000_000], WAD);
    expect([throttle.room([0]), throttle.room([1])]).to.deep.equal([WAD, 0n]);
  });
});
