import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { decimalText } from "../../sdk/decimal.ts";
import { isoTime } from "../../sdk/sim/tape/time.ts";
import { drawRounds } from "../rounds/drawn.ts";
import { start } from "./spawn.ts";

describe("npm run rounds", function () {
  this.timeout(180_000);
  const folder = mkdtempSync(join(tmpdir(), "rounds-"));
  const data = join(folder, "rounds.csv");
  const json = join(folder, "out.json");
  after(() => rmSync(folder, { recursive: true }));

  before(() => {
    const rows = drawRounds({ seed: 2, count: 30 }).map(
      ({ id, time, price }) => `${isoTime(time)},ETH-USD.OWN,${id},${decimalText(price)}`,
    );
    writeFileSync(data, ["timestamp_utc,symbol,round_id,price", ...rows].join("\n"));
  });

  function rounds(...args: string[]) {
    return start("rounds", ["--no-build", "--data", data, "--json", json, ...args]);
  }

  it("replays a file, shows how far it is, and writes the figures", async () => {
    const run = rounds("--symbol", "ETH-USD.OWN", "--schedules", "20", "--on-chain", "2");
    expect(await run.ended, run.said()).to.equal(0);
    expect(run.said())
      .to.match(/chain .*30\/30/)
      .and.to.match(/schedules .*20\/20/);
    const figures = JSON.parse(readFileSync(json, "utf8"));
    expect(figures).to.deep.include({
      rounds: 30,
      randomSchedules: { count: 20, distinctStates: 1, onChain: 2 },
    });
    expect(figures.greedySchedules).to.deep.equal(Array(10).fill(figures.honestBorrow));
    for (const text of Object.values(figures.sigma)) expect(text).to.match(/^\d+\.\d+$/);
  });

  it("replays one with missing ids, and a round that tells an earlier time", async () => {
    const rows = drawRounds({ seed: 3, count: 40, gap: 600 }).map(({ id, time, price }, i) => {
      const missing = i < 15 ? 0n : 30n;
      const told = i === 12 ? time - 4_000 : time;
      return `${isoTime(told)},ETH-USD.OWN,${id + missing},${decimalText(price)}`;
    });
    writeFileSync(data, ["timestamp_utc,symbol,round_id,price", ...rows].join("\n"));
    const run = rounds("--symbol", "ETH-USD.OWN", "--schedules", "10", "--on-chain", "2");
    expect(await run.ended, run.said()).to.equal(0);
    const figures = JSON.parse(readFileSync(json, "utf8"));
    expect(figures.randomSchedules.distinctStates).to.equal(1);
  });

  const refused: [what: string, args: string[], says: string][] = [
    ["an unknown symbol", ["--symbol", "BTC-USD"], 'no "BTC-USD"; it has ETH-USD.OWN'],
    ["an unknown factor", ["--symbol", "ETH", "--factor", "PEPE"], "no factor is called PEPE"],
    ["no symbol", [], "required option '--symbol <name>'"],
    ["a count that is none", ["--symbol", "ETH", "--schedules", "x"], "give an integer"],
  ];
  for (const [what, args, says] of refused) {
    it(`refuses ${what} in one line, and exits with 1`, async () => {
      const run = rounds(...args);
      expect(await run.ended).to.equal(1);
      expect(run.said()).to.contain(says).and.not.to.contain("    at ");
    });
  }
});
