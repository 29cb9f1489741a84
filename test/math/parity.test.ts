import { expect } from "chai";
import { createRandom, seedFor, type Random } from "../../sdk/sim/random.ts";
import { MATH } from "../walls/harnesses.ts";
import { openHarnesses, type Harness } from "./harness.ts";
import type { Draw } from "./draws/Draw.ts";
import { compare, FILES, functionsOf, type Twin } from "./sides.ts";

// Every function of contracts/math and its twin in sdk/math on the same draws, bit for bit, errors
// too. SEED repeats a run; DRAWS makes it longer.

const SEED = Number(process.env["SEED"] ?? 20_240_805);
const DRAWS = Number(process.env["DRAWS"] ?? 2_500);
const BATCH = 500;
const LIMIT = 120_000; // milliseconds for one function

async function compareAll(
  harness: Harness,
  name: string,
  twin: Twin,
  draw: Draw<unknown[]>,
  random: Random,
) {
  let refused = 0;
  for (let done = 0; done < DRAWS; done += BATCH) {
    const draws = Array.from({ length: Math.min(BATCH, DRAWS - done) }, () => draw(random));
    refused += await compare(harness, name, twin, draws);
  }
  return refused;
}

describe("parity", function () {
  this.timeout(LIMIT);
  const table: string[] = [];
  let harnesses: Map<string, Harness>;

  before(async () => {
    harnesses = await openHarnesses(MATH);
  });

  it("knows every file of math, and draws for every function of it", () => {
    expect(Object.keys(FILES)).to.deep.equal(MATH);
    for (const [file, [, draws]] of Object.entries(FILES)) {
      expect(Object.keys(draws).sort(), file).to.deep.equal(functionsOf(file).sort());
    }
  });

  for (const [file, [twins, draws]] of Object.entries(FILES)) {
    for (const [name, draw] of Object.entries<Draw<unknown[]>>(draws as never)) {
      it(`says the same of ${file}.${name} here and there`, async () => {
        const start = performance.now();
        const random = createRandom(seedFor(SEED, name));
        const twin = (twins as Record<string, Twin>)[name]!;
        const refused = await compareAll(harnesses.get(file)!, name, twin, draw, random);
        const took = ((performance.now() - start) / 1_000).toFixed(1);
        table.push(
          `${`${file}.${name}`.padEnd(36)}${`${DRAWS}`.padStart(9)}${`${refused}`.padStart(9)}${took.padStart(8)}`,
        );
        expect(refused, "refused").to.be.below(DRAWS / 2);
      });
    }
  }

  after(() => {
    console.log(`\n    seed ${SEED}\n    ${"".padEnd(36)}    draws  refused  seconds`);
    for (const line of table) console.log(`    ${line}`);
  });
});
