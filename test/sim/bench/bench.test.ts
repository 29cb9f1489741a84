import { expect } from "chai";

import { readParams } from "../../../sdk/files/params.ts";
import { benchPool, benchSnapshot, benchText } from "../../../scripts/bench/bench.ts";

describe("a bench of the SDK", () => {
  it("counts by the clock it is given, and divides by keccaks", async function () {
    this.timeout(60_000);
    const pool = await benchPool(readParams("deployments/local/params.json"), 8);
    let now = 0;
    // A quarter of a second at each look, one look for 32 runs: 32·4 a second of everything.
    const rates = benchSnapshot(pool, 1, () => (now += 0.25));
    expect(rates).to.have.length(7);
    for (const { perSecond, perKeccak } of rates) {
      expect(perSecond).to.equal(128);
      expect(perKeccak).to.equal(1);
    }
    expect(benchText(rates)).to.contain("preview of a borrow with");
  });
});
