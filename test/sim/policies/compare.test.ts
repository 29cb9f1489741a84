import { expect } from "chai";

import { compare, type Row } from "../../../sdk/sim/policies/compare.ts";
import type { Event } from "../../../sdk/sim/policies/Event.ts";
import { policiesOf, sweepOf } from "../../../sdk/sim/policies/Policy.ts";
import { marketOf } from "../../../sdk/sim/tape/market.ts";
import { shippedTape } from "../../../sdk/sim/tape/shipped.ts";
import { window } from "../../../sdk/sim/tape/Tape.ts";
import { params } from "./world.ts";

const tape = marketOf(
  window(shippedTape("march-2020"), { from: "2020-03-12T06:00", to: "2020-03-12T14:00" }),
  params,
).tape;
const crash: Event = { name: "crash", source: "shipped", tape, notes: [] };
const policies = policiesOf(params.grace, "waits");

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
      ...["", " × 1.2", " × 1.4", " × 1.6"].flatMap((m) =>
        ["instant full", "instant partial", "fixed 1 h", "fixed 4 h"].map((name) => name + m),
      ),
      ...["fuse 10 min × 1", "fuse 30 min × 1.2", "fuse 60 min × 1.4", "fuse 120 min × 1.6"],
      ...[10, 30, 60, 120].map((minutes) => `fuse ${minutes} min, no multiplier`),
    ]);
    for (const row of rows) {
      const columns = ["badDebt", "needless", "liquidated", "cured", "ownerCost", "spiral"];
      expect(row).to.have.all.keys("event", "policy", "standardErrors", ...columns);
    }
  });

  it("gives per cent, and something happens", () => {
    for (const { event, policy, standardErrors, ...columns } of rows) {
      expect(standardErrors).to.equal(null);
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

  it("has a standard error for each column of two seeds: half of what they differ by", () => {
    const [first, both] = [rows, rowsOf(2)];
    for (const [i, { standardErrors, liquidated }] of both.entries()) {
      // the mean of a and b is (a + b)/2, its error |a − b|/2 = |mean − a|
      const half = Math.abs(liquidated - first[i]!.liquidated);
      expect(standardErrors!.liquidated).to.be.closeTo(half, 2e-6);
    }
    expect(Math.max(...both.map((row) => row.standardErrors!.liquidated))).to.be.above(0.1);
  });

  it("compares instant sale and fixed grace at the margin that each tier asks", () => {
    const sold = (name: string) => rows.find(({ policy }) => policy === name)!.liquidated;
    for (const name of ["instant full", "instant partial", "fixed 1 h"])
      expect(sold(`${name} × 1.6`), name).to.be.below(sold(name));
  });

  it("finds the hasty tier the same under both its names", () => {
    const [one, other] = rows.filter(({ policy }) => policy.startsWith("fuse 10 min"));
    expect({ ...one, policy: "" }).to.deep.equal({ ...other, policy: "" });
  });

  it("sweeps each tier over multipliers", () => {
    const names = sweepOf(params.grace, [1, 1.5], "waits").map(({ name }) => name);
    expect(names).to.have.lengthOf(8);
    expect(names.slice(0, 2)).to.deep.equal(["fuse 10 min × 1", "fuse 10 min × 1.5"]);
  });

  it("tells how far it is", () => {
    const told: string[] = [];
    const scale = { accounts: 5, seeds: 2, minutes: 10 };
    compare([crash], policies, { params, scale }, ({ done, all }) => told.push(`${done}/${all}`));
    expect([told[0], told.at(-1)]).to.deep.equal(["1/48", "48/48"]);
  });
});
