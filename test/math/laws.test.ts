import fc from "fast-check";
import { expect } from "chai";
import { moveOf, movesOf, strikeAt } from "../../sdk/math/CurveMath.ts";
import { laddersOf, portfolioRisk, totalLoss } from "../../sdk/math/MarginMath.ts";
import { putOf, rootTimeOf } from "../../sdk/math/OptionMath.ts";
import { fullLadder, linearLadder, shockOf } from "../../sdk/math/ScenarioMath.ts";
import { abs, max, min, mulUp, WAD } from "../../sdk/math/WadMath.ts";
import type { Expiry, Exposure, Ladder } from "../../sdk/types/Portfolio.ts";
import { callsAt, exposures, factors, magnitude, twelve } from "./arbitraries.ts";
import type { Holding } from "./arbitraries.ts";
import { added, atMost, each, exposed, holds, judge, LIMIT, slack } from "./judged.ts";
import { optionWorld, smallWorld, world, type World } from "./judged.ts";

// DESIGN §7.4: what is provable of RM, in TypeScript; parity carries it over to Solidity.

const moves = movesOf(WAD, WAD / 2n);
const X = {
  3: [-WAD, WAD, moves[5]!],
  12: Array.from({ length: 12 }, (_, j) => moves[moveOf(j)]!),
};

/** A ladder of these profits; its worst falls and rises found anew. */
function ladderOf(profit: bigint[]): Ladder {
  const x = X[profit.length as 3 | 12];
  const worst = (side: (step: bigint) => boolean) =>
    profit.filter((_, j) => side(x[j]!)).reduce(min, 0n);
  const [down, up] = [worst((step) => step <= 0n), worst((step) => step >= 0n)];
  return { shock: 0n, profit, down, up, net: 0n };
}

/** Two books whose ladders are like nothing on earth. */
const shapes = factors.chain((count) => fc.tuple(exposures(count), twelve(count), twelve(count)));

const judged = ({ list, mode }: World, held: Holding[]) => judge(exposed(list, held, mode), mode);

describe("the risk of a book", function () {
  this.timeout(LIMIT);

  it("is no more than the risks of the books it joins", () => {
    holds([world], (some) => {
      const [left, right] = [judged(some, some.left), judged(some, some.right)];
      const both = judged(some, added(some.left, some.right));
      atMost(both.risk, left.risk + right.risk + left.slack + right.slack);
    });
  });

  it("is no more than the risks of the books it joins, whatever their ladders", () => {
    holds([shapes], ([list, ...profits]) => {
      const [left, right] = profits.map((each) => each.map(ladderOf)) as [Ladder[], Ladder[]];
      const both = left.map(({ profit }, i) =>
        ladderOf(profit.map((value, j) => value + right[i]!.profit[j]!)),
      );
      const apart = portfolioRisk(left, list) + portfolioRisk(right, list);
      atMost(portfolioRisk(both, list), apart + slack(totalLoss(left) + totalLoss(right)));
    });
  });

  it("grows as the book does", () => {
    holds([world, fc.bigInt({ min: 1n, max: 1_000n })], (some, by) => {
      const part = each(some.left, (units) => units / 1_000n);
      const small = judged(some, part);
      const large = judged(
        some,
        each(part, (units) => units * by),
      );
      atMost(large.risk / by, small.risk + small.slack);
      atMost(small.risk, large.risk / by + small.slack);
    });
  });

  it("is no more than its factors risk one by one, nor less than a quarter of it", () => {
    holds([world], (some) => {
      const { risk, sum, slack } = judged(some, some.left);
      atMost(risk, sum + slack);
      atMost(sum, 4n * risk);
    });
  });

  it("is exactly what its only factor risks", () => {
    holds([smallWorld], (some) => {
      const list = exposed(some.list, some.left, some.mode);
      const ladders = laddersOf(list, some.mode);
      const least = ladders[0]!.profit.reduce(min, 0n);
      expect(portfolioRisk(ladders, list)).to.equal(-least);
    });
  });

  it("is what its only factor risks among empty ones, too", () => {
    holds([world], (some) => {
      const alone = some.left.map((held, i) => (i === 0 ? held : held.map(() => 0n)));
      const { risk, sum, slack } = judged(some, alone);
      atMost(risk, sum + slack);
      atMost(sum, risk + slack);
    });
  });

  it("is the same for three scenarios of a book without options as for all twelve", () => {
    holds([world], ({ list, left, mode }) => {
      const bare: Partial<Expiry> = { strikes: [], curves: [[], [], [], []], largestLoss: 0n };
      const plain = exposed(list, left, mode).map((one) => ({
        ...one,
        expiries: one.expiries.map((expiry) => ({ ...expiry, ...bare })),
      }));
      const full = plain.map((one) => fullLadder(one, shockOf(one, mode), mode));
      const { risk, slack } = judge(plain, mode);
      atMost(abs(portfolioRisk(full, plain) - risk), slack);
    });
  });

  it("grows by no more than a gift of spot is worth", () => {
    holds([world, magnitude, fc.nat()], (some, gift, index) => {
      const lucky = index % some.list.length;
      const given = some.left.map(([spot, ...rest], i) => [
        i === lucky ? spot! + gift : spot!,
        ...rest,
      ]);
      const [before, after] = [judged(some, some.left), judged(some, given)];
      atMost(after.risk, before.risk + gift + before.slack + after.slack);
    });
  });

  it("grows by no more than a gift of options is worth", () => {
    holds([optionWorld, magnitude, fc.boolean()], (some, value, isPut) => {
      const { forward, left, surface, strikes } = some.list[0]!.dates[0]!;
      const { call, strike } = strikeAt(strikes[0]!, forward, rootTimeOf(left), surface);
      const price = isPut ? putOf(call, forward, strike) : call;
      const units = (value * WAD) / max(forward, strike);
      const at = callsAt(0, 0) + (isPut ? 1 : 0);
      const gift = some.left.map((held, i) =>
        held.map((_, k) => (i === 0 && k === at ? units : 0n)),
      );
      const [before, after] = [judged(some, some.left), judged(some, added(some.left, gift))];
      // A put's forward is linear: a wei of price and 1e-18 of it, for each unit.
      const parity = isPut ? mulUp(units, 1n + mulUp(2n, forward)) : 0n;
      const worth = mulUp(units, price);
      atMost(after.risk, before.risk + worth + before.slack + after.slack + parity);
    });
  });
});

describe("a hedge cut at a fall of 90 %", () => {
  it("gains less of the tail: −10 000 + 7 200 at the shock, −10 000 + 3 600 beyond", () => {
    const [majors, thin] = [100_000n, -10_000n].map((value) => value * WAD) as [bigint, bigint];
    const long = linearLadder(majors, WAD / 10n);
    const short = linearLadder(thin, (72n * WAD) / 100n);
    const sums = long.profit.map((profit, j) => (profit + short.profit[j]!) / WAD);
    expect(sums).to.deep.equal([-2_800n, 2_800n, -6_400n]);
    const together = { common: WAD, sector: 0n, own: 0n };
    const moving = [long, short].map(() => ({ low: together, high: together }) as Exposure);
    expect(portfolioRisk([long, short], moving)).to.equal(6_400n * WAD);
  });
});
