import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { isoTime } from "../../sdk/sim/tape/time.ts";
import { start } from "./spawn.ts";

describe("npm run policies", function () {
  this.timeout(120_000);
  const folder = mkdtempSync(join(tmpdir(), "policies-"));
  const [data, out, json] = ["crash.csv", "out", "out.json"].map((name) => join(folder, name));
  after(() => rmSync(folder, { recursive: true }));

  /** Six hours from 200 to 110 and a little up again. */
  function rows(): string[] {
    const prices = Array.from(
      { length: 37 },
      (_, i) => 200 - 3 * Math.min(i, 30) + Math.max(0, i - 30),
    );
    return prices.map(
      (price, i) => `${isoTime(1_600_000_000 + 600 * i)},ETH-USD,${i + 1},${price}`,
    );
  }

  before(() => {
    const text = ["timestamp_utc,symbol,round_id,price", ...rows()].join("\n");
    writeFileSync(data!, text);
    mkdirSync(join(folder, "other"));
    writeFileSync(join(folder, "other", "crash.csv"), text);
  });

  it("compares on a file, shows how far it is, and leaves figures, report and picture", async () => {
    const asked = ["--data", data!, "--accounts", "40", "--seeds", "1", "--out", out!];
    const run = start("policies", [...asked, "--json", json!]);
    expect(await run.ended, run.said()).to.equal(0);
    expect(run.said())
      .to.match(/policies .*24\/24/)
      .and.to.contain("instant partial");
    const figures = JSON.parse(readFileSync(json!, "utf8"));
    expect(figures).to.have.lengthOf(24);
    expect(figures[0]).to.include({ event: "crash", policy: "instant full", cured: 0 });
    expect(run.said()).to.contain("following ETH's log returns: BTC by 0.92");
    expect(run.said()).to.contain("σ at the start: nothing is known before, so stress");
    expect(figures[0].liquidated).to.be.above(0);
    expect(readFileSync(join(out!, "policies-crash.svg"), "utf8")).to.match(/^<svg/);
    expect(existsSync(join(out!, "policies.txt"))).to.equal(true);
  });

  it("learns from the time before, and gives errors over seeds", async () => {
    const asked = ["--data", data!, "--from", isoTime(1_600_000_000 + 7_200), "--out", out!];
    const run = start("policies", [...asked, "--accounts", "20", "--seeds", "2", "--json", json!]);
    expect(await run.ended, run.said()).to.equal(0);
    expect(run.said()).to.match(/instant full +\d+\.\d{3} ± \d+\.\d{3}/);
    expect(run.said()).to.contain("σ at the start: learnt from");
    const [first] = JSON.parse(readFileSync(json!, "utf8"));
    expect(first.standardErrors.liquidated).to.be.a("number");
  });

  const twin = join(folder, "other", "crash.csv");
  const refused: [what: string, args: string[], says: string][] = [
    ["a file that is not there", ["--data", "none.csv"], "none.csv: cannot be read"],
    ["two files of one name", ["--data", data!, twin], "two files are called crash"],
    ["a count that is none", ["--accounts", "many"], "give an integer from 1"],
    ["no account", ["--accounts", "0"], "give an integer from 1"],
    ["rounds rarer than every ten minutes", ["--minutes", "11"], "give an integer from 1 to 10"],
    ["a multiplier below 1", ["--multipliers", "0.5"], "give numbers from 1 to 3"],
    ["a ramp that is none", ["--ramp", "flies"], "Allowed choices are waits, runs"],
    ["a past of no event", ["--before", data!], "--before is of files of your own"],
    ["a past that is not there", ["--data", data!, "--before", "none.csv"], "none.csv: cannot be"],
    ["a folder that is a file", ["--data", data!, "--out", "README.md"], "README.md: cannot be"],
    ["figures where a folder is", ["--data", data!, "--json", "docs"], "docs: cannot be written"],
  ];
  for (const [what, args, says] of refused) {
    it(`refuses ${what} in one line, and exits with 1`, async () => {
      const run = start("policies", ["--out", out!, ...args]);
      expect(await run.ended).to.equal(1);
      expect(run.said()).to.contain(says).and.not.to.contain("    at ");
    });
  }
});
