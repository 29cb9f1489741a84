import { expect } from "chai";
import fc from "fast-check";
import {
  laddersOf,
  maintenanceMargin,
  portfolioRisk,
  requirementOf,
  totalLoss,
} from "../../sdk/math/MarginMath.ts";
import { fullLadder, initialMode, maintenanceMode, steps } from "../../sdk/math/ScenarioMath.ts";
import { total } from "../../sdk/total.ts";
import { max, min, mulDown, WAD } from "../../sdk/math/WadMath.ts";
import type { Exposure, Ladder, Mode, Portfolio, Stable } from "../../sdk/types/Portfolio.ts";
import { exposures, factors, modes, spotValue, stables, twelve } from "./arbitraries.ts";

// DESIGN §7.4: what is provable of RM, in TypeScript; parity carries it over to Solidity.

const RUNS = Number(process.env["DRAWS"] ?? 10_000);
const SEED = Number(process.env["SEED"] ?? 20_240_805);

function holds<T extends [unknown, ...unknown[]]>(
  arbitraries: { [Key in keyof T]: fc.Arbitrary<T[Key]> },
  law: (...values: T) => void,
): void {
  fc.assert(fc.property(...arbitraries, law), { numRuns: RUNS, seed: SEED });
}

const weight = totalLoss;

/** The law's tolerance: 1e-15 of ΣW and 8 wei. */
const slack = (sum: bigint) => sum / 10n ** 15n + 8n;

function atMost(found: bigint, most: bigint): void {
  expect(found <= most, `${found} is more than ${most}`).to.equal(true);
}

const bookOf = (list: Exposure[]): Portfolio => ({
  equity: 0n,
  initialEquity: 0n,
  gross: 0n,
  debt: 0n,
  graceMultiplier: WAD,
  stables: [],
  exposures: list,
});

/** The ladders of a book without options. */
function linear(list: Exposure[], mode: Mode): Ladder[] {
  return laddersOf(list, mode);
}

const X = { 2: [-WAD, WAD], 12: steps(WAD / 2n) };

/** A ladder of these profits; its worst falls and rises found anew. */
function ladderOf(profit: bigint[]): Ladder {
  const x = X[profit.length as 2 | 12];
  const worst = (side: (step: bigint) => boolean) =>
    profit.filter((_, j) => side(x[j]!)).reduce(min, 0n);
  return { shock: 0n, profit, down: worst((step) => step <= 0n), up: worst((step) => step >= 0n) };
}

const joined = (left: Ladder[], right: Ladder[]): Ladder[] =>
  left.map(({ profit }, i) => ladderOf(profit.map((value, j) => value + right[i]!.profit[j]!)));

const scaled = (ladders: Ladder[], by: bigint): Ladder[] =>
  ladders.map(({ profit }) => ladderOf(profit.map((value) => value * by)));

const withSpots = (list: Exposure[], spots: bigint[]) =>
  list.map((exposure, i) => ({ ...exposure, spot: spots[i]! }));

/** Two books on the same factors: of spot alone, or like nothing on earth. */
const twoBooks = factors.chain((count) =>
  fc.oneof(
    fc
      .tuple(exposures(count), fc.array(spotValue, { minLength: count, maxLength: count }), modes)
      .map(([list, spots, mode]) => ({
        list,
        left: linear(list, mode),
        right: linear(withSpots(list, spots), mode),
      })),
    fc.tuple(exposures(count), twelve(count), twelve(count)).map(([list, left, right]) => ({
      list,
      left: left.map(ladderOf),
      right: right.map(ladderOf),
    })),
  ),
);

const oneBook = twoBooks.map(({ list, left }) => ({ list, ladders: left }));
const someFactors = factors.chain(exposures);

describe("the risk of a book", function () {
  this.timeout(120_000);

  it("is no more than the risks of the books it joins", () => {
    holds([twoBooks], ({ list, left, right }) => {
      const apart = portfolioRisk(left, list) + portfolioRisk(right, list);
      const tolerance = slack(weight(left) + weight(right));
      atMost(portfolioRisk(joined(left, right), list), apart + tolerance);
    });
  });

  it("grows as the book does", () => {
    holds([oneBook, fc.bigInt({ min: 1n, max: 1_000n })], ({ list, ladders }, by) => {
      const part = ladders.map(({ profit }) => ladderOf(profit.map((value) => value / 1_000n)));
      const small = portfolioRisk(part, list);
      const large = portfolioRisk(scaled(part, by), list);
      atMost(large / by, small + slack(weight(part)));
      atMost(small, large / by + slack(weight(part)));
    });
  });

  it("is no more than its factors risk one by one, nor less than a quarter of it", () => {
    holds([oneBook], ({ list, ladders }) => {
      const sum = weight(ladders);
      const risk = portfolioRisk(ladders, list);
      atMost(risk, sum + slack(sum));
      atMost(sum, 4n * risk);
    });
  });

  it("is exactly what its only factor risks", () => {
    holds([exposures(1), twelve(1), modes], (list, profits, mode) => {
      for (const ladders of [linear(list, mode), profits.map(ladderOf)]) {
        const least = [...ladders[0]!.profit].reduce(min, 0n);
        expect(portfolioRisk(ladders, list)).to.equal(-least);
      }
    });
  });

  it("is what its only factor risks among empty ones, too", () => {
    holds([someFactors, modes], (list, mode) => {
      const alone = withSpots(list, [list[0]!.spot, ...list.slice(1).map(() => 0n)]);
      const ladders = linear(alone, mode);
      const sum = weight(ladders);
      const risk = portfolioRisk(ladders, alone);
      atMost(risk, sum + slack(sum));
      atMost(sum, risk + slack(sum));
    });
  });

  it("grows by no more than a gift of spot is worth", () => {
    holds([someFactors, spotValue, fc.nat(), modes], (list, value, index, mode) => {
      const gift = max(value, -value);
      const lucky = index % list.length;
      const spots = list.map(({ spot }, i) => (i === lucky ? spot + gift : spot));
      const before = linear(list, mode);
      const after = linear(withSpots(list, spots), mode);
      const tolerance = slack(weight(before) + weight(after));
      atMost(portfolioRisk(after, list), portfolioRisk(before, list) + gift + tolerance);
    });
  });

  it("grows by no more than a gift of spot is worth beside options", () => {
    holds([oneBook, spotValue, fc.nat()], ({ list, ladders }, value, index) => {
      if (ladders[0]!.profit.length !== 12) return;
      const gift = max(value, -value);
      const given = fullLadder(gift, WAD, WAD / 2n).profit;
      const lucky = index % list.length;
      const after = ladders.map((ladder, i) =>
        i === lucky ? ladderOf(ladder.profit.map((one, j) => one + given[j]!)) : ladder,
      );
      const tolerance = slack(weight(ladders) + weight(after));
      atMost(portfolioRisk(after, list), portfolioRisk(ladders, list) + gift + tolerance);
    });
  });
});

describe("the requirement of a book", function () {
  this.timeout(120_000);

  const worth = ({ face, price }: Stable) => mulDown(face, price);
  const long = someFactors.map((list) =>
    withSpots(
      list,
      list.map(({ spot }) => max(spot, -spot)),
    ),
  );

  it("never exceeds the equity of one that owes nothing", () => {
    holds([long, stables, modes], (list, cash, mode) => {
      const equity = total(list.map(({ spot }) => spot)) + total(cash.map(worth));
      const { required } = requirementOf({ ...bookOf(list), equity, stables: cash }, mode);
      atMost(required, equity + slack(equity));
    });
  });

  it("at MM is its own or IM/1.2, whichever is less", () => {
    holds([someFactors, stables], (list, cash) => {
      const book = { ...bookOf(list), stables: cash };
      const own = requirementOf(book, maintenanceMode()).required;
      const initial = requirementOf(book, initialMode()).required;
      const maintenance = maintenanceMargin(own, initial);
      atMost(maintenance, own);
      atMost(12n * (maintenance - 1n), 10n * initial);
    });
  });
});
