import { zeros } from "./zeros.ts";
import type { Expiry, Exposure, Ladder, Mode, Strike } from "../types/Portfolio.ts";
import type { Surface } from "../types/Surface.ts";
import { ln } from "./ExpMath.ts";
import {
  callDelta,
  callOf,
  logMoneyness,
  rootTime,
  shockScale,
  smileVolatility,
  volatilityDown,
  volatilityUp,
} from "./OptionMath.ts";
import { HOUR, MAX_AMOUNT, MAX_ELAPSED, MAX_PRICE, MAX_RATE, MAX_VALUE, WAD } from "./WadMath.ts";
import { bounded, ceilDiv, clamp, divUp, floorDiv, max, min, mulDown, mulUp } from "./WadMath.ts";

// DESIGN §7.2-7.3. The shock of a factor, and its profit in each scenario:
//   s = clamp(k·σ·√(τ/YEAR)·g, sMin, cap), τ = 4 h: margin call, auction, latency
//   P[j] = weight_j·(linear·move_j + Σ options·(B76(F·(1 + move_j), IV_j) − B76(F, IV)))
// A put is a call less a forward, so a strike is priced once: its puts' forwards are linear.

export const ROOT_HORIZON = 21368692158534412n; // √(4 h / YEAR)
export const LARGEST_FALL = 900_000_000_000_000_000n;
export const TAIL_STEP = 2_500_000_000_000_000_000n; // at a weight of 0.4
export const ROOT_HOUR = 10684346079267205n; // √(1 h / YEAR)

/** May I stay? k = 4. */
export function maintenanceMode(): Mode {
  return {
    index: 0,
    multiplier: 4_000_000_000_000_000_000n,
    floorScale: 1_000_000_000_000_000_000n,
    cap: 600_000_000_000_000_000n,
    halfStep: 500_000_000_000_000_000n,
    minimumRate: 5_000_000_000_000_000n,
    shortOptionRate: 5_000_000_000_000_000n,
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
    shortOptionRate: 10_000_000_000_000_000n,
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

/** The moves a factor is tested with: −1, −½, 0, ½, 1, −2.5 and 2.5 times its shock. */
export function movesOf(size: bigint, half: bigint): bigint[] {
  bounded(size, 0n, WAD);
  bounded(half, 0n, WAD);
  const moves = zeros(7);
  moves[0] = max(-LARGEST_FALL, -size);
  moves[1] = max(-LARGEST_FALL, mulDown(-half, size));
  moves[3] = mulDown(half, size);
  moves[4] = size;
  moves[5] = max(-LARGEST_FALL, mulDown(-TAIL_STEP, size));
  moves[6] = mulDown(TAIL_STEP, size);
  return moves;
}

/** Which move scenario `j` makes: five with volatility up, five with it down, two tails. */
export function moveOf(j: number): number {
  return j < 5 ? j : j - 5;
}

/** ln(1 + m) of each move. */
export function logsOf(moves: bigint[]): bigint[] {
  const logs = zeros(7);
  for (let m = 0; m < 7; ++m) {
    logs[m] = ln(WAD + bounded(moves[m]!, -LARGEST_FALL, MAX_RATE));
  }
  return logs;
}

/** What the forward of an expiry feels of each move of spot: less while it settles. */
export function feltMoves(moves: bigint[], exposed: bigint): bigint[] {
  bounded(exposed, 0n, WAD);
  const felt = zeros(7);
  for (let m = 0; m < 7; ++m) {
    felt[m] = mulDown(moves[m]!, exposed);
  }
  return felt;
}

/** One strike at its mark under a surface; nothing is held of it yet. `root` = √T of years. */
export function strikeAt(strike: bigint, forward: bigint, root: bigint, surface: Surface): Strike {
  const moneyness = logMoneyness(forward, strike);
  const longer = max(root, ROOT_HOUR);
  const volatility = smileVolatility(
    surface.atm,
    surface.skew,
    surface.curvature,
    -moneyness,
    longer,
  );
  const deviation = mulDown(volatility, bounded(root, 0n, MAX_RATE));
  return {
    strike: strike,
    calls: 0n,
    puts: 0n,
    logMoneyness: moneyness,
    volatility: volatility,
    call: callOf(forward, strike, moneyness, deviation),
    delta: callDelta(moneyness, deviation),
  };
}

/** What a factor gains for one whole move of spot but for its options' curves. */
export function linearValue(exposure: Exposure): bigint {
  let value = bounded(exposure.spot, -MAX_VALUE, MAX_VALUE);
  bounded(exposure.perps, -MAX_AMOUNT, MAX_AMOUNT);
  value += mulDown(exposure.perps, bounded(exposure.mark, 0n, MAX_PRICE));
  for (let i = 0; i < exposure.expiries.length; ++i) {
    const expiry = exposure.expiries[i]!;
    let units = bounded(expiry.futures, -MAX_AMOUNT, MAX_AMOUNT);
    for (let k = 0; k < expiry.strikes.length; ++k) {
      units -= bounded(expiry.strikes[k]!.puts, -MAX_AMOUNT, MAX_AMOUNT);
    }
    bounded(expiry.exposed, 0n, WAD);
    value += mulDown(mulDown(units, bounded(expiry.forward, 0n, MAX_PRICE)), expiry.exposed);
  }
  return bounded(value, -MAX_VALUE, MAX_VALUE);
}

/** What the curves of one expiry's options make in each scenario, squared wads. */
export function curveProfits(expiry: Expiry, moves: bigint[], logs: bigint[]): bigint[] {
  const profit = zeros(12);
  const forwards = zeros(7);
  const now_ = bounded(expiry.forward, 0n, MAX_PRICE);
  for (let m = 0; m < 7; ++m) {
    forwards[m] = now_ + mulDown(now_, moves[m]!);
  }
  const scale = shockScale(bounded(expiry.left, 0n, MAX_ELAPSED));
  const root = bounded(expiry.root, 0n, MAX_RATE);
  for (let k = 0; k < expiry.strikes.length; ++k) {
    const option = expiry.strikes[k]!;
    let size = bounded(option.calls, -MAX_AMOUNT, MAX_AMOUNT);
    size += bounded(option.puts, -MAX_AMOUNT, MAX_AMOUNT);
    if (size == 0n) continue;
    const volatility = bounded(option.volatility, 0n, MAX_RATE);
    const up = mulDown(volatilityUp(volatility, scale), root);
    const down = mulDown(volatilityDown(volatility, scale), root);
    const moneyness = bounded(option.logMoneyness, -MAX_RATE, MAX_RATE);
    const strike = bounded(option.strike, 0n, MAX_PRICE);
    const mark = bounded(option.call, 0n, MAX_PRICE);
    {
      for (let j = 0; j < 12; ++j) {
        const m = moveOf(j);
        const deviation = j < 5 || j > 9 ? up : down;
        const call = callOf(forwards[m]!, strike, moneyness + logs[m]!, deviation);
        profit[j]! += size * (call - mark);
      }
    }
  }
  return profit;
}

/** What the curves of all options of a factor make in each scenario, squared wads. */
export function curvesOf(exposure: Exposure, moves: bigint[]): bigint[] {
  const sum = zeros(12);
  if (!hasOptions(exposure)) return sum;
  const logs = logsOf(moves);
  for (let i = 0; i < exposure.expiries.length; ++i) {
    const expiry = exposure.expiries[i]!;
    if (expiry.strikes.length == 0) continue;
    const settling = expiry.exposed != WAD;
    const felt = settling ? feltMoves(moves, expiry.exposed) : moves;
    const profit = curveProfits(expiry, felt, settling ? logsOf(felt) : logs);
    for (let j = 0; j < 12; ++j) {
      sum[j]! += profit[j]!;
    }
  }
  return sum;
}

/** Does a factor hold options? */
export function hasOptions(exposure: Exposure): boolean {
  for (let i = 0; i < exposure.expiries.length; ++i) {
    if (exposure.expiries[i]!.strikes.length > 0) return true;
  }
  return false;
}

/** All twelve scenarios of a factor, weighted, gains positive, rounded down. */
export function fullLadder(exposure: Exposure, size: bigint, half: bigint): Ladder {
  const value = linearValue(exposure);
  const moves = movesOf(size, half);
  const curves = curvesOf(exposure, moves);
  const profit = zeros(12);
  let down = 0n;
  let up = 0n;
  for (let j = 0; j < 12; ++j) {
    const move = moves[moveOf(j)]!;
    const made = value * move + curves[j]!;
    const weighted = j < 10 ? floorDiv(made, WAD) : floorDiv(2n * made, 5n * WAD);
    profit[j] = bounded(weighted, -MAX_VALUE, MAX_VALUE);
    if (move <= 0n) down = min(down, profit[j]!);
    if (move >= 0n) up = min(up, profit[j]!);
  }
  return { shock: size, profit: profit, down: down, up: up };
}

/** W: the worst a factor does alone. Neither side of a ladder is above zero. */
export function worstLoss(ladder: Ladder): bigint {
  {
    return -min(ladder.down, ladder.up);
  }
}
