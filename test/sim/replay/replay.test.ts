import { expect } from "chai";

import { readParams } from "../../../sdk/files/params.ts";
import { mostEventful } from "../../../scripts/replay/EventLog.ts";
import { marketOf } from "../../../sdk/sim/tape/market.ts";
import { replay, type Replay } from "../../../scripts/replay/replay.ts";
import { figuresOf, reportOf } from "../../../scripts/replay/report.ts";
import { storyOf } from "../../../scripts/replay/story.ts";
import { openTape } from "../../../sdk/sim/tape/open.ts";

const params = readParams("deployments/local/params.json");
const tape = { tape: "march-2020", seed: 1, from: "2020-03-12T08:00Z", to: "2020-03-12T13:00Z" };

describe("a replay of 16 accounts through the fall of 12 March 2020", function () {
  this.timeout(120_000);
  let told: Replay;

  before(async () => {
    const market = marketOf(openTape(tape), params);
    told = await replay({ market, params, accounts: 16, seed: 2, onProgress: () => {} });
  });

  it("foresees every margin of every account, makers and keepers included", () => {
    expect(told.mismatches).to.deep.equal([]);
    expect(told.comparisons).to.be.at.least(told.steps * (16 + 3 + 2 + 1 + 1));
  });

  it("trades every kind of instrument", () => {
    for (const [kind, fills] of Object.entries(told.tally.fills)) {
      expect(fills, kind).to.be.greaterThan(0);
    }
    expect(told.traders.all).to.equal(8);
    expect(Number(told.turnover.peak)).to.be.greaterThan(0);
    expect(Number(told.turnover.funding)).to.be.greaterThan(0);
  });

  it("settles the expiries that fall inside, and pays who held options", () => {
    expect(told.tally.expiriesSettled).to.equal(2);
    expect(Number(told.tally.exercised)).to.be.greaterThan(0);
  });

  it("ends with as many longs as shorts", () => {
    expect(told.balance.instruments).to.be.greaterThan(0);
    expect(told.balance.unbalanced).to.equal(0);
  });

  it("tells it in figures, in words and in a picture", () => {
    const figures = figuresOf(told);
    expect(figures).to.include({ accounts: 16, mismatches: 0, expiriesSettled: 2, unbalanced: 0 });
    expect(reportOf(told)).to.contain("longs = shorts");
    expect(storyOf(told, mostEventful(told.diary)!)).to.match(/^<svg/);
  });
});
