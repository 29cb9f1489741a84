import { zeros } from "./zeros.ts";
import type { Expiry, Pair, Strike } from "../types/Portfolio.ts";
import type { Surface } from "../types/Surface.ts";
import { ln } from "./ExpMath.ts";
import {
  callDelta,
  callOf,
  deviationOf,
  logMoneynessOf,
  putOf,
  shockScale,
  smileVolatility,
  vegaOf,
  volatilityDown,
  volatilityUp,
} from "./OptionMath.ts";
import { MAX_AMOUNT, MAX_ELAPSED, MAX_PRICE, MAX_RATE, WAD } from "./WadMath.ts";
import { bounded, ceilDiv, max, min, mulDown } from "./WadMath.ts";

// DESIGN §7.3. What options make in each scenario beyond their linear part:
//   Σ size·(B76(F·(1 + move_j), IV_j) − B76(F, IV)), a put taken as a call
// since a put is a call less a forward: a strike is priced once, its puts' forwards are linear.

export const ROOT_HOUR = 10684346079267205n; // √(1 h / YEAR)
export const LARGEST_FALL = 900_000_000_000_000_000n;
export const TAIL_STEP = 2_500_000_000_000_000_000n; // at a weight of 0.4
export const ENDLESS = 100_000_000_000_000_000_000_000_000_000_000_000_000_000_000_000_000n; // a loss without bound: more than any options can lose that have one

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
    const move = bounded(moves[m]!, -LARGEST_FALL, MAX_RATE);
    if (move != 0n) logs[m] = ln(WAD + move);
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
  const moneyness = logMoneynessOf(forward, strike);
  const longer = max(bounded(root, 0n, MAX_RATE), ROOT_HOUR);
  const volatility = smileVolatility(
    surface.atm,
    surface.skew,
    surface.curvature,
    -moneyness,
    longer,
  );
  const deviation = deviationOf(volatility, root);
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

/** Adds what the curve of one strike makes in each scenario, squared wads, to `profit`, which is */
/** its caller's own: 12 sums in place, since this is where a margin check spends its gas. */
export function addCurve(
  profit: bigint[],
  option: Strike,
  forwards: bigint[],
  logs: bigint[],
  deviations: Pair,
): bigint[] {
  {
    const size = option.calls + option.puts;
    const strike = option.strike;
    const moneyness = option.logMoneyness;
    const mark = option.call;
    const up = deviations[0]!;
    const down = deviations[1]!;
    for (let m = 0; m < 7; ++m) {
      const forward = forwards[m]!;
      const log = moneyness + logs[m]!;
      const made = size * (callOf(forward, strike, log, up) - mark);
      if (m < 5) {
        profit[m]! += made;
        profit[m + 5]! += size * (callOf(forward, strike, log, down) - mark);
      } else {
        profit[m + 5]! += made;
      }
    }
    return profit;
  }
}

/** The volatilities of a strike in scenarios of volatility up and down, times √T. */
export function deviationsOf(option: Strike, root: bigint, scale: bigint): Pair {
  const volatility = bounded(option.volatility, 0n, MAX_RATE);
  const up = deviationOf(volatilityUp(volatility, scale), root);
  return [up, deviationOf(volatilityDown(volatility, scale), root)];
}

/** What the curves of one expiry's options make in each scenario, squared wads. */
export function curveProfits(expiry: Expiry, moves: bigint[], logs: bigint[]): bigint[] {
  let profit = zeros(12);
  const forwards = zeros(7);
  const forward = bounded(expiry.forward, 0n, MAX_PRICE);
  for (let m = 0; m < 7; ++m) {
    forwards[m] = forward + mulDown(forward, moves[m]!);
  }
  const scale = shockScale(bounded(expiry.left, 0n, MAX_ELAPSED));
  const root = bounded(expiry.root, 0n, MAX_RATE);
  for (let k = 0; k < expiry.strikes.length; ++k) {
    const option = expiry.strikes[k]!;
    bounded(option.calls, -MAX_AMOUNT, MAX_AMOUNT);
    bounded(option.puts, -MAX_AMOUNT, MAX_AMOUNT);
    bounded(option.logMoneyness, -MAX_RATE, MAX_RATE);
    bounded(option.strike, 0n, MAX_PRICE);
    bounded(option.call, 0n, MAX_PRICE);
    profit = addCurve(profit, option, forwards, logs, deviationsOf(option, root, scale));
  }
  return profit;
}

/** The curves of one expiry under a shock of `size` of spot, with half steps of `half`. */
export function curvesOf(expiry: Expiry, size: bigint, half: bigint): bigint[] {
  let moves = movesOf(size, half);
  if (expiry.exposed != WAD) moves = feltMoves(moves, expiry.exposed);
  return curveProfits(expiry, moves, logsOf(moves));
}

/** Σ size·vega·(IV_up − IV) of one expiry. */
export function expiryVega(expiry: Expiry): bigint {
  const scale = shockScale(bounded(expiry.left, 0n, MAX_ELAPSED));
  const root = bounded(expiry.root, 0n, MAX_RATE);
  const forward = bounded(expiry.forward, 0n, MAX_PRICE);
  let sum = 0n;
  for (let k = 0; k < expiry.strikes.length; ++k) {
    const option = expiry.strikes[k]!;
    const volatility = bounded(option.volatility, 0n, MAX_RATE);
    const moneyness = bounded(option.logMoneyness, -MAX_RATE, MAX_RATE);
    const vega = vegaOf(forward, moneyness, deviationOf(volatility, root), root);
    const rise = mulDown(vega, volatilityUp(volatility, scale) - volatility);
    let size = bounded(option.calls, -MAX_AMOUNT, MAX_AMOUNT);
    size += bounded(option.puts, -MAX_AMOUNT, MAX_AMOUNT);
    sum += mulDown(size, rise);
  }
  return sum;
}

/** What the options of one expiry are worth at their marks, rounded down. */
export function marksOf(expiry: Expiry): bigint {
  const forward = bounded(expiry.forward, 0n, MAX_PRICE);
  let sum = 0n;
  for (let k = 0; k < expiry.strikes.length; ++k) {
    const option = expiry.strikes[k]!;
    const call = bounded(option.call, 0n, MAX_PRICE);
    const put = putOf(call, forward, bounded(option.strike, 0n, MAX_PRICE));
    sum += mulDown(bounded(option.calls, -MAX_AMOUNT, MAX_AMOUNT), call);
    sum += mulDown(bounded(option.puts, -MAX_AMOUNT, MAX_AMOUNT), put);
  }
  return sum;
}

/** What options of one expiry pay if it settles at `price`, squared wads. */
export function payoffAt(strikes: Strike[], price: bigint): bigint {
  {
    let sum = 0n;
    for (let k = 0; k < strikes.length; ++k) {
      const option = strikes[k]!;
      const above = price - option.strike;
      sum += above > 0n ? option.calls * above : -option.puts * above;
    }
    return sum;
  }
}

/** The most that options of one expiry, worth `marks`, can lose: what they are worth beyond the least
 * they can pay. A payoff is straight between strikes, so that it is least at a price of zero or at a
 * strike of which more is bought than sold; or without bound, if it falls for ever. */
export function largestLoss(strikes: Strike[], marks: bigint): bigint {
  let slope = 0n;
  let least = 0n;
  for (let k = 0; k < strikes.length; ++k) {
    const option = strikes[k]!;
    const strike = bounded(option.strike, 0n, MAX_PRICE);
    slope += bounded(option.calls, -MAX_AMOUNT, MAX_AMOUNT);
    least += bounded(option.puts, -MAX_AMOUNT, MAX_AMOUNT) * strike;
  }
  if (slope < 0n) return ENDLESS;
  for (let k = 0; k < strikes.length; ++k) {
    if (strikes[k]!.calls + strikes[k]!.puts <= 0n) continue;
    least = min(least, payoffAt(strikes, strikes[k]!.strike));
  }
  return max(0n, bounded(marks, -ENDLESS, ENDLESS) + ceilDiv(-least, WAD));
}

/** A call at its mark volatility times `scale`. */
export function callAt(option: Strike, forward: bigint, root: bigint, scale: bigint): bigint {
  const volatility = mulDown(
    bounded(option.volatility, 0n, MAX_RATE),
    bounded(scale, 0n, MAX_RATE),
  );
  const deviation = deviationOf(volatility, bounded(root, 0n, MAX_RATE));
  const moneyness = bounded(option.logMoneyness, -MAX_RATE, MAX_RATE);
  const strike = bounded(option.strike, 0n, MAX_PRICE);
  return callOf(bounded(forward, 0n, MAX_PRICE), strike, moneyness, deviation);
}
