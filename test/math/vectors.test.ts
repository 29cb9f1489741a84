import { expect } from "chai";
import { cdf } from "../../sdk/math/NormalMath.ts";
import * as Option from "../../sdk/math/OptionMath.ts";
import { YEAR } from "../../sdk/math/WadMath.ts";
import { openHarnesses, type Harness } from "./harness.ts";
import { normals, options, published } from "./vectors.ts";

// Every row of test/vectors, asked here and on the chain. Prices are within 1e-16 of the forward
// (1e-12 is what a book needs), deltas within 1e-16; prints within their last digit's half, and a
// little: Haug's 1.8734 is 1.87334.

const PRICE = 10n ** 16n;
const DELTA = 100n; // wei

const difference = (a: bigint, b: bigint) => (a > b ? a - b : b - a);

function near(found: bigint, expected: bigint, wei: bigint, of: unknown): void {
  const text = `${found} is not ${expected} ± ${wei} of ${JSON.stringify(of, asText)}`;
  expect(difference(found, expected) <= wei, text).to.equal(true);
}

const asText = (_: string, value: unknown) => (typeof value === "bigint" ? `${value}` : value);

/** What a row becomes before it is priced. */
function hoisted({ forward, strike, volatility, elapsed }: (typeof options)[number]) {
  const log = Option.logMoneynessOf(forward, strike);
  const deviation = Option.deviationOf(volatility, Option.rootTimeOf(elapsed));
  return { log, deviation };
}

const asWad = (value: number) => BigInt(Math.round(value * 1e15)) * 1_000n;

/** The price today of an option on a forward, in floats but for Black-76 itself. */
function priceOf({ isCall, ...row }: (typeof published)[number]): number {
  const [forward, strike] = [asWad(row.forward), asWad(row.strike)];
  const rootTime = Option.rootTimeOf(BigInt(Math.round(row.years * Number(YEAR))));
  const deviation = Option.deviationOf(asWad(row.volatility), rootTime);
  const log = Option.logMoneynessOf(forward, strike);
  const call = Option.callOf(forward, strike, log, deviation);
  const price = isCall ? call : Option.putOf(call, forward, strike);
  return (Number(price) / 1e18) * row.discount;
}

describe("vectors", () => {
  it("have as many rows as were made", () => {
    expect([normals.length, options.length, published.length]).to.deep.equal([501, 1_000, 47]);
  });

  it("of the normal distribution are met within a wei", () => {
    for (const { x, value } of normals) near(cdf(x), value, 1n, x);
  });

  it("of calls and puts are met within 1e-16 of the forward", () => {
    for (const row of options) {
      const { log, deviation } = hoisted(row);
      const call = Option.callOf(row.forward, row.strike, log, deviation);
      const put = Option.putOf(call, row.forward, row.strike);
      near(call, row.call, row.forward / PRICE, row);
      near(put, row.put, row.forward / PRICE, row);
    }
  });

  it("of deltas are met within 1e-16", () => {
    for (const row of options) {
      const { log, deviation } = hoisted(row);
      near(Option.callDelta(log, deviation), row.delta, DELTA, row);
    }
  });

  for (const row of published) {
    it(`meet the printed ${row.title}`, () => {
      const price = priceOf(row);
      expect(price).to.be.closeTo(row.price, 0.56 * row.lastDigit);
      expect(price).to.be.closeTo(row.reference, 1e-12 * row.forward);
    });
  }
});

describe("vectors on the chain", () => {
  let harnesses: Map<string, Harness>;
  before(async () => {
    harnesses = await openHarnesses(["NormalMath", "OptionMath"]);
  });

  /** What the chain says of a function for each list of arguments. */
  async function ask(file: string, name: string, lists: bigint[][]): Promise<bigint[]> {
    const harness = harnesses.get(file)!;
    const answers = await harness.ask(lists.map((args) => harness.question(name, args)));
    return answers.map((answer) => harness.read(name, answer) as bigint);
  }

  it("of the normal distribution are met within a wei", async () => {
    const found = await ask(
      "NormalMath",
      "cdf",
      normals.map(({ x }) => [x]),
    );
    for (const [i, { x, value }] of normals.entries()) near(found[i]!, value, 1n, x);
  });

  it("of calls, puts and deltas are met, all of it reckoned there", async () => {
    const logs = await ask(
      "OptionMath",
      "logMoneynessOf",
      options.map((row) => [row.forward, row.strike]),
    );
    const roots = await ask(
      "OptionMath",
      "rootTimeOf",
      options.map((row) => [row.elapsed]),
    );
    const deviations = await ask(
      "OptionMath",
      "deviationOf",
      options.map((row, i) => [row.volatility, roots[i]!]),
    );
    const calls = await ask(
      "OptionMath",
      "callOf",
      options.map((row, i) => [row.forward, row.strike, logs[i]!, deviations[i]!]),
    );
    const puts = await ask(
      "OptionMath",
      "putOf",
      options.map((row, i) => [calls[i]!, row.forward, row.strike]),
    );
    const deltas = await ask(
      "OptionMath",
      "callDelta",
      options.map((_, i) => [logs[i]!, deviations[i]!]),
    );
    for (const [i, row] of options.entries()) {
      near(calls[i]!, row.call, row.forward / PRICE, row);
      near(puts[i]!, row.put, row.forward / PRICE, row);
      near(deltas[i]!, row.delta, DELTA, row);
    }
  });
});
