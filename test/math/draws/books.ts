import type { Random } from "../../../sdk/sim/random.ts";
import { MAX_DOUBT, MAX_VOLATILITY_RATIO } from "../../../sdk/math/FuseMath.ts";
import { loadingOf } from "../../../sdk/math/MarginMath.ts";
import { fullLadder, initialMode, linearLadder } from "../../../sdk/math/ScenarioMath.ts";
import { deltasOf, MAX_UNITS } from "../../../sdk/math/ThrottleMath.ts";
import { max, MAX_AMOUNT, MAX_PRICE, MAX_RATE, MAX_VALUE, WAD } from "../../../sdk/math/WadMath.ts";
import type {
  AddOns,
  BasisRates,
  Expiry,
  Exposure,
  FactorRisk,
  Ladder,
  Loading,
  Measure,
  Notional,
  Pair,
  Portfolio,
  Requirement,
  Stable,
  AccountHealth,
} from "../../../sdk/types/Portfolio.ts";
import { all, checked, coin, either, list, pick, struct, time, within } from "./Draw.ts";
import type { Draw } from "./Draw.ts";
import * as dated from "./expiries.ts";
import * as figure from "./figures.ts";

// Books of one to eight factors. Most of what they hold is checked by someone; of so many figures
// one is out of bounds often enough if each is drawn within them and `spoilt` spoils one in eight.

const MOST_FACTORS = 8;
const LARGEST = MAX_VALUE / 8n; // eight of these still make a book

const pair = (draw: Draw<bigint>): Draw<Pair> => all(draw, draw);
const part = (percent: bigint) => within(0n, (percent * WAD) / 100n);

/** At least one; small books are as good as large ones, and cheaper. */
const factors: Draw<number> = (random) => 1 + random.integer(1 + random.integer(MOST_FACTORS));

const spotValue = either(within(0n, LARGEST), within(0n, LARGEST), within(0n, 10n ** 24n));
const linearProfit = either(within(-LARGEST, LARGEST), figure.signedValue);
const volumeOrNone = either(pick(0n), within(WAD, MAX_VALUE));

export const basis = struct<BasisRates>({
  perp: pair(either(part(3n), figure.share)),
  expiry: either(part(1n), figure.share),
  expirySlope: either(part(15n), figure.rate),
  expiryCap: either(part(6n), figure.share),
});

const spotOnly = struct<Exposure>({
  factor: time,
  spot: spotValue,
  price: figure.price,
  index: figure.price,
  mark: figure.price,
  perps: pick(0n),
  expiries: () => [],
  basis,
  bandRate: either(part(1n), figure.share),
  rateBand: either(pick(0n), within(0n, LARGEST)),
  used: figure.volatility,
  volatilityRatio: either(within(WAD, 10n * WAD), within(WAD, MAX_VOLATILITY_RATIO)),
  shockFloor: either(part(20n), figure.share),
  dailyVolume: volumeOrNone,
  volatility: pair(either(within(WAD / 5n, 4n * WAD), figure.rate)),
  crowding: pair(either(pick(WAD), within(WAD, 2n * WAD))),
  exitRate: pair(either(part(10n), figure.share)),
  lst: pair(either(pick(0n), within(0n, LARGEST))),
  low: (random) => loading(random),
  high: (random) => loading(random),
  counted: coin,
  doubtRate: either(pick(0n), part(5n), figure.checkedShare),
  behind: coin,
  updated: time,
});

/** Spot, a perp half the time, and as often futures and options. */
export const exposure: Draw<Exposure> = (random) => {
  const plain = spotOnly(random);
  const mark = dated.pricesNear(random, plain.index);
  const perps = coin(random) ? 0n : dated.unitsAt(random, max(mark, plain.index));
  return dated.dated(random, { ...plain, mark, perps });
};

export const stable = struct<Stable>({
  face: figure.checkedSignedValue,
  price: either(within((9n * WAD) / 10n, (11n * WAD) / 10n), figure.checkedPrice),
  bandRate: either(part(1n), figure.checkedShare),
  longRate: pair(either(part(10n), figure.checkedShare)),
});

const sensibleBook: Draw<Portfolio> = (random) => ({
  equity: figure.checkedSignedValue(random),
  initialEquity: figure.signedValue(random),
  gross: figure.checkedValue(random),
  debt: figure.checkedValue(random),
  doubt: either(pick(0n), checked(0n, 2n * MAX_VALUE))(random),
  graceMultiplier: checked(WAD, MAX_RATE)(random),
  stables: list(random.integer(4), stable)(random),
  exposures: list(factors(random) - (coin(random) ? 0 : 1), exposure)(random),
});

/** What an exposure may not be. */
const spoils: Draw<Partial<Exposure>> = pick<Partial<Exposure>>(
  { spot: MAX_VALUE + 1n },
  { spot: -MAX_VALUE - 1n },
  { spot: -1n },
  { bandRate: WAD + 1n },
  { bandRate: -1n },
  { volatilityRatio: WAD - 1n },
  { volatilityRatio: MAX_VOLATILITY_RATIO + 1n },
  { rateBand: MAX_VALUE + 1n },
  { exitRate: [WAD + 1n, -1n] },
  { lst: [-1n, MAX_VALUE + 1n] },
  { shockFloor: WAD + 1n },
  { shockFloor: -1n },
  { dailyVolume: WAD - 1n },
  { dailyVolume: MAX_VALUE + 1n },
  { volatility: [MAX_RATE + 1n, -1n] },
  { index: MAX_PRICE + 1n },
  { index: -1n },
  { mark: MAX_PRICE + 1n },
  { perps: MAX_AMOUNT + 1n },
  { perps: -MAX_AMOUNT - 1n },
  { basis: { perp: [WAD + 1n, -1n], expiry: 0n, expirySlope: 0n, expiryCap: 0n } },
  { basis: { perp: [0n, 0n], expiry: WAD + 1n, expirySlope: 0n, expiryCap: 0n } },
  { basis: { perp: [0n, 0n], expiry: 0n, expirySlope: MAX_RATE + 1n, expiryCap: 0n } },
  { basis: { perp: [0n, 0n], expiry: 0n, expirySlope: 0n, expiryCap: -1n } },
  { crowding: [WAD - 1n, 2n * WAD + 1n] },
);

export function spoilt(random: Random, exposures: Exposure[]): Exposure[] {
  if (exposures.length === 0 || random.integer(8) > 0) return exposures;
  const spoiled = random.integer(exposures.length);
  return exposures.map((one, i) => (i === spoiled ? spoiltOne(random, one) : one));
}

/** Half the time it is an expiry that is bad, where there is one. */
function spoiltOne(random: Random, exposure: Exposure): Exposure {
  const { expiries } = exposure;
  if (expiries.length === 0 || coin(random)) return { ...exposure, ...spoils(random) };
  const bad: Expiry = { ...random.pick(expiries), ...dated.spoils(random) };
  return { ...exposure, expiries: [...expiries.slice(1), bad] };
}

export const exposures: Draw<Exposure[]> = (random) =>
  spoilt(random, list(factors(random), exposure)(random));

export const book: Draw<Portfolio> = (random) => {
  const sensible = sensibleBook(random);
  return { ...sensible, exposures: spoilt(random, sensible.exposures) };
};

const someValue = within(-LARGEST, LARGEST);

/** A ladder of three or twelve scenarios: linear, or like nothing on earth. */
function ladder(random: Random, scenarios: number): Ladder {
  const [value, size] = [linearProfit(random), figure.share(random)];
  if (random.integer(2) === 0 && scenarios === 3) return linearLadder(value, size);
  if (random.integer(2) === 0 && scenarios === 12) return whole(random, size);
  const profit = list(scenarios, someValue)(random);
  const worst = () => profit.reduce((least, one) => (one < least ? one : least), 0n);
  const up = coin(random) ? worst() : 0n;
  return { shock: size, profit, down: worst(), up, net: figure.signedValue(random) };
}

/** The ladder of an exposure that may hold options. */
function whole(random: Random, size: bigint): Ladder {
  return fullLadder(exposure(random), size, initialMode());
}

export function ladders(random: Random, count = factors(random)): Ladder[] {
  const scenarios = random.pick([3, 12]);
  return Array.from({ length: count }, () => ladder(random, scenarios));
}

const share = figure.share;
export const loading: Draw<Loading> = either(
  (random) => loadingOf(share(random), coin(random)),
  struct<Loading>({ common: share, sector: share, own: share }),
);

export const addOns = struct<AddOns>({
  perpBasis: figure.value,
  expiryBasis: figure.value,
  lst: figure.value,
  stable: figure.value,
  exit: figure.value,
  shortOption: figure.value,
  calendarVega: figure.value,
  liquidationCost: figure.value,
  oracleBand: figure.value,
  size: figure.value,
});

export const notional = struct<Notional>({
  net: figure.signedValue,
  derivatives: figure.signedValue,
  legs: figure.value,
  expiryBasis: figure.value,
  shortOptions: figure.value,
  calendarVega: figure.value,
});

export const requirement = (count: number): Draw<Requirement> =>
  struct<Requirement>({
    risk: figure.value,
    addOns,
    ladders: (random) => ladders(random, count),
    notional: figure.value,
    required: figure.value,
  });

const factorRisk = struct<FactorRisk>({
  factor: time,
  loss: figure.checkedValue,
  units: within(0n, MAX_UNITS),
  volatilityRatio: either(within(WAD, 10n * WAD), checked(WAD, MAX_VOLATILITY_RATIO)),
  updated: time,
});

export const factorRisks: Draw<FactorRisk[]> = (random) =>
  list(factors(random), factorRisk)(random);

export const accountHealth = struct<AccountHealth>({
  equity: figure.signedValue,
  maintenance: figure.checkedValue,
  gross: figure.value,
  health: figure.signedValue,
  floor: figure.share,
  calmness: figure.share,
  best: figure.checkedSignedValue,
  heavyRound: time,
  deltas: (random) => deltasOf(factorRisks(random)),
});

export const measure = struct<Measure>({
  equity: figure.checkedSignedValue,
  maintenance: figure.checkedValue,
  gross: figure.checkedValue,
  doubt: either(pick(0n), within(0n, LARGEST), checked(0n, MAX_DOUBT)),
  factors: factorRisks,
});
