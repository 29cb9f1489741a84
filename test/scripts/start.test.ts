import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { start } from "./spawn.ts";

describe("npm start, on a file of one's own", function () {
  this.timeout(60_000);
  const folder = mkdtempSync(join(tmpdir(), "start-"));
  after(() => rmSync(folder, { recursive: true }));

  const text = (symbol: string) =>
    `open_time,symbol,open,high,low,close\n1583971200,${symbol},200,200,200,200`;
  const unnamed = "open_time,open,high,low,close\n1583971200,200,200,200,200";
  const refused: [what: string, text: string, says: string][] = [
    ["another market", text("ETH-EUR"), "ETH-EUR, is not listed by the pool"],
    ["a market that nobody named", unnamed, "name it with --symbol ETH"],
    ["semicolons", text("ETH").replaceAll(",", ";"), "parted by semicolons"],
  ];
  for (const [what, content, says] of refused)
    it(`refuses ${what} in one line, before anything is compiled, and exits with 1`, async () => {
      const file = join(folder, "prices.csv");
      writeFileSync(file, content);
      const run = start("start", ["--tape", file, "--out", folder]);
      expect(await run.ended, run.said()).to.equal(1);
      expect(run.said()).to.contain(says).and.not.to.contain("    at ");
      expect(run.said().trim().split("\n")).to.have.length(1);
    });
});
