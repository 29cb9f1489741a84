import { expect } from "chai";
import fc from "fast-check";
import { laddersOf, portfolioRisk, totalLoss } from "../../sdk/math/MarginMath.ts";
import { WAD } from "../../sdk/math/WadMath.ts";
import type { Exposure, Mode, Portfolio } from "../../sdk/types/Portfolio.ts";
import { exposureOf, factors, holdings, markets, modes, optionMarket } from "./arbitraries.ts";
import type { Holding, Market } from "./arbitraries.ts";

// What the tests of laws share: two books on the same markets, their risk, and how close is equal.

const RUNS = Number(process.env["DRAWS"] ?? 2_500);
const SEED = Number(process.env["SEED"] ?? 20_240_805);
export const LIMIT = 600_000; // milliseconds for one law

export function holds<T extends [unknown, ...unknown[]]>(
  arbitraries: { [Key in keyof T]: fc.Arbitrary<T[Key]> },
  law: (...values: T) => void,
): void {
  fc.assert(fc.property(...arbitraries, law), { numRuns: RUNS, seed: SEED });
}

export function atMost(found: bigint, most: bigint): void {
  expect(found <= most, `${found} is more than ${most}`).to.equal(true);
}

/** The law's tolerance: 1e-15 of ΣW and 8 wei. */
export const slack = (sum: bigint) => sum / 10n ** 15n + 8n;

/** The risk of a book, and how far rounding may have moved it. */
export interface Judged {
  readonly risk: bigint;
  readonly sum: bigint; // ΣW
  readonly slack: bigint;
}

/**
 * Profits of options are sums of size·(call − mark) of whole wads, unrounded: they net, add and grow
 * to the wei. What is linear is rounded: a perp once, an expiry twice, a ladder once, so that beyond
 * the law's tolerance four wei are granted for each factor and each expiry.
 */
export function judge(list: Exposure[], mode: Mode): Judged {
  const ladders = laddersOf(list, mode);
  const sum = totalLoss(ladders);
  const legs = list.reduce((count, { expiries }) => count + 1 + expiries.length, 0);
  return { risk: portfolioRisk(ladders, list), sum, slack: slack(sum) + 4n * BigInt(legs) };
}

/** Two holdings in each of a few markets. */
export interface World {
  readonly list: Market[];
  readonly left: Holding[];
  readonly right: Holding[];
  readonly mode: Mode;
}

const worldOf = (list: Market[]): fc.Arbitrary<World> =>
  fc.record({
    list: fc.constant(list),
    left: holdings(list),
    right: holdings(list),
    mode: modes,
  });

export const world = factors.chain((count) => markets(count).chain(worldOf));
export const smallWorld = markets(1).chain(worldOf);

/** Its first market has an option. */
export const optionWorld = factors.chain((count) =>
  fc
    .tuple(optionMarket, markets(count - 1))
    .chain(([first, others]) => worldOf([first, ...others])),
);

/** What these holdings are exposed to, their options priced in these modes. */
export const exposed = (list: Market[], held: Holding[], ...asked: Mode[]): Exposure[] =>
  list.map((market, i) => exposureOf(market, held[i]!, ...(asked.length > 0 ? [asked] : [])));

export const added = (left: Holding[], right: Holding[]): Holding[] =>
  left.map((held, i) => held.map((units, k) => units + right[i]![k]!));

export const each = (held: Holding[], change: (units: bigint) => bigint): Holding[] =>
  held.map((units) => units.map(change));

export const bookOf = (exposures: Exposure[]): Portfolio => ({
  equity: 0n,
  initialEquity: 0n,
  gross: 0n,
  debt: 0n,
  doubt: 0n,
  graceMultiplier: WAD,
  stables: [],
  exposures,
});
