import {
  commonLosses,
  DIVERSIFICATION_FLOOR,
  ownVariances,
  rootSumSquares,
  sectorLosses,
  totalLoss,
} from "../math/MarginMath.ts";
import { worstLoss } from "../math/ScenarioMath.ts";
import { mulUp } from "../math/WadMath.ts";
import type { Exposure, Ladder, Loading } from "../types/Portfolio.ts";

// RM of a book, taken apart: what each set of correlations makes of it, and which of them is its RM.

/** RM under one set of correlations, USD. */
export interface SetRisk {
  readonly common: bigint; // A: factors move together
  readonly sector: bigint; // S: alts move as a sector
  readonly own: bigint; // I: each moves alone
  readonly risk: bigint;
  readonly scenario: number | undefined; // of A, from 0 in DESIGN §7.3's order; none if nothing is lost
}

/** What made RM: a set of correlations, the only factor that can lose, or a quarter of ΣW. */
export type Source = "low" | "high" | "single" | "floor";

export interface RiskParts {
  readonly low: SetRisk;
  readonly high: SetRisk;
  readonly source: Source;
}

/** `ladders` stand in the order of `exposures`. */
export function riskParts(ladders: Ladder[], exposures: Exposure[]): RiskParts {
  const low = setRisk(ladders, exposures, "low");
  const high = setRisk(ladders, exposures, "high");
  return { low, high, source: sourceOf(ladders, low.risk, high.risk) };
}

function sourceOf(ladders: Ladder[], low: bigint, high: bigint): Source {
  if (ladders.filter((ladder) => worstLoss(ladder) > 0n).length < 2) return "single";
  if (mulUp(DIVERSIFICATION_FLOOR, totalLoss(ladders)) > (low > high ? low : high)) return "floor";
  return high >= low ? "high" : "low";
}

function setRisk(ladders: Ladder[], exposures: Exposure[], set: "low" | "high"): SetRisk {
  if (ladders.length === 0)
    return { common: 0n, sector: 0n, own: 0n, risk: 0n, scenario: undefined };
  const common = commonLosses(ladders, exposures)[set];
  const sector = sectorLosses(ladders, exposures)[set];
  const variance = ownVariances(ladders, exposures)[set];
  return {
    common,
    sector,
    own: rootSumSquares(0n, 0n, variance),
    risk: rootSumSquares(common, sector, variance),
    scenario: commonScenario(
      ladders,
      exposures.map((exposure) => exposure[set]),
    ),
  };
}

function commonScenario(ladders: Ladder[], loadings: readonly Loading[]): number | undefined {
  const made = ladders[0]!.profit.map((_, j) =>
    ladders.reduce((sum, { profit }, i) => sum + loadings[i]!.common * profit[j]!, 0n),
  );
  return scenarioOf(made);
}

/** The worst of three scenarios or of twelve, as a place among twelve; none if nothing is lost. */
export function scenarioOf(profit: readonly bigint[]): number | undefined {
  const least = profit.reduce((worst, one) => (one < worst ? one : worst), 0n);
  if (least === 0n) return undefined;
  const at = profit.indexOf(least);
  return profit.length === LINEAR.length ? LINEAR[at]! : at;
}

const LINEAR = [0, 4, 10]; // x = −1 and 1, volatility up; x = −2.5
