import { expect } from "chai";

import { readParams } from "../../sdk/files/params.ts";
import { UnknownFactorName } from "../../scripts/rounds/errors.ts";
import { ADVERSARIES } from "../../scripts/rounds/greedy.ts";
import { replayRounds, type ReplayedRounds } from "../../scripts/rounds/replayRounds.ts";
import { figuresOf, reportOf } from "../../scripts/rounds/report.ts";
import { drawRounds } from "./drawn.ts";

const params = readParams("deployments/local/params.json");
const rounds = {
  ...{ symbol: "ETH-USD.OWN", base: "ETH", decimals: 8 },
  rounds: drawRounds({ seed: 11, count: 160 }),
};
const options = { rounds, params, schedules: 100, onChain: 6, seed: 3, onProgress: () => {} };

describe("rounds replayed on the chain", function () {
  this.timeout(300_000);
  let replayed: ReplayedRounds;

  before(async () => {
    replayed = await replayRounds(options);
  });

  it("leave one state, whoever observes, when, and how many at once", () => {
    expect(replayed.distinctStates).to.equal(1);
    expect(replayed.played.random).to.have.length(6);
    expect(replayed.played.census.rounds).to.equal(159);
  });

  it("give ten adversaries nothing: every borrow reads the honest σ", () => {
    const { honest, greedy } = replayed.played;
    expect(honest.readings).to.have.length(12);
    expect(greedy).to.have.length(10);
    for (const [i, { readings }] of greedy.entries()) {
      expect(readings, ADVERSARIES[i]!.name).to.deep.equal(honest.readings);
    }
  });

  it("send whoever is more than eight behind to observe first", () => {
    const { honest, greedy } = replayed.played;
    expect(honest.refusals).to.equal(0);
    const never = ADVERSARIES.findIndex(({ name }) => name.startsWith("never"));
    expect(greedy[never]!.refusals).to.equal(12); // 13 rounds from one borrow to the next
    const lazy = ADVERSARIES.findIndex(({ name }) => name.includes("as a borrow allows"));
    expect(greedy[lazy]!.refusals).to.equal(0);
  });

  it("are told in the figures that were promised, and in words", () => {
    const figures = figuresOf(replayed);
    expect(figures.rounds).to.equal(160);
    expect(figures.randomSchedules).to.deep.equal({ count: 100, distinctStates: 1, onChain: 6 });
    expect(new Set([...figures.greedySchedules, figures.honestBorrow])).to.have.property("size", 1);
    for (const which of ["fast", "slow"] as const) {
      const share = Number(figures.sigma[which]) / Number(figures.reference[which]);
      expect(share).to.be.closeTo(1, 1e-9);
    }
    expect(figures.sigma.used).to.match(/^\d\.\d{12,18}$/);
    expect(reportOf(figures, 12)).to.contain("1 distinct state");
  });

  it("need a factor that the parameters have", async () => {
    let thrown: unknown;
    await replayRounds({ ...options, factor: "PEPE" }).catch((error: unknown) => (thrown = error));
    expect(thrown).to.be.instanceOf(UnknownFactorName);
  });
});
