import { expect } from "chai";

import { compare, type Row } from "../../../sdk/sim/policies/compare.ts";
import type { Event } from "../../../sdk/sim/policies/Event.ts";
import { policiesOf, sweepOf } from "../../../sdk/sim/policies/Policy.ts";
import { marketOf } from "../../../sdk/sim/replay/market.ts";
import { shippedTape } from "../../../sdk/sim/tape/shipped.ts";
import { window } from "../../../sdk/sim/tape/Tape.ts";
import { params } from "./world.ts";

const tape = marketOf(
  window(shippedTape("march-2020"), { from: "2020-03-12T06:00", to: "2020-03-12T14:00" }),
  params,
).tape;
const crash: Event = { name: "crash", source: "shipped", tape };
const policies = policiesOf(params.grace, "runs");

function rowsOf(seeds: number, accounts = 60): readonly Row[] {
  const scale = { accounts, seeds, minutes: 10 };
  return compare([crash], policies, { params, scale }, () => {}).rows;
}

describe("the comparison of policies", function () {
  this.timeout(60_000);
  let rows: readonly Row[];
  before(() => (rows = rowsOf(1)));

  it("has a row for each event and policy, and these columns", () => {
    expect(rows.map(({ policy }) => policy)).to.deep.equal([
      ...["instant full", "instant partial", "fixed 1 h", "fixed 4 h"],
      ...["fuse 10 min × 1", "fuse 30 min × 1.2", "fuse 60 min × 1.4", "fuse 120 min × 1.6"],
      ...[10, 30, 60, 120].map((minutes) => `fuse ${minutes} min, no multiplier`),
    ]);
    for (const row of rows) {
      const columns = ["badDebt", "needless", "liquidated", "cured", "ownerCost", "spiral"];
      expect(row).to.have.all.keys("event", "policy", ...columns);
    }
  });

  it("gives per cent, and something happens", () => {
    for (const { event, policy, ...columns } of rows) {
      for (const one of Object.values(columns)) expect(one, policy).to.be.within(0, 100);
      expect(event).to.equal("crash");
    }
    for (const column of ["liquidated", "cured", "ownerCost", "spiral"] as const) {
      expect(Math.max(...rows.map((row) => row[column])), column).to.be.above(0);
    }
  });

  it("is the same under the same seeds, and another under others", () => {
    expect(JSON.stringify(rowsOf(1))).to.equal(JSON.stringify(rows));
    expect(JSON.stringify(rowsOf(2))).not.to.equal(JSON.stringify(rows));
  });

  it("has nothing cured by who sells at once, and the most sold by who sells all", () => {
    const of = (name: string) => rows.find(({ policy }) => policy === name)!;
    expect(of("instant full").cured).to.equal(0);
    expect(of("instant partial").cured).to.equal(0);
    const most = Math.max(...rows.map(({ liquidated }) => liquidated));
    expect(of("instant full").liquidated).to.equal(most);
  });

  it("finds the hasty tier the same under both its names", () => {
    const [one, other] = rows.filter(({ policy }) => policy.startsWith("fuse 10 min"));
    expect({ ...one, policy: "" }).to.deep.equal({ ...other, policy: "" });
  });

  it("sweeps each tier over multipliers", () => {
    const names = sweepOf(params.grace, [1, 1.5], "runs").map(({ name }) => name);
    expect(names).to.have.lengthOf(8);
    expect(names.slice(0, 2)).to.deep.equal(["fuse 10 min × 1", "fuse 10 min × 1.5"]);
  });

  it("tells how far it is", () => {
    const told: string[] = [];
    const scale = { accounts: 5, seeds: 2, minutes: 10 };
    compare([crash], policies, { params, scale }, ({ done, all }) => told.push(`${done}/${all}`));
    expect([told[0], told.at(-1)]).to.deep.equal(["1/24", "24/24"]);
  });
});
