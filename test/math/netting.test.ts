import { expect } from "chai";
import { expiryVega } from "../../sdk/math/CurveMath.ts";
import { calendarVega, deltaOf, notionalOf } from "../../sdk/math/MarginMath.ts";
import { fullLadder, maintenanceMode, shockOf } from "../../sdk/math/ScenarioMath.ts";
import { abs, min, mulUp, WAD } from "../../sdk/math/WadMath.ts";
import type { Exposure, Mode } from "../../sdk/types/Portfolio.ts";
import { termsOf, units, type Listed, type Market } from "./arbitraries.ts";
import { atMost, exposed, holds, judge, LIMIT, optionWorld } from "./judged.ts";
import { withExpiries, type Leg, type Terms } from "./priced.ts";

// What offsets is netted: legs of one expiry that come to nothing risk nothing, and what is charged
// for options is charged strike by strike and expiry by expiry.

/** One factor with only these legs of its first expiry. */
function holding(market: Market, futures: bigint, legs: Leg[], mode: Mode): Exposure {
  return withExpiries(market.exposure, [{ ...datedOf(market.dates[0]!), futures, legs }], [mode]);
}

const datedOf = ({ strikes: _, ...date }: Listed): Omit<Terms, "futures" | "legs"> => date;

const profitsOf = (exposure: Exposure, mode: Mode) =>
  fullLadder(exposure, shockOf(exposure, mode), mode).profit;

/** The most of a linear leg that is lost to rounding. */
const FEW = 4n;

describe("legs that offset", function () {
  this.timeout(LIMIT);

  it("leave a flat ladder: long calls, short puts, a short forward", () => {
    holds([optionWorld, units], ({ list, mode }, n) => {
      const strike = list[0]!.dates[0]!.strikes[0]!;
      const flat = holding(list[0]!, -n, [{ strike, calls: n, puts: -n }], mode);
      for (const profit of profitsOf(flat, mode)) atMost(abs(profit), FEW);
      atMost(abs(deltaOf(flat.expiries[0]!, mode).net), FEW);
      atMost(judge([flat], mode).risk, FEW);
    });
  });

  it("are nothing, if a strike is bought and sold", () => {
    holds([optionWorld, units, units], ({ list, mode }, calls, puts) => {
      const strike = list[0]!.dates[0]!.strikes[0]!;
      const legs = [
        { strike, calls, puts },
        { strike, calls: -calls, puts: -puts },
      ];
      const flat = holding(list[0]!, 0n, legs, mode);
      for (const profit of profitsOf(flat, mode)) atMost(abs(profit), FEW);
      atMost(abs(deltaOf(flat.expiries[0]!, mode).net), FEW);
    });
  });

  it("are the same, however a list splits an expiry and its strikes", () => {
    holds([optionWorld, units], ({ list, left, mode }, n) => {
      const parts = (terms: Terms): Terms[] => {
        const legs = terms.legs.map((leg) => [
          { ...leg, calls: leg.calls - n, puts: 0n },
          { ...leg, calls: n },
        ]);
        const [one, other] = [0, 1].map((part) => legs.map((pair) => pair[part]!));
        return [
          { ...terms, futures: terms.futures - n, legs: one! },
          { ...terms, futures: n, legs: other! },
        ];
      };
      const whole = exposed(list, left, mode);
      const split = whole.map((one, i) =>
        withExpiries(one, termsOf(list[i]!, left[i]!).flatMap(parts), [mode]),
      );
      const [before, after] = [judge(whole, mode), judge(split, mode)];
      atMost(abs(before.risk - after.risk), before.slack + after.slack);
    });
  });
});

/** Two expiries of one factor, of which the first and the second hold these legs. */
function calendar({ exposure, dates: [date] }: Market, first: Leg[], second: Leg[]): Exposure {
  const terms = { ...datedOf(date!), futures: 0n };
  const later = { ...terms, time: terms.time + 1, left: terms.left + 86_400n, exposed: WAD };
  return withExpiries(exposure, [
    { ...terms, legs: first },
    { ...later, legs: second },
  ]);
}

const shortOf = (exposure: Exposure) => notionalOf(exposure, maintenanceMode()).shortOptions;

describe("what options are charged", function () {
  this.timeout(LIMIT);

  it("is no vega within one expiry", () => {
    holds([optionWorld], ({ list, left }) => {
      const { expiries, ...one } = exposed(list, left)[0]!;
      for (const expiry of expiries) {
        const vega = expiryVega(expiry);
        expect(
          calendarVega({ ...one, expiries: [{ ...expiry, vega }] }, maintenanceMode()),
        ).to.equal(0n);
      }
    });
  });

  it("is no vega, if all expiries are long of it; a quarter of the smaller side, if not", () => {
    holds([optionWorld, units, units], ({ list }, some, other) => {
      const strike = list[0]!.dates[0]!.strikes[0]!;
      const [n, m] = [abs(some), abs(other)];
      const long = [{ strike, calls: n, puts: 0n }];
      const bought = calendar(list[0]!, long, [{ strike, calls: 0n, puts: m }]);
      const sold = calendar(list[0]!, long, [{ strike, calls: 0n, puts: -m }]);
      expect(calendarVega(bought, maintenanceMode())).to.equal(0n);
      const [near, far] = sold.expiries.map(({ vega }) => vega) as [bigint, bigint];
      atMost(0n, near);
      atMost(far, 0n);
      expect(calendarVega(sold, maintenanceMode())).to.equal((min(near, -far) + 3n) / 4n);
    });
  });

  it("is nothing for a short beside as many longs of its strike and expiry, of either kind", () => {
    holds([optionWorld, units, units], ({ list, mode }, some, other) => {
      const strike = list[0]!.dates[0]!.strikes[0]!;
      const [calls, puts] = [abs(some), abs(other)];
      const pairs = [
        [-calls, calls],
        [puts, -puts],
      ] as const;
      for (const [c, p] of pairs) {
        expect(shortOf(holding(list[0]!, 0n, [{ strike, calls: c, puts: p }], mode))).to.equal(0n);
      }
    });
  });

  it("is the whole of a short, if what is bought has another strike or expiry", () => {
    holds([optionWorld, units], ({ list, mode }, some) => {
      const [market, n] = [list[0]!, abs(some)];
      const strike = market.dates[0]!.strikes[0]!;
      const short = { strike, calls: -n, puts: 0n };
      const whole = mulUp(n, market.exposure.index);
      const elsewhere = { strike: strike + 1n, calls: n, puts: n };
      expect(shortOf(holding(market, n, [short, elsewhere], mode))).to.equal(whole);
      const later = [{ strike, calls: n, puts: 0n }];
      expect(shortOf(calendar(market, [short], later))).to.equal(whole);
    });
  });
});
