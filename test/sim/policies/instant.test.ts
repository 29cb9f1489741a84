import { expect } from "chai";

import { equityOf, usd } from "../../../sdk/sim/policies/Book.ts";
import { accountOf, ethOf, sightAt, tell } from "./world.ts";

const FULL = { kind: "instant", part: "full" } as const;
const PARTIAL = { kind: "instant", part: "partial" } as const;
const WAD = 10n ** 18n;

describe("instant sale", () => {
  // One perp of 2 000 on 500 of cash. At 1 900 equity is 400 and the requirement
  // 1 900·(16.03 % + 1 % + 0.5 % + 0.5 %) + 2 % of 400 = 350.5; at 1 800 it is 330.5 against 300.
  it("leaves a healthy account alone", () => {
    const account = accountOf({ cash: 500, perps: 1 });
    const { tally } = tell(FULL, [account], [2_000, 1_900]);
    expect(ethOf(account)).to.equal(1);
    expect(tally).to.include({ calls: 0, sales: 0, liquidated: 0, ownerCost: 0, badDebt: 0 });
  });

  it("sells all at the step that finds it short, for the spread", () => {
    const account = accountOf({ cash: 500, perps: 1 });
    const { tally } = tell(FULL, [account], [2_000, 1_900, 1_800]);
    expect(ethOf(account)).to.equal(0);
    expect(usd(account.book.cash)).to.be.closeTo(500 - 200 - 1.8, 1e-5);
    expect(tally).to.include({ calls: 1, sales: 1, cured: 0, badDebt: 0 });
    expect(tally.ownerCost).to.be.closeTo(1.8, 1e-5);
    expect(tally.liquidated).to.be.closeTo(1_800, 1e-5);
  });

  it("sells what cures and no more", () => {
    const account = accountOf({ cash: 500, perps: 1 });
    tell(PARTIAL, [account], [2_000, 1_800]);
    const { health } = account.judge(sightAt(1_800));
    expect(Number(health) / 1e18).to.be.within(1.09, 1.1); // cash is charged more, once there is more
    expect(ethOf(account)).to.be.within(0.7, 0.9);
  });

  it("counts as bad debt what equity lacks, and leaves nothing owed", () => {
    const account = accountOf({ cash: 500, perps: 1 });
    const { tally } = tell(PARTIAL, [account], [2_000, 1_400]);
    expect(tally.badDebt).to.be.closeTo(600 - 500 + 1.4, 1e-5);
    expect(ethOf(account)).to.equal(0);
    expect(account.book.cash).to.equal(0n);
    expect(tally.ownerCost).to.equal(0);
  });

  it("closes a loan with the collateral", () => {
    const account = accountOf({ spot: 1, cash: -1_500 });
    const { tally } = tell(FULL, [account], [2_000, 1_700]);
    expect(usd(account.book.cash)).to.be.closeTo(200 - 1.7, 1e-5);
    expect(tally.liquidated).to.be.closeTo(1_500, 1e-5);
  });

  it("lets an owner who looks pay in before the next step, not before the sale", () => {
    const [awake, late] = [
      accountOf({ cash: 500, perps: 1 }, 1_000),
      accountOf({ cash: 500, perps: 1 }),
    ];
    tell(FULL, [awake, late], [2_000, 1_900, 1_800]);
    expect([ethOf(awake), ethOf(late)]).to.deep.equal([1, 0]);
  });

  it("is needless where the market comes back and nothing was ever lacking", () => {
    const back = tell(FULL, [accountOf({ cash: 500, perps: 1 })], [2_000, 1_800, 2_000]);
    const ruin = tell(FULL, [accountOf({ cash: 500, perps: 1 })], [2_000, 1_800, 1_400, 2_000]);
    const down = tell(FULL, [accountOf({ cash: 500, perps: 1 })], [2_000, 1_800, 1_800]);
    for (const pool of [back, ruin, down]) pool.close();
    expect([back, ruin, down].map(({ tally }) => tally.needless)).to.deep.equal([1, 0, 0]);
  });

  it("counts at the end what is short and not sold", () => {
    const account = accountOf({ spot: 1, cash: -1_500 });
    const pool = tell({ kind: "fixed", seconds: 3_600 }, [account], [2_000, 1_400]);
    pool.close();
    expect(pool.tally.badDebt).to.be.closeTo(100, 1e-5);
    expect(equityOf(account.book, sightAt(1_400).prices)).to.equal(-100n * WAD);
  });

  it("moves the market where the market is thin", () => {
    const whale = () => accountOf({ cash: 5_000, perps: 10 });
    const thin = tell(FULL, [whale()], [2_000, 1_800], { volume: 1_000_000 });
    // √(18 000 / 1 000 000) of 5 % is 0.67 %, two thirds of it on average
    const impact = (18_000 * 0.05 * Math.sqrt(0.018) * 2) / 3;
    expect(thin.tally.ownerCost).to.be.closeTo(18 + impact, 1e-3);
  });
});
