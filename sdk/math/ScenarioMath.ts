import { zeros } from "./zeros.ts";
import type { Ladder, Mode } from "../types/Portfolio.ts";
import { MAX_RATE, MAX_VALUE, WAD } from "./WadMath.ts";
import { bounded, ceilDiv, clamp, divUp, max, min, mulDown, mulUp } from "./WadMath.ts";

// DESIGN §7.2-7.3. The shock of a factor, and its profit in each scenario:
//   s = clamp(k·σ·√(τ/YEAR)·g, sMin, cap), τ = 4 h: margin call, auction, latency
//   P[j] = weight_j·value·max(−0.9, x_j·s)

export const ROOT_HORIZON = 21368692158534412n; // √(4 h / YEAR)
export const LARGEST_FALL = 900_000_000_000_000_000n;
export const TAIL_STEP = 2_500_000_000_000_000_000n;
export const TAIL_WEIGHT = 400_000_000_000_000_000n;

/** May I stay? k = 4. */
export function maintenanceMode(): Mode {
  return {
    index: 0,
    multiplier: 4_000_000_000_000_000_000n,
    floorScale: 1_000_000_000_000_000_000n,
    cap: 600_000_000_000_000_000n,
    halfStep: 500_000_000_000_000_000n,
    minimumRate: 5_000_000_000_000_000n,
    depegSlope: 0n,
  };
}

/** May I add risk? k = 6; its half steps are maintenance's full shock. */
export function initialMode(): Mode {
  return {
    index: 1,
    multiplier: 6_000_000_000_000_000_000n,
    floorScale: 1_500_000_000_000_000_000n,
    cap: 720_000_000_000_000_000n,
    halfStep: 666666666666666667n,
    minimumRate: 6_000_000_000_000_000n,
    depegSlope: 4_000_000_000_000_000_000n,
  };
}

/** The relative move a factor is tested with; rounds up. Crowding is at most 2, a floor at */
/** most 1. */
export function shock(
  mode: Mode,
  volatility: bigint,
  crowding: bigint,
  shockFloor: bigint,
): bigint {
  bounded(volatility, 0n, MAX_RATE);
  {
    const move = ceilDiv(mode.multiplier * volatility * ROOT_HORIZON, WAD * WAD);
    const low = min(mode.cap, mulUp(mode.floorScale, shockFloor));
    return clamp(mulUp(move, crowding), low, mode.cap);
  }
}

/** g = 1 + clamp((OI − low)/(high − low), 0, 1): a crowded market is shocked harder. */
export function crowdingOf(openInterest: bigint, low: bigint, high: bigint): bigint {
  bounded(openInterest, 0n, MAX_VALUE);
  bounded(low, 0n, MAX_VALUE);
  bounded(high, 0n, MAX_VALUE);
  if (high <= low || openInterest <= low) return WAD;
  return WAD + min(WAD, divUp(openInterest - low, high - low));
}

/** A book without options: of x ∈ {−1, 0, 1} only the first and the last can bind. */
export function linearLadder(value: bigint, size: bigint): Ladder {
  bounded(value, -MAX_VALUE, MAX_VALUE);
  const profit = zeros(2);
  const down = mulDown(value, -size);
  const up = mulDown(value, size);
  profit[0] = down;
  profit[1] = up;
  return { shock: size, profit: profit, down: min(0n, down), up: min(0n, up) };
}

/** x of the twelve scenarios: volatility up, volatility down, the two tails. */
export function steps(half: bigint): bigint[] {
  const x = zeros(12);
  for (let j = 0; j < 10; j += 5) {
    x[j] = -WAD;
    x[j + 1] = -half;
    x[j + 3] = half;
    x[j + 4] = WAD;
  }
  x[10] = -TAIL_STEP;
  x[11] = TAIL_STEP;
  return x;
}

/** All twelve scenarios of a linear value, weighted, gains positive. */
export function fullLadder(value: bigint, size: bigint, half: bigint): Ladder {
  bounded(value, -MAX_VALUE, MAX_VALUE);
  bounded(size, 0n, WAD);
  const x = steps(bounded(half, 0n, WAD));
  const profit = zeros(12);
  let down = 0n;
  let up = 0n;
  for (let j = 0; j < 12; ++j) {
    const weight = j < 10 ? WAD : TAIL_WEIGHT;
    const move = max(-LARGEST_FALL, mulDown(x[j]!, size));
    profit[j] = mulDown(weight, mulDown(value, move));
    if (x[j]! <= 0n) down = min(down, profit[j]!);
    if (x[j]! >= 0n) up = min(up, profit[j]!);
  }
  return { shock: size, profit: profit, down: down, up: up };
}

/** W: the worst a factor does alone. Neither side of a ladder is above zero. */
export function worstLoss(ladder: Ladder): bigint {
  {
    return -min(ladder.down, ladder.up);
  }
}
