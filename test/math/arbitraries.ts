import fc from "fast-check";
import { MAX_VOLATILITY_RATIO } from "../../sdk/math/FuseMath.ts";
import { highCorrelation, loadingOf, lowCorrelation } from "../../sdk/math/MarginMath.ts";
import { initialMode, laterMode, maintenanceMode } from "../../sdk/math/ScenarioMath.ts";
import { max, MAX_VALUE, WAD, YEAR } from "../../sdk/math/WadMath.ts";
import type { Expiry, Exposure, Mode, Pair, Stable } from "../../sdk/types/Portfolio.ts";
import { withExpiries, type Terms } from "./priced.ts";

// Books for the laws: the classes of DESIGN §7.2 at any volatility, long and short, with perps, futures
// and options.

const LARGEST = MAX_VALUE / 64n; // eight factors of two books, and a gift
const BITS = LARGEST.toString(2).length - 1;

const percent = (value: number) => (BigInt(Math.round(value * 100)) * WAD) / 10_000n;

/** Of every order of magnitude as likely, from a wei to a billion. */
export const magnitude = fc
  .tuple(fc.bigInt({ min: 0n, max: (1n << BigInt(BITS)) - 1n }), fc.nat(BITS))
  .map(([value, shift]) => value >> BigInt(shift));

/** Up to a thousand units, either side. */
export const units = fc
  .tuple(fc.bigInt({ min: 0n, max: 1n << 70n }), fc.nat(70), fc.boolean())
  .map(([value, shift, isShort]) => (isShort ? -1n : 1n) * (value >> BigInt(shift)));

export const spotValue = fc
  .tuple(magnitude, fc.boolean())
  .map(([value, isShort]) => (isShort ? -value : value));

export const factors = fc.integer({ min: 1, max: 8 });
export const modes = fc.constantFrom(maintenanceMode(), initialMode(), laterMode());

const within = (low: bigint, high: bigint) => fc.bigInt({ min: low, max: high });
const pair = (low: bigint, high: bigint): fc.Arbitrary<Pair> =>
  fc.tuple(within(low, high), within(low, high));
const orNone = <T>(none: T, some: fc.Arbitrary<T>) => fc.oneof(fc.constant(none), some);

/** sMin, ρ, alt, exit of MM and IM. */
const CLASSES = [
  [6, 92, false, 0.5, 1],
  [7, 92, false, 0.5, 1],
  [10, 75, true, 2, 4],
  [11, 80, true, 2, 4],
  [12, 75, true, 2, 4],
  [20, 65, true, 5, 10],
  [20, 50, true, 5, 10],
] as const;

const factorClass = fc.constantFrom(...CLASSES).map(([floor, correlation, alt, exit, later]) => ({
  shockFloor: percent(floor),
  correlation: percent(correlation),
  alt,
  exitRate: [percent(exit), percent(later)] as const,
}));

const anyClass = fc.record({
  shockFloor: within(0n, WAD / 2n),
  correlation: within(0n, WAD),
  alt: fc.boolean(),
  exitRate: pair(0n, WAD / 4n),
});

/** From a millionth of a dollar to a million. */
const price = fc
  .tuple(within(1n, 10n), fc.nat(12))
  .map(([digit, power]) => (digit * WAD * 10n ** BigInt(power)) / 10n ** 6n);

const basis = fc.record({
  perp: pair(0n, WAD / 33n),
  expiry: within(0n, WAD / 100n),
  expirySlope: within(0n, (15n * WAD) / 100n),
  expiryCap: within(0n, (6n * WAD) / 100n),
});

const facts = fc.record({
  factor: fc.nat(254),
  spot: fc.constant<bigint>(0n),
  price,
  index: price,
  mark: price,
  perps: fc.constant<bigint>(0n),
  expiries: fc.constant<Expiry[]>([]),
  basis,
  bandRate: fc.oneof(within(0n, WAD / 50n), within(0n, WAD)),
  rateBand: orNone(0n, magnitude),
  used: within(WAD / 5n, 4n * WAD),
  volatilityRatio: within(WAD, MAX_VOLATILITY_RATIO),
  dailyVolume: orNone(0n, within(WAD, MAX_VALUE)),
  volatility: pair(WAD / 5n, 4n * WAD),
  crowding: pair(WAD, 2n * WAD),
  lst: fc.oneof(fc.constant<Pair>([0n, 0n]), fc.tuple(magnitude, magnitude)),
  counted: fc.boolean(),
  doubtRate: fc.constant(0n),
  behind: fc.boolean(),
  updated: fc.nat(),
});

const exposure: fc.Arbitrary<Exposure> = fc
  .tuple(facts, fc.oneof({ arbitrary: factorClass, weight: 3 }, anyClass))
  .map(([held, { correlation, alt, ...kind }]) => ({
    ...held,
    ...kind,
    price: held.index,
    low: loadingOf(lowCorrelation(correlation), alt),
    high: loadingOf(highCorrelation(correlation), alt),
  }));

export const exposures = (count: number) =>
  fc.array(exposure, { minLength: count, maxLength: count });

const MOST_DATES = 3;
const MOST_STRIKES = 3;
const DATE = 1 + 2 * MOST_STRIKES; // a future, then calls and puts of each strike
const HELD = 2 + MOST_DATES * DATE; // spot and perps, then what is held of each date

/** One expiry of a market, and the strikes that trade. */
export type Listed = Omit<Terms, "futures" | "legs"> & { readonly strikes: bigint[] };

/** All that can be held of one factor, and none of it held. */
export interface Market {
  readonly exposure: Exposure;
  readonly dates: Listed[];
}

/** What is held of a market: its spot in USD, units of the rest, in the order of `HELD`. */
export type Holding = bigint[];

const listed = (index: bigint, leastStrikes: number): fc.Arbitrary<Listed> => {
  const near = (low: bigint, high: bigint) =>
    within(low, high).map((percent) => max(1n, (index * percent) / 100n));
  return fc
    .record({
      time: fc.nat(),
      left: fc.oneof(within(0n, 1_800n), within(0n, 7_200n), within(86_400n, 2n * YEAR)),
      forward: near(50n, 200n),
      share: within(0n, WAD),
      surface: fc.record({
        atm: within(WAD / 5n, 3n * WAD),
        skew: within(-WAD / 5n, WAD / 5n),
        curvature: within(0n, WAD / 5n),
      }),
      strikes: fc.array(near(20n, 500n), { minLength: leastStrikes, maxLength: MOST_STRIKES }),
    })
    .map(({ share, ...date }) => ({ ...date, ...felt(date.left < 1_800n ? share : WAD) }));
};

const dated = (least: number) =>
  exposure.chain((one) =>
    fc
      .array(listed(one.index, least), { minLength: least, maxLength: MOST_DATES })
      .map((dates): Market => ({ exposure: one, dates })),
  );

const undated = exposure.map((one): Market => ({ exposure: one, dates: [] }));

export const markets = (count: number) =>
  fc.array(fc.oneof(undated, dated(0)), { minLength: count, maxLength: count });

/** Has a strike in its first expiry. */
export const optionMarket = dated(1);

const LEG = BITS - 8; // legs of eight factors still make a book

const money = fc
  .tuple(fc.bigInt({ min: 0n, max: (1n << BigInt(LEG)) - 1n }), fc.nat(LEG), fc.nat(3))
  .map(([value, shift, kind]) =>
    kind === 0 ? 0n : (kind === 1 ? -1n : 1n) * (value >> BigInt(shift)),
  );

const moneys = fc.array(money, { minLength: HELD, maxLength: HELD });

/** Holdings worth as much at the dearest of their market's prices. */
function unitsOf({ exposure: { index, mark }, dates }: Market, values: bigint[]): Holding {
  const dearest = [index, mark, ...dates.map(({ forward }) => forward)].reduce(max);
  return values.map((value, i) => (i === 0 ? max(value, -value) : (value * WAD) / dearest));
}

/** Holdings of these markets. */
export const holdings = (list: Market[]) =>
  fc
    .array(moneys, { minLength: list.length, maxLength: list.length })
    .map((values) => values.map((each, i) => unitsOf(list[i]!, each)));

/** Where a holding keeps the calls of a strike; its puts are next. */
export const callsAt = (date: number, strike: number) => 3 + DATE * date + 2 * strike;
export const futureAt = (date: number) => 2 + DATE * date;

function heldOf({ strikes, ...date }: Listed, held: Holding, d: number): Terms {
  const legs = strikes.map((strike, k) => {
    const at = callsAt(d, k);
    return { strike, calls: held[at]!, puts: held[at + 1]! };
  });
  const open = legs.filter(({ calls, puts }) => calls !== 0n || puts !== 0n);
  return { ...date, futures: held[futureAt(d)]!, legs: open };
}

/** What is held of the expiries of a market. */
export const termsOf = ({ dates }: Market, held: Holding): Terms[] =>
  dates
    .map((date, d) => heldOf(date, held, d))
    .filter(({ futures, legs }) => futures !== 0n || legs.length > 0);

/** What an account that holds this is exposed to; options are priced in these modes. */
export function exposureOf(market: Market, held: Holding, modes?: Mode[]): Exposure {
  const [spot, perps] = held as [bigint, bigint];
  return withExpiries({ ...market.exposure, spot, perps }, termsOf(market, held), modes);
}

/** Profits in twelve scenarios, of any shape. */
export const twelve = (count: number) =>
  fc.array(fc.array(spotValue, { minLength: 12, maxLength: 12 }), {
    minLength: count,
    maxLength: count,
  });

/** Long stables near and far from their peg. */
export const stables: fc.Arbitrary<Stable[]> = fc.array(
  fc.record({
    face: magnitude,
    price: fc.oneof(within((9n * WAD) / 10n, (11n * WAD) / 10n), within(0n, 2n * WAD)),
    bandRate: fc.oneof(within(0n, WAD / 50n), within(0n, WAD)),
    longRate: pair(0n, WAD / 10n),
  }),
  { maxLength: 3 },
);

/** What a window still feels and counts. */
function felt(share: bigint) {
  return { exposed: share, unsettled: share, ahead: share === WAD ? WAD : share / 2n };
}
