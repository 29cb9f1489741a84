import fc from "fast-check";
import { ENDLESS } from "../../sdk/math/CurveMath.ts";
import { initialMargin, marginOf, requirementOf } from "../../sdk/math/MarginMath.ts";
import { putOf } from "../../sdk/math/OptionMath.ts";
import { max, min, mulDown, mulUp, WAD } from "../../sdk/math/WadMath.ts";
import { total } from "../../sdk/total.ts";
import type { Expiry, Exposure, Portfolio } from "../../sdk/types/Portfolio.ts";
import { exposureOf, factors, magnitude, modes, optionMarket, stables } from "./arbitraries.ts";
import { callsAt, markets, type Holding, type Market } from "./arbitraries.ts";
import { atMost, bookOf, exposed, holds, judge, LIMIT, world } from "./judged.ts";

// Options whose loss has a bound need no more than that: DESIGN §7.5, decision 136.

const DATES = [0, 1, 2];
const NONE = (): Holding => Array.from({ length: 23 }, () => 0n);

/** Bought options, and spreads between two strikes of one expiry either way round. */
const spreads = fc.array(
  fc.record({
    date: fc.constantFrom(...DATES),
    isPut: fc.boolean(),
    near: fc.nat(2),
    far: fc.nat(2),
    kind: fc.constantFrom("bought", "vertical"),
    units: fc.bigInt({ min: 1n, max: 1n << 66n }),
  }),
  { minLength: 1, maxLength: 5 },
);

/** What a book of these holds of one market; legs of strikes that do not trade are left out. */
const bought = (market: Market) =>
  spreads.map((list): Holding => {
    const held = NONE();
    const add = (date: number, strike: number, isPut: boolean, units: bigint) => {
      held[callsAt(date, strike) + (isPut ? 1 : 0)]! += units;
    };
    for (const { date, isPut, near, far, kind, units } of list) {
      const strikes = market.dates[date]?.strikes.length ?? 0;
      if (near >= strikes || (kind === "vertical" && far >= strikes)) continue;
      add(date, near, isPut, units);
      if (kind === "vertical") add(date, far, isPut, -units);
    }
    return held;
  });

const optionsOnly = fc
  .integer({ min: 1, max: 3 })
  .chain((count) =>
    fc
      .array(optionMarket, { minLength: count, maxLength: count })
      .chain((list) =>
        fc
          .tuple(...list.map(bought))
          .map((held) => list.map((market, i) => exposureOf(market, held[i]!))),
      ),
  );

/** What an expiry is worth less what it pays in the end, at the worst of many prices; straight beyond. */
function mostLost({ strikes, forward }: Expiry): bigint {
  const worth = total(
    strikes.map(({ strike, calls, puts, call }) => {
      return mulDown(calls, call) + mulDown(puts, putOf(call, forward, strike));
    }),
  );
  const highest = strikes.reduce((most, { strike }) => max(most, strike), 0n);
  const prices = [0n, ...strikes.map(({ strike }) => strike), highest + 10n ** 9n * WAD];
  const paid = prices.map((price) =>
    total(
      strikes.map(({ strike, calls, puts }) => {
        return calls * max(0n, price - strike) + puts * max(0n, strike - price);
      }),
    ),
  );
  return max(0n, worth - paid.reduce(min) / WAD);
}

const allLost = (exposures: Exposure[]) =>
  total(exposures.flatMap(({ expiries }) => expiries.map(mostLost)));

const tiers = fc.bigInt({ min: WAD, max: 2n * WAD });

/** A wei for each expiry, whose loss is rounded up. */
const weis = (exposures: Exposure[]) => total(exposures.map((one) => BigInt(one.expiries.length)));

/** The book without the options of each expiry that does not lose without bound. */
const bare = (exposures: Exposure[]): Exposure[] =>
  exposures.map((one) => ({
    ...one,
    expiries: one.expiries.map((expiry) =>
      expiry.largestLoss === ENDLESS
        ? expiry
        : { ...expiry, strikes: [], curves: [[], [], [], []] as const, vega: 0n, largestLoss: 0n },
    ),
  }));

describe("options that lose no more than so much", function () {
  this.timeout(LIMIT);

  it("need no more than that, bought or in verticals, at MM and at IM, whatever the tier", () => {
    holds([optionsOnly, tiers], (exposures, graceMultiplier) => {
      const book: Portfolio = { ...bookOf(exposures), graceMultiplier };
      const { maintenance, initial } = marginOf(book);
      const lost = allLost(exposures) + weis(exposures);
      atMost(initial, lost);
      atMost(12n * (maintenance - 1n), 10n * lost);
    });
  });

  it("need beside any other book what that needs, and no more than they can lose", () => {
    holds([world, stables, magnitude, tiers], ({ list, left, mode }, cash, debt, m) => {
      const exposures = exposed(list, left, mode);
      const book = { ...bookOf(exposures), stables: cash, debt, graceMultiplier: m };
      const { required } = requirementOf(book, mode);
      const bounds = exposures
        .flatMap(({ expiries }) => expiries)
        .filter((one) => one.left > mode.soonest && one.strikes.length > 0)
        .filter(({ strikes }) => total(strikes.map(({ calls }) => calls)) >= 0n);
      const lost = total(bounds.map(mostLost)) + BigInt(bounds.length);
      const rest = requirementOf({ ...book, exposures: bare(exposures) }, mode).required;
      const { slack } = judge(exposures, mode);
      atMost(required, lost + rest + mulUp(m, slack));
    });
  });

  it("need what the book's risk and charges come to, if that is less", () => {
    holds([world, stables, magnitude, tiers], ({ list, left, mode }, cash, debt, m) => {
      const exposures = exposed(list, left, mode);
      const book = { ...bookOf(exposures), stables: cash, debt, graceMultiplier: m };
      const hidden = exposures.map((one) => ({
        ...one,
        expiries: one.expiries.map((expiry) => ({ ...expiry, largestLoss: ENDLESS })),
      }));
      atMost(
        requirementOf(book, mode).required,
        requirementOf({ ...book, exposures: hidden }, mode).required,
      );
    });
  });

  it("raise no requirement of a book without options by more than they are worth, given to it", () => {
    const given = factors.chain((count) =>
      fc
        .tuple(optionMarket, markets(count - 1))
        .chain(([first, others]) =>
          fc.tuple(fc.constant<Market[]>([first, ...others]), bought(first)),
        ),
    );
    const plain = given.chain(([list, gift]) =>
      fc.record({
        list: fc.constant(list),
        gift: fc.constant(gift.map((units) => max(units, 0n))),
        held: fc.tuple(
          ...list.map(() => fc.tuple(magnitude, fc.bigInt({ min: -(1n << 66n), max: 1n << 66n }))),
        ),
      }),
    );
    holds(
      [plain, stables, magnitude, modes, tiers],
      ({ list, gift, held }, cash, debt, mode, m) => {
        const before = held.map(([spot, perps]) => [spot, perps, ...NONE().slice(2)]);
        const after = before.map((one, i) => (i === 0 ? one.map((u, k) => u + gift[k]!) : one));
        const [poor, rich] = [before, after].map((one) => ({
          ...bookOf(exposed(list, one)),
          ...{ stables: cash, debt, graceMultiplier: m },
        })) as [Portfolio, Portfolio];
        const worth = total(rich.exposures[0]!.expiries.map(mostLost)) + weis(rich.exposures);
        const { slack } = judge(rich.exposures, mode);
        atMost(initialMargin(rich), initialMargin(poor) + worth + mulUp(m, slack));
        const [old, now] = [marginOf(poor), marginOf(rich)];
        atMost(now.maintenance, old.maintenance + worth + mulUp(m, slack));
      },
    );
  });
});
