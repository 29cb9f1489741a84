import type {
  Exposure,
  FactorRisk,
  Ladder,
  Measure,
  Portfolio,
  Requirement,
  AccountHealth,
} from "../types/Portfolio.ts";
import { healthOf, maintenanceMargin } from "./MarginMath.ts";
import { worstLoss } from "./ScenarioMath.ts";
import { deltasOf, unitsOf } from "./ThrottleMath.ts";
import { MAX_ELAPSED, MAX_RATE, MAX_VALUE, WAD } from "./WadMath.ts";
import { abs, bounded, clamp, divDown, max, min, mulDown, mulUp } from "./WadMath.ts";

// DESIGN §8. How long an account in call may take. At health h the distance to zero equity is h·MM,
// and MM is k·σ·√τ of the book; surviving 5 fast sigmas during G gives
//   G = clamp(0.64·τ·hw²·κ², 5 min, max(5 min, Gmax·cover)),  0.64 = (4/5)², τ = 4 h
//   κ = ΣW / Σ W·max(1, √v1/σused)
// The fuse burns by dt/G below h = 1 and cools by dt/4 h above h = 1.10.

export const SAFE_SECONDS = 9_216n; // 0.64·τ
export const SHORTEST_GRACE = 300n; // seconds
export const LONGEST_INTERVAL = 600n; // seconds a single unseen interval can burn
export const COOLING = 14_400n; // seconds from full to empty
export const SMALLEST_COVER = 250_000_000_000_000_000n;
export const FLOOR_RATE = 7_500_000_000_000_000n;
export const LOWEST_FLOOR = 250_000_000_000_000_000n;
export const HIGHEST_FLOOR = 750_000_000_000_000_000n;
export const HEAVY = 200_000_000_000_000_000n; // of ΣW: a factor whose rounds confirm
export const MAX_VOLATILITY_RATIO = 100_000_000_000_000_000_000_000_000n;
export const MAX_DOUBT = 2_000_000_000_000_000_000_000_000_000_000n; // of a book: MAX_VALUE twice for each factor, and for what has a rate

/** What each factor of a book weighs. A ladder stands beside its exposure. */
export function factorRisksOf(exposures: Exposure[], ladders: Ladder[]): FactorRisk[] {
  const factors = new Array<FactorRisk>(ladders.length);
  for (let i = 0; i < ladders.length; ++i) {
    const exposure = exposures[i]!;
    factors[i] = {
      factor: exposure.factor,
      loss: worstLoss(ladders[i]!),
      units: unitsOf(ladders[i]!.net, exposure.index),
      volatilityRatio: exposure.volatilityRatio,
      updated: exposure.updated,
    };
  }
  return factors;
}

/**
 * By how much the prices of a book that are not Ok may be off: Σ |delta|·band, each band as wide as it has
 * grown.
 */
export function doubtOf(book: Portfolio, ladders: Ladder[]): bigint {
  let sum = bounded(book.doubt, 0n, 2n * MAX_VALUE);
  for (let i = 0; i < ladders.length; ++i) {
    const net = bounded(ladders[i]!.net, -2n * MAX_VALUE, 2n * MAX_VALUE);
    sum += mulUp(abs(net), bounded(book.exposures[i]!.doubtRate, 0n, WAD));
  }
  return sum;
}

/** What a margin call measures of a book; `initial` is its IM. */
export function measureOf(book: Portfolio, own: Requirement, initial: bigint): Measure {
  return {
    equity: book.equity,
    maintenance: maintenanceMargin(own.required, initial),
    gross: bounded(book.gross, 0n, MAX_VALUE) + own.notional,
    doubt: doubtOf(book, own.ladders),
    factors: factorRisksOf(book.exposures, own.ladders),
  };
}

/** ΣW. */
export function weightOf(factors: FactorRisk[]): bigint {
  let sum = 0n;
  for (let i = 0; i < factors.length; ++i) {
    sum += bounded(factors[i]!.loss, 0n, MAX_VALUE);
  }
  return sum;
}

/** Time of the newest round of a factor that carries 20 % of ΣW. */
export function heavyRoundOf(factors: FactorRisk[]): number {
  const least = mulUp(HEAVY, weightOf(factors));
  let newest = 0;
  for (let i = 0; i < factors.length; ++i) {
    if (factors[i]!.loss >= least && factors[i]!.updated > newest) newest = factors[i]!.updated;
  }
  return newest;
}

/** κ: the inverse of how much wilder the book's last hour was than its estimates. */
export function calmnessOf(factors: FactorRisk[]): bigint {
  let sum = 0n;
  let wild = 0n;
  {
    for (let i = 0; i < factors.length; ++i) {
      const loss = bounded(factors[i]!.loss, 0n, MAX_VALUE);
      sum += loss;
      wild += loss * bounded(factors[i]!.volatilityRatio, WAD, MAX_VOLATILITY_RATIO);
    }
    return wild == 0n ? WAD : (sum * WAD * WAD) / wild;
  }
}

/** G in seconds, as a wad. `longest` = Gmax·cover in seconds, as a wad. */
export function graceOf(health: bigint, calmness: bigint, longest: bigint): bigint {
  bounded(calmness, 0n, WAD);
  const reach = bounded(max(0n, health), 0n, MAX_RATE);
  const squared = mulDown(mulDown(reach, reach), mulDown(calmness, calmness));
  const shortest = SHORTEST_GRACE * WAD;
  return clamp(SAFE_SECONDS * squared, shortest, max(shortest, longest));
}

/** The fuse after an interval below h = 1. */
export function burn(fuse: bigint, elapsed: bigint, grace: bigint): bigint {
  const seen = min(bounded(elapsed, 0n, MAX_ELAPSED), LONGEST_INTERVAL);
  bounded(fuse, 0n, WAD);
  return min(WAD, fuse + (seen * WAD * WAD) / bounded(grace, WAD, MAX_ELAPSED * WAD));
}

/** The fuse after an interval above h = 1.10. */
export function cool(fuse: bigint, elapsed: bigint): bigint {
  bounded(fuse, 0n, WAD);
  return max(0n, fuse - (bounded(elapsed, 0n, MAX_ELAPSED) * WAD) / COOLING);
}

/** The health below which an account's equity hardly pays for its own liquidation. */
export function floorOf(gross: bigint, maintenance: bigint): bigint {
  if (maintenance == 0n) return LOWEST_FLOOR;
  const cost = mulDown(FLOOR_RATE, bounded(gross, 0n, MAX_VALUE));
  return clamp(divDown(cost, maintenance), LOWEST_FLOOR, HIGHEST_FLOOR);
}

/** How much of what it should hold the insurance fund does hold. */
export function coverOf(fund: bigint, required: bigint): bigint {
  if (bounded(required, 0n, MAX_VALUE) == 0n) return WAD;
  return clamp(divDown(bounded(fund, 0n, MAX_VALUE), required), SMALLEST_COVER, WAD);
}

/** Is an account below MM, whatever prices in doubt are? Then time counts against it. */
export function isCertain(one: AccountHealth): boolean {
  return one.best < one.maintenance;
}

/** The same account if all that is in doubt is in its favour. */
export function atBest(one: AccountHealth): AccountHealth {
  return {
    equity: one.best,
    maintenance: one.maintenance,
    gross: one.gross,
    health: healthOf(one.best, one.maintenance),
    floor: one.floor,
    calmness: one.calmness,
    best: one.best,
    heavyRound: one.heavyRound,
    deltas: one.deltas,
  };
}

/** All that a margin call asks of a book. */
export function accountHealthOf(book: Measure): AccountHealth {
  return {
    equity: book.equity,
    maintenance: book.maintenance,
    gross: book.gross,
    health: healthOf(book.equity, book.maintenance),
    floor: floorOf(book.gross, book.maintenance),
    calmness: calmnessOf(book.factors),
    best: min(MAX_VALUE, book.equity + bounded(book.doubt, 0n, MAX_DOUBT)),
    heavyRound: heavyRoundOf(book.factors),
    deltas: deltasOf(book.factors),
  };
}
