import { exp, ln, sqrtDown } from "./ExpMath.ts";
import { cdf, pdf } from "./NormalMath.ts";
import { MAX_ELAPSED, MAX_PRICE, WAD, YEAR } from "./WadMath.ts";
import { bounded, clamp, max, min, mulDown, mulUp } from "./WadMath.ts";

// DESIGN §6, §7.3. Options on a forward F, undiscounted (Black 1976; Haug, The Complete Guide to
// Option Pricing Formulas, §1.1.3), and the smile of DESIGN §6:
//   d1 = ln(F/K)/(σ√T) + σ√T/2     d2 = d1 − σ√T     call = F·Φ(d1) − K·Φ(d2)
//   put = call − F + K     delta of a call = Φ(d1)     vega = F·φ(d1)·√T
//   σ(K) = σatm·(1 + skew·x + curvature·x²),  x = ln(K/F)/(σatm·√max(T, 1 h)) in [−3, 3]
// F·φ(d1) = K·φ(d2): an error common to d1 and d2 cancels, so d2 is d1 − σ√T to the wei.
// A book asks these many times, so what is hoisted comes in as an argument: ln(F/K), σ√T
// (`deviation`) and √T (`rootTime`). The inner functions check nothing. Callers hold prices in
// [0, MAX_PRICE], ln(F/K) in ±65, deviation and √T in [0, 100]. Price: 1e-16 of F + K at worst.

export const LN_WAD = 41446531673892822312n; // ln 10^18, as `ln` rounds it
export const LARGEST_STEEPNESS = 3_000_000_000_000_000_000n;
export const LEAST_VOLATILITY = 50_000_000_000_000_000n;
export const LARGEST_VOLATILITY = 10_000_000_000_000_000_000n;
export const LARGEST_SKEW = 2_000_000_000_000_000_000n;
export const LARGEST_CURVATURE = 2_000_000_000_000_000_000n;
export const MONTH = 2_592_000n; // 30 d in seconds
export const DAY = 86_400n;
export const NEAR_POWER = 300_000_000_000_000_000n;
export const FAR_POWER = 130_000_000_000_000_000n;
export const LARGEST_SCALE = 2_500_000_000_000_000_000n;
export const VOLATILITY_RISE = 450_000_000_000_000_000n;
export const VOLATILITY_FALL = 300_000_000_000_000_000n;
export const LEAST_RISEN = 400_000_000_000_000_000n;

/** √(elapsed/YEAR), rounded down; seconds in, a wad out. */
export function rootTimeOf(elapsed: bigint): bigint {
  bounded(elapsed, 0n, MAX_ELAPSED);
  {
    return sqrtDown((elapsed * WAD * WAD) / YEAR);
  }
}

/** ln(F/K), to two wei; exactly zero at the money. */
export function logMoneynessOf(forward: bigint, strike: bigint): bigint {
  bounded(forward, 1n, MAX_PRICE);
  bounded(strike, 1n, MAX_PRICE);
  {
    return ln((forward * WAD * WAD) / strike) - LN_WAD;
  }
}

/** σ·√T, rounded down. */
export function deviationOf(volatility: bigint, rootTime: bigint): bigint {
  {
    return (volatility * rootTime) / WAD;
  }
}

/** d1, rounded toward zero. The deviation is above zero. */
export function d1Of(logMoneyness: bigint, deviation: bigint): bigint {
  {
    return (logMoneyness * WAD) / deviation + (deviation >> 1n);
  }
}

/** An undiscounted call; rounds down, never under F − K, so it is that without deviation */
/** or strike, whatever ln(F/K). Never above F, as Φ(d1) ≤ 1, so nothing if F is; and F itself */
/** from σ√T = 24 on, where Φ(d1) is one and Φ(d2) nothing at any two prices. */
export function callOf(
  forward: bigint,
  strike: bigint,
  logMoneyness: bigint,
  deviation: bigint,
): bigint {
  {
    const intrinsic = max(0n, forward - strike);
    if (deviation <= 0n) return intrinsic;
    const d1 = d1Of(logMoneyness, deviation);
    const d2 = d1 - deviation;
    return max(intrinsic, (forward * cdf(d1) - strike * cdf(d2)) / WAD);
  }
}

/** The put beside a call, by parity. Not under zero; nor, since a call is not, under */
/** K − F. */
export function putOf(call: bigint, forward: bigint, strike: bigint): bigint {
  {
    return max(0n, call - forward + strike);
  }
}

/** How a call moves with its forward, Φ(d1); a put's is less by one. */
export function callDelta(logMoneyness: bigint, deviation: bigint): bigint {
  if (deviation <= 0n) return logMoneyness > 0n ? WAD : 0n;
  return cdf(d1Of(logMoneyness, deviation));
}

/** What a call or a put gains in USD for 1.00 of volatility; rounds down. */
export function vegaOf(
  forward: bigint,
  logMoneyness: bigint,
  deviation: bigint,
  rootTime: bigint,
): bigint {
  if (deviation <= 0n) return 0n;
  {
    return (forward * pdf(d1Of(logMoneyness, deviation)) * rootTime) / (WAD * WAD);
  }
}

/** The smile at ln(K/F); rounds toward zero. `hourRootTime` is √T of max(T, 1 h). */
export function smileVolatility(
  atm: bigint,
  skew: bigint,
  curvature: bigint,
  logStrike: bigint,
  hourRootTime: bigint,
): bigint {
  bounded(atm, 1n, LARGEST_VOLATILITY);
  bounded(skew, -LARGEST_SKEW, LARGEST_SKEW);
  bounded(curvature, -LARGEST_CURVATURE, LARGEST_CURVATURE);
  {
    const steepness = (logStrike * WAD * WAD) / (atm * hourRootTime);
    const x = clamp(steepness, -LARGEST_STEEPNESS, LARGEST_STEEPNESS);
    const shape = WAD * WAD * WAD + (skew * WAD + curvature * x) * x;
    const volatility = (atm * shape) / (WAD * WAD * WAD);
    const near = clamp(volatility, atm / 2n, 2n * atm);
    return clamp(near, LEAST_VOLATILITY, LARGEST_VOLATILITY);
  }
}

/** How much harder a short expiry is shocked: min(2.5, (30 d/max(T, 1 d))^p), p = 0.30 to */
/** 30 days, 0.13 beyond; to a few wei. */
export function shockScale(elapsed: bigint): bigint {
  bounded(elapsed, 0n, MAX_ELAPSED);
  const power = elapsed > MONTH ? FAR_POWER : NEAR_POWER;
  {
    const log = ln((MONTH * WAD) / max(elapsed, DAY));
    return min(LARGEST_SCALE, exp((power * log) / WAD));
  }
}

/** The volatility of an up scenario, 45 % higher at scale 1, at least 40 %; rounds up. */
export function volatilityUp(volatility: bigint, scale: bigint): bigint {
  {
    return max(LEAST_RISEN, mulUp(volatility, WAD + mulUp(VOLATILITY_RISE, scale)));
  }
}

/** The volatility of a down scenario, 30 % lower at scale 1; rounds down. */
export function volatilityDown(volatility: bigint, scale: bigint): bigint {
  {
    return mulDown(volatility, WAD - mulUp(VOLATILITY_FALL, scale));
  }
}
