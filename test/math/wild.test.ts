import { expect } from "chai";
import { createRandom, seedFor, type Random } from "../../sdk/sim/random.ts";
import { MATH } from "../walls/harnesses.ts";
import { filesUnder, read, withoutComments } from "../walls/source.ts";
import { openHarnesses, type Harness } from "./harness.ts";
import type { Draw } from "./draws/Draw.ts";
import { compare, FILES, type Twin } from "./sides.ts";

// Law 6: what the house asks of math is answered the same, or refused the same, whatever number
// stands in one or two places of the question. Any int256: Solidity wraps or panics where a bigint
// grows, unless every figure is checked first.

const SEED = Number(process.env["SEED"] ?? 20_240_805);
const DRAWS = Number(process.env["DRAWS"] ?? 800);
const BATCH = 500;
const LIMIT = 120_000; // milliseconds for one function

/** Figures that a function does not check, by argument and field, as whoever asks holds them. */
const HELD: Record<string, string[]> = {
  "MarginMath.marginOf": ["0.exposures.low", "0.exposures.high"], // loadings are loadingOf's
  "MarginMath.initialMargin": ["0.exposures.low", "0.exposures.high"],
  "AuctionMath.discountOf": ["3"], // lengths of ramps are constants of math
  "AuctionMath.largestSlice": ["3"], // so are levels of cure
  "OptionMath.putOf": ["0", "1", "2"], // asked of a book that callOf has checked
  "FuseMath.measureOf": ["1", "2"], // requirements are math's own
  "MarginMath.loadingOf": ["0"], // a correlation of lowCorrelation or highCorrelation
  "MarginMath.maintenanceNeed": ["0.exposures.low", "0.exposures.high"],
  "MarginMath.ownMarginOf": ["0.exposures.low", "0.exposures.high"],
  "ScenarioMath.shockOf": ["1"],
  "PriceMath.bandRateOf": ["0", "1"], // asked beside longQuote, which checks them
  "PriceMath.doubtRateOf": ["0.band", "0.deviation"],
  "RateMath.steadyRate": ["0.price", "0.deviation", "1"],
};

/** Operators: they check nothing, and who uses them says why they fit. */
const OPERATORS = "WadMath.";

const IMPORT = /import (?:\* as (\w+)|\{([^}]*)\}) from "[./]*\/math\/(\w+)\.sol"/g;

/** Functions of a math file that this text calls. */
function callsIn(text: string): string[] {
  return [...text.matchAll(IMPORT)].flatMap(([, alias, names, file]) => {
    if (names !== undefined) return names.split(",").map((name) => `${file}.${name.trim()}`);
    const called = [...text.matchAll(new RegExp(`\\b${alias}\\.(\\w+)\\(`, "g"))];
    return called.map(([, name]) => `${file}.${name}`);
  });
}

const asked = filesUnder("contracts", ".sol")
  .filter((path) => !path.startsWith("contracts/math/"))
  .flatMap((path) => callsIn(withoutComments(read(path))));

const LARGEST = (1n << 255n) - 1n;

function anyInteger(random: Random): bigint {
  const power = 1n << BigInt(random.integer(255));
  const near = power + BigInt(random.integer(3) - 1);
  const value = random.pick([near, near, LARGEST, LARGEST - power, LARGEST / (near + 1n)]);
  return random.integer(2) === 0 ? value : -value - BigInt(random.integer(2));
}

type Path = (string | number)[];

/** Where bigints stand in a value. */
function leavesOf(value: unknown, path: Path = []): Path[] {
  if (typeof value === "bigint") return [path];
  if (typeof value !== "object" || value === null) return [];
  const keys = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  return keys.flatMap((key) => leavesOf((value as Record<string, unknown>)[key], [...path, key]));
}

/** The same with another bigint there. */
function changed(value: unknown, [key, ...rest]: Path, leaf: bigint): unknown {
  if (key === undefined) return leaf;
  const inside = changed((value as Record<string, unknown>)[key], rest, leaf);
  if (Array.isArray(value)) return value.with(key as number, inside);
  return { ...(value as object), [key]: inside };
}

/** An argument's number, then the names of fields: "0.exposures.low.common". */
const nameOf = ([argument, ...fields]: Path) =>
  [argument, ...fields.filter((key) => typeof key === "string")].join(".");

function wild(random: Random, args: unknown[], held: string[]): unknown[] {
  const isHeld = (path: Path) => held.some((name) => `${nameOf(path)}.`.startsWith(`${name}.`));
  const leaves = leavesOf(args).filter((path) => !isHeld(path));
  let result: unknown = args;
  for (let times = 1 + random.integer(2); times > 0 && leaves.length > 0; times--) {
    result = changed(result, random.pick(leaves), anyInteger(random));
  }
  return result as unknown[];
}

describe("any number", function () {
  this.timeout(LIMIT);
  const table: string[] = [];
  let harnesses: Map<string, Harness>;

  before(async () => {
    harnesses = await openHarnesses(MATH);
  });

  for (const [file, [twins, draws]] of Object.entries(FILES)) {
    for (const [name, draw] of Object.entries<Draw<unknown[]>>(draws as never)) {
      const full = `${file}.${name}`;
      if (!asked.includes(full) || full.startsWith(OPERATORS)) continue;
      it(`is answered or refused alike by ${full}`, async () => {
        const random = createRandom(seedFor(SEED, `wild ${name}`));
        const twin = (twins as Record<string, Twin>)[name]!;
        let refused = 0;
        for (let done = 0; done < DRAWS; done += BATCH) {
          const questions = Array.from({ length: BATCH }, () =>
            wild(random, draw(random), HELD[full] ?? []),
          );
          refused += await compare(harnesses.get(file)!, name, twin, questions);
        }
        table.push(`${full.padEnd(36)}${`${DRAWS}`.padStart(9)}${`${refused}`.padStart(9)}`);
      });
    }
  }

  it("is asked of functions that are there", () => {
    const functions = Object.entries(FILES).flatMap(([file, [, draws]]) =>
      Object.keys(draws).map((name) => `${file}.${name}`),
    );
    expect(Object.keys(HELD).filter((full) => !functions.includes(full))).to.deep.equal([]);
    expect(Object.keys(HELD).filter((full) => !asked.includes(full))).to.deep.equal([]);
  });

  after(() => {
    console.log(`\n    seed ${SEED}\n    ${"".padEnd(36)}    draws  refused`);
    for (const line of table) console.log(`    ${line}`);
  });
});
