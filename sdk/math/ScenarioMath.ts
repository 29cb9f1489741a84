import { zeros } from "./zeros.ts";
import type { Expiry, Exposure, Ladder, Mode, Strike } from "../types/Portfolio.ts";
import { ENDLESS, LARGEST_FALL, TAIL_STEP, moveOf, movesOf } from "./CurveMath.ts";
import { HOUR, MAX_AMOUNT, MAX_PRICE, MAX_RATE, MAX_VALUE, WAD } from "./WadMath.ts";
import { bounded, ceilDiv, clamp, divUp, floorDiv, max, min, mulDown, mulUp } from "./WadMath.ts";

// DESIGN §7.2-7.3. The shock of a factor, and its profit in each scenario:
//   s = clamp(k·σ·√(τ/YEAR)·g, sMin, cap), τ = 4 h: margin call, auction, latency
//   P[j] = weight_j·(linear·move_j + what the curves of options make), CurveMath
// Of a leg that settles IM shocks all; MM what is not known yet (OPEN), what the clock has not reached
// (AHEAD), or all (WHOLE), MarginMath.maintenanceNeed.

export const ROOT_HORIZON = 21368692158534412n; // √(4 h / YEAR)
export const MAX_CURVE =
  10_000_000_000_000_000_000_000_000_000_000_000_000_000_000_000_000_000_000_000_000_000n; // squared wads
export const OPEN = 0; // parts of a leg that settles, and of `curves`
export const INITIAL = 1;
export const AHEAD = 2;
export const WHOLE = 3;
export const MAX_DEPTH = 10_000_000_000_000_000_000_000_000_000_000n; // 10^13 units: the largest depth of a market
export const MAX_OPEN = 400_000_000_000_000_000_000_000_000_000_000_000_000n; // open units: more than 128 bits hold

/** May I stay? k = 4. */
export function maintenanceMode(): Mode {
  return maintenanceModeOf(OPEN);
}

/** May I stay, if `part` of a leg that settles is shocked? */
export function maintenanceModeOf(part: number): Mode {
  return {
    index: 0,
    part: part,
    multiplier: 4_000_000_000_000_000_000n,
    floorScale: 1_000_000_000_000_000_000n,
    cap: 600_000_000_000_000_000n,
    halfStep: 500_000_000_000_000_000n,
    minimumRate: 5_000_000_000_000_000n,
    shortOptionRate: 5_000_000_000_000_000n,
    depegSlope: 0n,
    soonest: -1n,
    limited: -1n,
  };
}

/** May I add risk? k = 6; its half steps are maintenance's full shock. */
export function initialMode(): Mode {
  return initialModeBut(-1n);
}

/** May I add risk, once what expires within the hour is gone? */
export function laterMode(): Mode {
  return initialModeBut(HOUR);
}

/** Initial margin of a book without what expires within `soonest` seconds. */
export function initialModeBut(soonest: bigint): Mode {
  return {
    index: 1,
    part: INITIAL,
    multiplier: 6_000_000_000_000_000_000n,
    floorScale: 1_500_000_000_000_000_000n,
    cap: 720_000_000_000_000_000n,
    halfStep: 666666666666666667n,
    minimumRate: 6_000_000_000_000_000n,
    shortOptionRate: 10_000_000_000_000_000n,
    depegSlope: 4_000_000_000_000_000_000n,
    soonest: soonest,
    limited: -1n,
  };
}

/** The same mode without the options of each expiry whose loss has a bound. */
export function modeWithoutLimited(mode: Mode): Mode {
  return {
    index: mode.index,
    part: mode.part,
    multiplier: mode.multiplier,
    floorScale: mode.floorScale,
    cap: mode.cap,
    halfStep: mode.halfStep,
    minimumRate: mode.minimumRate,
    shortOptionRate: mode.shortOptionRate,
    depegSlope: mode.depegSlope,
    soonest: mode.soonest,
    limited: ENDLESS - 1n,
  };
}

/** The options of an expiry that count in a mode. */
export function optionsOf(expiry: Expiry, mode: Mode): Strike[] {
  return expiry.largestLoss <= mode.limited ? new Array<Strike>(0) : expiry.strikes;
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
  bounded(openInterest, 0n, MAX_OPEN);
  bounded(low, 0n, MAX_DEPTH);
  bounded(high, 0n, MAX_DEPTH);
  if (high <= low || openInterest <= low) return WAD;
  return WAD + min(WAD, divUp(openInterest - low, high - low));
}

/** A book without options: moves of −1, 1 and −2.5. The last binds no factor alone; but cut at −90 %,
 * it lets a short that hedges another factor gain less than the first does. */
export function linearLadder(value: bigint, size: bigint): Ladder {
  bounded(value, -MAX_VALUE, MAX_VALUE);
  const profit = zeros(3);
  const down = mulDown(value, -size);
  const up = mulDown(value, size);
  const fall = max(-LARGEST_FALL, -mulDown(TAIL_STEP, size));
  profit[0] = down;
  profit[1] = up;
  profit[2] = floorDiv(2n * value * fall, 5n * WAD);
  return { shock: size, profit: profit, down: min(0n, down), up: min(0n, up), net: 0n };
}

/** Which share of a leg a mode shocks, of which `share` is not known yet. */
export function sharePart(expiry: Expiry, share: bigint, part: number): bigint {
  if (part == INITIAL || part == WHOLE) return WAD;
  bounded(share, 0n, WAD);
  if (part == OPEN || expiry.ahead >= expiry.unsettled) return share;
  return (share * bounded(expiry.ahead, 0n, WAD)) / bounded(expiry.unsettled, 1n, WAD);
}

/** What a factor gains for one whole move of spot but for its options' curves. */
export function linearValue(exposure: Exposure, mode: Mode): bigint {
  let value = bounded(exposure.spot, -MAX_VALUE, MAX_VALUE);
  bounded(exposure.perps, -MAX_AMOUNT, MAX_AMOUNT);
  value += mulDown(exposure.perps, bounded(exposure.mark, 0n, MAX_PRICE));
  for (let i = 0; i < exposure.expiries.length; ++i) {
    const expiry: Expiry = exposure.expiries[i]!;
    if (expiry.left <= mode.soonest) continue;
    let units = bounded(expiry.futures, -MAX_AMOUNT, MAX_AMOUNT);
    const options = optionsOf(expiry, mode);
    for (let k = 0; k < options.length; ++k) {
      units -= bounded(options[k]!.puts, -MAX_AMOUNT, MAX_AMOUNT);
    }
    const share = sharePart(expiry, expiry.exposed, mode.part);
    value += mulDown(mulDown(units, bounded(expiry.forward, 0n, MAX_PRICE)), share);
  }
  return bounded(value, -MAX_VALUE, MAX_VALUE);
}

/** Does a factor hold options that count in a mode? */
export function hasOptions(exposure: Exposure, mode: Mode): boolean {
  for (let i = 0; i < exposure.expiries.length; ++i) {
    if (optionsOf(exposure.expiries[i]!, mode).length > 0) return true;
  }
  return false;
}

/** What the curves of a factor's options make in each scenario, squared wads. */
export function curvesOf(exposure: Exposure, mode: Mode): bigint[] {
  const sum = zeros(12);
  for (let i = 0; i < exposure.expiries.length; ++i) {
    const expiry = exposure.expiries[i]!;
    if (expiry.left <= mode.soonest || optionsOf(expiry, mode).length == 0) continue;
    const curve = expiry.curves[expiry.ahead == WAD ? mode.index : mode.part]!;
    if (curve.length == 0) continue;
    for (let j = 0; j < 12; ++j) {
      sum[j]! += bounded(curve[j]!, -MAX_CURVE, MAX_CURVE);
    }
  }
  return sum;
}

/** All twelve scenarios of a factor, weighted, gains positive, rounded down. */
export function fullLadder(exposure: Exposure, size: bigint, mode: Mode): Ladder {
  const value = linearValue(exposure, mode);
  const moves = movesOf(size, mode.halfStep);
  const profit = curvesOf(exposure, mode);
  let down = 0n;
  let up = 0n;
  {
    for (let j = 0; j < 12; ++j) {
      const move = moves[moveOf(j)]!;
      const made = value * move + profit[j]!;
      const weighted = j < 10 ? floorDiv(made, WAD) : floorDiv(2n * made, 5n * WAD);
      profit[j] = bounded(weighted, -MAX_VALUE, MAX_VALUE);
      if (move <= 0n) down = min(down, weighted);
      if (move >= 0n) up = min(up, weighted);
    }
  }
  return { shock: size, profit: profit, down: down, up: up, net: 0n };
}

/** The shock of one factor in one mode. */
export function shockOf(exposure: Exposure, mode: Mode): bigint {
  const crowding = bounded(exposure.crowding[mode.index]!, WAD, 2n * WAD);
  const low = bounded(exposure.shockFloor, 0n, WAD);
  return shock(mode, exposure.volatility[mode.index]!, crowding, low);
}

/** W: the worst a factor does alone. Neither side of a ladder is above zero. */
export function worstLoss(ladder: Ladder): bigint {
  {
    return -min(ladder.down, ladder.up);
  }
}
