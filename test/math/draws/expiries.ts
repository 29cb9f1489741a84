import type { Random } from "../../../sdk/sim/random.ts";
import { ENDLESS } from "../../../sdk/math/CurveMath.ts";
import { MAX_CURVE } from "../../../sdk/math/ScenarioMath.ts";
import { WINDOW } from "../../../sdk/math/SettlementMath.ts";
import { HOUR, max, MAX_AMOUNT, MAX_ELAPSED, MAX_PRICE, min } from "../../../sdk/math/WadMath.ts";
import { MAX_RATE, MAX_VALUE, WAD, YEAR } from "../../../sdk/math/WadMath.ts";
import type { Curves, Expiry, Exposure, Strike } from "../../../sdk/types/Portfolio.ts";
import type { Surface } from "../../../sdk/types/Surface.ts";
import { withExpiries, type Leg, type Terms } from "../priced.ts";
import { checked, either, list, pick, struct, time, within, type Draw } from "./Draw.ts";
import * as figure from "./figures.ts";

// Futures and options of a factor: in several expiries, some within the hour, some settling.

const LARGEST = MAX_VALUE / 256n; // of one leg: all of a factor's still make a book

const moneyOf = either(within(-LARGEST, LARGEST), within(-(10n ** 24n), 10n ** 24n), pick(0n));

/** Units worth at most `LARGEST` at a price. */
export function unitsAt(random: Random, price: bigint): bigint {
  const units = (moneyOf(random) * WAD) / max(1n, price);
  return max(-MAX_AMOUNT, min(MAX_AMOUNT, units));
}

/** Near a price: within a tenth, within a fifth and five times it, or anywhere. */
export function pricesNear(random: Random, price: bigint): bigint {
  const near = [
    () => within((9n * price) / 10n, (11n * price) / 10n)(random),
    () => within(price / 5n, 5n * price)(random),
    () => figure.price(random),
  ];
  return max(1n, min(MAX_PRICE, random.pick([...near.slice(0, 2), ...near])()));
}

export const surface: Draw<Surface> = struct({
  atm: either(within(WAD / 5n, 2n * WAD), figure.atm),
  skew: either(within(-WAD / 5n, WAD / 5n), figure.skew),
  curvature: either(within(0n, WAD / 5n), figure.skew),
});

const left = either(
  within(0n, WINDOW),
  within(0n, 2n * HOUR),
  within(86_400n, 2n * YEAR),
  figure.elapsed,
);

const leg = (random: Random, forward: bigint, dearest: bigint): Leg => ({
  strike: pricesNear(random, forward),
  calls: unitsAt(random, dearest),
  puts: unitsAt(random, dearest),
});

/** One expiry of a factor whose spot is `index`. */
export function terms(random: Random, index: bigint): Terms {
  const forward = pricesNear(random, index);
  const dearest = max(forward, index);
  const seconds = left(random);
  const settling = seconds < WINDOW;
  return {
    time: time(random),
    left: seconds,
    forward,
    exposed: settling ? figure.share(random) : WAD,
    unsettled: settling ? figure.share(random) : WAD,
    ahead: settling ? figure.share(random) : WAD,
    futures: unitsAt(random, dearest),
    surface: surface(random),
    legs: list(random.integer(4), (each) => leg(each, forward, dearest))(random),
  };
}

/** Half of all exposures trade nothing dated. */
export function dated(random: Random, exposure: Exposure): Exposure {
  const count = random.pick([0, 0, 0, 1, 2, 3]);
  return withExpiries(
    exposure,
    Array.from({ length: count }, () => terms(random, max(1n, exposure.index))),
  );
}

/** An option like nothing on earth. */
export const strike = struct<Strike>({
  strike: figure.checkedPrice,
  calls: figure.checkedAmount,
  puts: figure.checkedAmount,
  logMoneyness: either(within(-65n * WAD, 65n * WAD), figure.checkedSignedRate),
  volatility: either(within(0n, 10n * WAD), figure.checkedRate),
  call: figure.checkedPrice,
  delta: figure.checkedShare,
});

const profit = either(within(-LARGEST * WAD, LARGEST * WAD), within(-MAX_CURVE, MAX_CURVE));
const curve = (random: Random) => list(12, profit)(random);

/** An expiry like nothing on earth. */
export const expiry: Draw<Expiry> = (random) => ({
  time: time(random),
  left: figure.checkedElapsed(random),
  root: either(within(0n, 4n * WAD), figure.checkedRate)(random),
  forward: figure.checkedPrice(random),
  exposed: figure.checkedShare(random),
  unsettled: figure.checkedShare(random),
  ahead: either(pick(WAD), figure.checkedShare)(random),
  futures: figure.checkedAmount(random),
  strikes: list(random.integer(4), strike)(random),
  vega: figure.checkedSignedValue(random),
  curves: [curve(random), curve(random), curve(random), curve(random)] as Curves,
  largestLoss: either(pick(ENDLESS), within(0n, MAX_VALUE), checked(0n, ENDLESS))(random),
});

/** Most of the time as the house makes them. */
export const likelyExpiry: Draw<Expiry> = (random) => {
  const forward = figure.positivePrice(random);
  return withExpiries(shaken(random), [terms(random, forward)]).expiries[0]!;
};

/** As much of an exposure as its shocks need. */
const shaken = (random: Random) =>
  ({
    shockFloor: figure.share(random),
    volatility: [figure.volatility(random), figure.volatility(random)],
    crowding: [WAD, 2n * WAD],
  }) as unknown as Exposure;

export const anyExpiry = either(likelyExpiry, expiry);

/** What an expiry may not be. */
export const spoils: Draw<Partial<Expiry>> = pick<Partial<Expiry>>(
  { futures: MAX_AMOUNT + 1n },
  { futures: -MAX_AMOUNT - 1n },
  { exposed: WAD + 1n },
  { exposed: -1n },
  { forward: MAX_PRICE + 1n },
  { forward: -1n },
  { left: MAX_ELAPSED + 1n },
  { vega: -MAX_VALUE - 1n },
  { root: MAX_RATE + 1n },
  { curves: [[MAX_CURVE + 1n], [-MAX_CURVE - 1n], [], []] },
  { largestLoss: ENDLESS + 1n },
  { largestLoss: -1n },
);
