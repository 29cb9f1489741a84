import type { Exposure, Ladder, Portfolio, Requirement, Standing } from "../types/Portfolio.ts";
import { healthOf, maintenanceMargin, totalLoss } from "./MarginMath.ts";
import { worstLoss } from "./ScenarioMath.ts";
import { deltasOf } from "./ThrottleMath.ts";
import { MAX_ELAPSED, MAX_RATE, MAX_VALUE, WAD } from "./WadMath.ts";
import { bounded, clamp, divDown, max, min, mulDown, mulUp } from "./WadMath.ts";

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
export const WEIGHTY = 50_000_000_000_000_000n; // of ΣW: a factor whose silence stops the fuse
export const HEAVY = 200_000_000_000_000_000n; // of ΣW: a factor whose rounds confirm
export const MAX_WILDNESS = 100_000_000_000_000_000_000_000_000n;

/** Is the price of every factor that carries 5 % of ΣW good? */
export function isFresh(exposures: Exposure[], ladders: Ladder[]): boolean {
  const least = mulUp(WEIGHTY, totalLoss(ladders));
  for (let i = 0; i < ladders.length; ++i) {
    if (worstLoss(ladders[i]!) >= least && !exposures[i]!.fresh) return false;
  }
  return true;
}

/** Time of the newest round of a factor that carries 20 % of ΣW. */
export function heavyRoundOf(exposures: Exposure[], ladders: Ladder[]): number {
  const least = mulUp(HEAVY, totalLoss(ladders));
  let newest = 0;
  for (let i = 0; i < ladders.length; ++i) {
    if (worstLoss(ladders[i]!) >= least && exposures[i]!.updated > newest)
      newest = exposures[i]!.updated;
  }
  return newest;
}

/** κ: the inverse of how much wilder the book's last hour was than its estimates. */
export function calmness(exposures: Exposure[], ladders: Ladder[]): bigint {
  let sum = 0n;
  let wild = 0n;
  {
    for (let i = 0; i < ladders.length; ++i) {
      const loss = bounded(worstLoss(ladders[i]!), 0n, MAX_VALUE);
      sum += loss;
      wild += loss * bounded(exposures[i]!.wildness, WAD, MAX_WILDNESS);
    }
    return wild == 0n ? WAD : (sum * WAD * WAD) / wild;
  }
}

/** G in seconds, as a wad. `longest` = Gmax·cover in seconds, as a wad. */
export function graceOf(health: bigint, calm: bigint, longest: bigint): bigint {
  bounded(calm, 0n, WAD);
  const reach = bounded(max(0n, health), 0n, MAX_RATE);
  const squared = mulDown(mulDown(reach, reach), mulDown(calm, calm));
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

/** All that a margin call asks of a book; `initial` is its IM. */
export function standingOf(book: Portfolio, own: Requirement, initial: bigint): Standing {
  {
    const maintenance = maintenanceMargin(own.required, initial);
    const gross = bounded(book.gross, 0n, MAX_VALUE) + own.notional;
    return {
      equity: book.equity,
      maintenance: maintenance,
      gross: gross,
      health: healthOf(book.equity, maintenance),
      floor: floorOf(gross, maintenance),
      calm: calmness(book.exposures, own.ladders),
      fresh: isFresh(book.exposures, own.ladders),
      heavyRound: heavyRoundOf(book.exposures, own.ladders),
      deltas: deltasOf(book.exposures, own.ladders),
    };
  }
}
