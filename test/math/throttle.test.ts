import { expect } from "chai";
import fc from "fast-check";
import { describe, it } from "mocha";

import * as Throttle from "../../sdk/math/ThrottleMath.ts";
import { min, WAD } from "../../sdk/math/WadMath.ts";

const { countedOf, scarceFor, usedAfter } = Throttle;

describe("seconds under half full", () => {
  it("of a full bucket of four units are three hundred, of one three quarters used 150", () => {
    expect(scarceFor(4n * WAD, 4n * WAD, 1_000n)).to.equal(300n * WAD);
    expect(scarceFor(3n * WAD, 4n * WAD, 1_000n)).to.equal(150n * WAD);
    expect(scarceFor(3n * WAD, 4n * WAD, 100n)).to.equal(100n * WAD);
    expect(scarceFor(2n * WAD, 4n * WAD, 1_000n)).to.equal(0n);
    expect(scarceFor(0n, 0n, 1_000n)).to.equal(0n);
  });

  it("are the same however often somebody looks, and whatever is sold in between", () => {
    const sales = fc.array(fc.tuple(fc.nat(400), fc.nat(40)), { maxLength: 20 }); // seconds, tenths of a unit
    fc.assert(
      fc.property(sales, (list) => {
        const size = 4n * WAD;
        let used = 0n;
        let once = 0n;
        let often = 0n;
        for (const [seconds, tenths] of list) {
          used = min(size, used + (BigInt(tenths) * WAD) / 10n);
          once += scarceFor(used, size, BigInt(seconds));
          let left = used;
          for (let i = 0; i < seconds; ++i) {
            often += scarceFor(left, size, 1n);
            left = usedAfter(left, size, 1n);
          }
          used = usedAfter(used, size, BigInt(seconds));
        }
        const apart = once > often ? once - often : often - once;
        expect(apart <= 1_000_000n).to.equal(true); // 1e-12 s of 8 000
      }),
    );
  });
});

describe("the seconds a discount counts", () => {
  it("are those that passed, without the scarce ones, of which Gmax at most", () => {
    expect(countedOf(1_000n, 300n * WAD, 600n)).to.equal(700n);
    expect(countedOf(1_000n, 900n * WAD, 600n)).to.equal(400n);
    expect(countedOf(100n, 300n * WAD, 600n)).to.equal(0n);
    expect(countedOf(1_000n, 2n * WAD - 1n, 600n)).to.equal(999n);
  });
});
