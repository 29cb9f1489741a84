import fc from "fast-check";
import { MAX_WILDNESS } from "../../sdk/math/FuseMath.ts";
import { highCorrelation, loadingOf, lowCorrelation } from "../../sdk/math/MarginMath.ts";
import { initialMode, maintenanceMode } from "../../sdk/math/ScenarioMath.ts";
import { MAX_VALUE, WAD } from "../../sdk/math/WadMath.ts";
import type { Exposure, Pair, Stable } from "../../sdk/types/Portfolio.ts";

// Books for the laws: the classes of DESIGN §7.2 at any volatility, long and short.

const LARGEST = MAX_VALUE / 64n; // eight factors of two books, and a gift
const BITS = LARGEST.toString(2).length - 1;

const percent = (value: number) => (BigInt(Math.round(value * 100)) * WAD) / 10_000n;

/** Of every order of magnitude as likely, from a wei to a billion. */
const magnitude = fc
  .tuple(fc.bigInt({ min: 0n, max: (1n << BigInt(BITS)) - 1n }), fc.nat(BITS))
  .map(([value, shift]) => value >> BigInt(shift));

export const spotValue = fc
  .tuple(magnitude, fc.boolean())
  .map(([value, isShort]) => (isShort ? -value : value));

export const factors = fc.integer({ min: 1, max: 8 });
export const modes = fc.constantFrom(maintenanceMode(), initialMode());

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

const position = fc.record({
  factor: fc.nat(254),
  spot: spotValue,
  price: within(1n, 1_000_000n * WAD),
  bandRate: fc.oneof(within(0n, WAD / 50n), within(0n, WAD)),
  rateBand: orNone(0n, magnitude),
  used: within(WAD / 5n, 4n * WAD),
  wildness: within(WAD, MAX_WILDNESS),
  dailyVolume: orNone(0n, within(WAD, MAX_VALUE)),
  volatility: pair(WAD / 5n, 4n * WAD),
  crowding: pair(WAD, 2n * WAD),
  lst: fc.oneof(fc.constant<Pair>([0n, 0n]), fc.tuple(magnitude, magnitude)),
  counted: fc.boolean(),
  fresh: fc.boolean(),
  behind: fc.boolean(),
  updated: fc.nat(),
});

const exposure: fc.Arbitrary<Exposure> = fc
  .tuple(position, fc.oneof({ arbitrary: factorClass, weight: 3 }, anyClass))
  .map(([held, { correlation, alt, ...kind }]) => ({
    ...held,
    ...kind,
    low: loadingOf(lowCorrelation(correlation), alt),
    high: loadingOf(highCorrelation(correlation), alt),
  }));

export const exposures = (count: number) =>
  fc.array(exposure, { minLength: count, maxLength: count });

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
