import { expect } from "chai";

import { accountOf, ethOf, tell } from "./world.ts";

const HOUR = { kind: "fixed", seconds: 3_600 } as const;
const SHORT = 1_800; // a price at which 500 on a perp of 2 000 is not enough

describe("a fixed grace of an hour", () => {
  it("sells nothing for fifty minutes", () => {
    const account = accountOf({ cash: 500, perps: 1 });
    const { tally } = tell(HOUR, [account], [2_000, ...Array<number>(6).fill(SHORT)]);
    expect(ethOf(account)).to.equal(1);
    expect(tally).to.include({ calls: 1, sales: 0 });
  });

  it("sells what cures at the hour", () => {
    const account = accountOf({ cash: 500, perps: 1 });
    const { tally } = tell(HOUR, [account], [2_000, ...Array<number>(7).fill(SHORT)]);
    expect(ethOf(account)).to.be.within(0.7, 0.9);
    expect(tally).to.include({ calls: 1, sales: 1, cured: 0 });
  });

  it("is over once the market comes back, and begins anew", () => {
    const account = accountOf({ cash: 500, perps: 1 });
    const { tally } = tell(HOUR, [account], [SHORT, SHORT, 2_000, ...Array<number>(6).fill(SHORT)]);
    expect(ethOf(account)).to.equal(1);
    expect(tally).to.include({ calls: 2, cured: 1, sales: 0 });
  });

  it("is cured by a top-up, and nothing is sold", () => {
    const account = accountOf({ cash: 500, perps: 1 }, 1_000);
    const { tally } = tell(HOUR, [account], Array<number>(10).fill(SHORT));
    expect(ethOf(account)).to.equal(1);
    expect(tally).to.include({ calls: 1, cured: 1, sales: 0, ownerCost: 0 });
  });

  it("knows no floor: what is gone by the hour is bad debt", () => {
    const account = accountOf({ cash: 500, perps: 1 });
    const { tally } = tell(HOUR, [account], [SHORT, ...Array<number>(6).fill(1_400)]);
    expect(tally.badDebt).to.be.closeTo(101.4, 1e-5);
  });
});
