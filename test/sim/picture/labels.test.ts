import { expect } from "chai";
import fc from "fast-check";
import { around, placeInLanes, spread } from "../../../sdk/sim/picture/labels.ts";

describe("labels", () => {
  it("spreads labels apart within their bounds, in order", () => {
    const bounds = { from: 0, to: 100 };
    expect(spread([50, 50, 50], 20, bounds)).to.deep.equal([50, 70, 90]);
    expect(spread([99, 98], 20, bounds)).to.deep.equal([100, 80]);
    const positions = fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { maxLength: 6 });
    fc.assert(
      fc.property(positions, (all) => {
        const moved = spread(all, 20, bounds).sort((a, b) => a - b);
        for (const [i, y] of moved.entries()) {
          expect(y).to.be.within(0, 100);
          if (i > 0) expect(y - moved[i - 1]!).to.be.at.least(20 - 1e-9);
        }
      }),
    );
  });

  it("keeps labels in lanes off each other, and stems off labels", () => {
    const label = (stem: number) => ({ stem, ...around(stem, 40, { from: 0, to: 200 }) });
    expect(placeInLanes([label(50), label(120)], 3)).to.deep.equal([0, 0]);
    expect(placeInLanes([label(50), label(80)], 3)).to.deep.equal([0, 1]);
    expect(placeInLanes([label(50), label(60)], 3)).to.deep.equal([0, null]);
    expect(placeInLanes([label(50), label(80), label(80)], 1)).to.deep.equal([0, null, null]);
  });

  it("moves a label inside its bounds", () => {
    expect(around(5, 40, { from: 0, to: 200 })).to.deep.equal({ from: 0, to: 40 });
    expect(around(199, 40, { from: 0, to: 200 })).to.deep.equal({ from: 160, to: 200 });
  });
});
