import { expect } from "chai";

import { backingOf, ownBacking, waterfallShare } from "../../../sdk/math/AuctionMath.ts";
import { burn, cool, graceOf } from "../../../sdk/math/FuseMath.ts";
import { usd } from "../../../sdk/sim/policies/Book.ts";
import type { Ramp } from "../../../sdk/sim/policies/Policy.ts";
import { accountOf, ethOf, sightAt, START, STEP, tell } from "./world.ts";

const WAD = 10n ** 18n;
const fuse = (minutes: number, ramp: Ramp = "waits") =>
  ({ kind: "fuse", longest: minutes * 60, ramp }) as const;
const held = { cash: 500, perps: 1 };
const SHORT = 1_800; // h = 0.91
const times = (count: number, price: number) => Array<number>(count).fill(price);

describe("the fuse", () => {
  it("burns as FuseMath says, from the second sight on", () => {
    const account = accountOf(held);
    const { health, calmness } = account.judge(sightAt(SHORT));
    const step = (before: bigint) =>
      burn(before, BigInt(STEP), graceOf(health, calmness, 7_200n * WAD));
    const { tally } = tell(fuse(120), [account], times(4, SHORT));
    expect(account.call.fuse).to.equal(step(step(step(0n))));
    expect(account.call.phase).to.equal("called");
    expect(tally).to.include({ calls: 1, sales: 0 });
  });

  it("leads to an auction when it is full, not before: ten minutes in the hasty tier", () => {
    const [before, after] = [accountOf(held), accountOf(held)];
    tell(fuse(10), [before], times(1, SHORT));
    tell(fuse(10), [after], times(2, SHORT));
    expect([before, after].map(({ call }) => call.phase)).to.deep.equal(["called", "auction"]);
  });

  it("sells a slice that cures, for what its taker asks and not for what the ramp would reach", () => {
    const account = accountOf(held);
    const { tally } = tell(fuse(10), [account], times(3, SHORT));
    expect(Number(account.judge(sightAt(SHORT)).health) / 1e18).to.be.within(1.09, 1.1);
    const sold = 1 - ethOf(account);
    expect(sold).to.be.within(0.1, 0.3);
    // a spread and a profit of a tenth of a per cent each are 0.2 %; the ramp begins at 0.25 %
    expect(tally.ownerCost).to.be.closeTo(0.0025 * SHORT * sold, 1e-6);
    expect(tally).to.include({ sales: 1, cured: 0, badDebt: 0 });
  });

  it("cools in four hours above 1.10, whoever cured it", () => {
    const account = accountOf(held);
    tell(fuse(120), [account], [...times(3, SHORT), ...times(3, 2_000)]);
    const { health, calmness } = accountOf(held).judge(sightAt(SHORT));
    const step = (before: bigint) =>
      burn(before, BigInt(STEP), graceOf(health, calmness, 7_200n * WAD));
    const cooled = cool(cool(step(step(0n)), BigInt(STEP)), BigInt(STEP));
    expect(account.call.fuse).to.equal(cooled);
  });

  it("is cured by a top-up: nothing is sold", () => {
    const account = accountOf(held, 1_000);
    const { tally } = tell(fuse(10), [account], times(6, SHORT));
    expect(ethOf(account)).to.equal(1);
    expect(tally).to.include({ calls: 1, cured: 1, sales: 0, ownerCost: 0 });
  });

  it("gives no time below the floor, once it was seen twice", () => {
    const [once, twice] = [accountOf(held), accountOf(held)]; // at 1 550 h is 0.18
    tell(fuse(120), [once], [SHORT, 1_550], { step: 60 });
    tell(fuse(120), [twice], [SHORT, 1_550, 1_550], { step: 60 });
    expect(once.call.phase).to.equal("called");
    expect([once, twice].map(ethOf)).to.satisfy(([all, part]: number[]) => all === 1 && part! < 1);
  });

  it("forgives a wick", () => {
    const account = accountOf(held);
    tell(fuse(120), [account], [SHORT, 1_550, SHORT], { step: 60 });
    expect(account.call.phase).to.equal("called");
    expect(account.call.lowSeen).to.equal(0);
    expect(ethOf(account)).to.equal(1);
  });

  it("has the pool pay what a sunken account lacks, and its taker", () => {
    const account = accountOf(held);
    const { equity, gross, maintenance } = account.judge(sightAt(1_400));
    const { tally } = tell(fuse(120), [account], [SHORT, 1_400, 1_400, 1_400]);
    const backing = backingOf(gross, maintenance, 0n);
    expect(usd(equity)).to.be.closeTo(-100, 1e-6);
    expect(ownBacking(equity, backing)).to.equal(0n);
    expect(tally.badDebt).to.be.closeTo(usd(waterfallShare(WAD, equity, backing)), 1e-6);
    expect(tally.badDebt).to.be.closeTo(100 + 0.0025 * 1_400, 1e-6);
    expect(ethOf(account)).to.equal(0);
  });

  it("waits for the throttle, at most as long as its tier", () => {
    // Half a day's volume; the bucket is a hundredth of one, the least slice a tenth of the account. Its
    // fuse is full at the fifth look, and ten minutes later the ramp has reached what its taker asks.
    const after = (looks: number, minutes: number) => {
      const account = accountOf(held);
      tell(fuse(minutes), [account], times(looks, SHORT), { volume: 3_600 });
      return ethOf(account);
    };
    expect([6, 7].map((looks) => after(looks, 30))).to.deep.equal([1, 1]);
    expect(after(8, 30)).to.be.below(1);
  });

  it("makes a book whose tenth exceeds the bucket pay what the ramp has become", () => {
    const { tally } = tell(fuse(30), [accountOf(held)], times(8, SHORT), { volume: 3_600 });
    expect(tally.ownerCost / tally.liquidated).to.be.closeTo(0.1, 1e-6); // half an hour: its end
  });

  it("takes the lower end of an interval", () => {
    const account = accountOf(held);
    tell(fuse(120), [account], [SHORT, 1_780, SHORT]);
    const { health, calmness } = accountOf(held).judge(sightAt(1_780));
    const step = (before: bigint) =>
      burn(before, BigInt(STEP), graceOf(health, calmness, 7_200n * WAD));
    expect(account.call.fuse).to.equal(step(step(0n)));
  });

  it("counts as cured only what was cured without a sale", () => {
    const account = accountOf({ spot: 1, cash: -1_500 });
    const { tally } = tell(fuse(10), [account], times(3, SHORT));
    expect(account.call.phase).to.equal("clear");
    expect(tally).to.include({ calls: 1, sales: 1, cured: 0 });
  });

  it("asks for more margin where more time is wanted", () => {
    const dear = accountOf(held, 0, 1.6).judge(sightAt(2_000)).maintenance;
    const cheap = accountOf(held).judge(sightAt(2_000)).maintenance;
    expect(usd(dear)).to.be.closeTo(1.6 * usd(cheap), 1e-6);
  });

  // Books of 18 USD are dust and go whole; the bucket holds 36, so that two of them empty it. At the look
  // that opens their auctions 0.25 % is less than their takers ask, at the next two they are taken, and at
  // the third the larger account has waited its Gmax. Emptied, a bucket is under half full for 300 seconds.
  const crowded = (ramp: Ramp, ...then: number[]) => {
    const crowd = Array.from({ length: 20 }, () => accountOf({ cash: 5, perps: 0.01 }));
    const account = accountOf(held);
    tell(fuse(30, ramp), [...crowd, account], [...times(5, SHORT), ...then], { volume: 3_600 });
    const [price, sold] = [then.at(-1)!, 1 - ethOf(account)];
    const lost = 500 + (price - 2_000) - usd(account.judge(sightAt(price)).equity);
    return { sold, cost: lost / (sold * price) };
  };

  it("lets the discount wait while a crowd keeps the bucket under half full", () => {
    const at = (ramp: Ramp) => crowded(ramp, SHORT, SHORT, SHORT);
    for (const ramp of ["waits", "runs"] as const) expect(at(ramp).sold).to.be.above(0);
    expect(at("runs").cost).to.be.closeTo(0.1, 1e-6);
    // 1 800 seconds since it opened less 2 × 300: two thirds of the way from 0.25 % to 10 %
    expect(at("waits").cost).to.be.closeTo(0.0025 + (2 / 3) * 0.0975, 1e-6);
  });

  it("lets nothing wait below the floor", () => {
    // In an auction for five minutes, all of them scarce; the floor is confirmed at this look.
    const since = START - 300;
    const opened = { phase: "auction", opened: since, poked: since, fuse: WAD } as const;
    const costAt = (price: number) => {
      const account = accountOf(held);
      account.call = { ...account.call, ...opened, lowSeen: since };
      Object.assign(account, { waits: true, scarce: -300n * WAD });
      const { tally } = tell(fuse(30), [account], [price]);
      return tally.ownerCost / tally.liquidated;
    };
    expect(costAt(1_550)).to.be.closeTo(0.0025 + (1 / 6) * 0.0975, 1e-6); // h = 0.18
    expect(costAt(SHORT)).to.be.closeTo(0.0025, 1e-6);
  });
});
