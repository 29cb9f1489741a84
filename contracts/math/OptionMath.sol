// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {exp, ln, sqrtDown} from "./ExpMath.sol";
import {cdf, pdf} from "./NormalMath.sol";
import {MAX_ELAPSED, MAX_PRICE, WAD, YEAR} from "./WadMath.sol";
import {bounded, clamp, max, min, mulDown, mulUp} from "./WadMath.sol";

// DESIGN §6, §7.3. Options on a forward F, undiscounted (Black 1976; Haug, The Complete Guide to
// Option Pricing Formulas, §1.1.3), and the smile of DESIGN §6:
//   d1 = ln(F/K)/(σ√T) + σ√T/2     d2 = d1 − σ√T     call = F·Φ(d1) − K·Φ(d2)
//   put = call − F + K     delta of a call = Φ(d1)     vega = F·φ(d1)·√T
//   σ(K) = σatm·(1 + skew·x + curvature·x²),  x = ln(K/F)/(σatm·√max(T, 1 h)) in [−3, 3]
// F·φ(d1) = K·φ(d2): an error common to d1 and d2 cancels, so d2 is d1 − σ√T to the wei.
// A book asks these many times, so what is hoisted comes in as an argument: ln(F/K), σ√T
// (`deviation`) and √T (`rootTime`). The inner functions check nothing. Callers hold prices in
// [0, MAX_PRICE], ln(F/K) in ±65, deviation and √T in [0, 100]. Price: 1e-16 of F + K at worst.

int256 constant LN_WAD = 41446531673892822312; // ln 10^18, as `ln` rounds it
int256 constant LARGEST_STEEPNESS = 3e18;
int256 constant LEAST_VOLATILITY = 0.05e18;
int256 constant LARGEST_VOLATILITY = 10e18;
int256 constant LARGEST_SKEW = 2e18;
int256 constant LARGEST_CURVATURE = 2e18;
int256 constant MONTH = 2_592_000; // 30 d in seconds
int256 constant DAY = 86_400;
int256 constant NEAR_POWER = 0.3e18;
int256 constant FAR_POWER = 0.13e18;
int256 constant LARGEST_SCALE = 2.5e18;
int256 constant VOLATILITY_RISE = 0.45e18;
int256 constant VOLATILITY_FALL = 0.3e18;
int256 constant LEAST_RISEN = 0.4e18;

/// @notice √(elapsed/YEAR), rounded down; seconds in, a wad out.
function rootTimeOf(int256 elapsed) pure returns (int256) {
  bounded(elapsed, 0, MAX_ELAPSED);
  unchecked {
    return sqrtDown((elapsed * WAD * WAD) / YEAR);
  }
}

/// @notice ln(F/K), to two wei; exactly zero at the money.
function logMoneynessOf(int256 forward, int256 strike) pure returns (int256) {
  bounded(forward, 1, MAX_PRICE);
  bounded(strike, 1, MAX_PRICE);
  unchecked {
    return ln((forward * WAD * WAD) / strike) - LN_WAD;
  }
}

/// @notice σ·√T, rounded down.
function deviationOf(int256 volatility, int256 rootTime) pure returns (int256) {
  unchecked {
    return (volatility * rootTime) / WAD;
  }
}

/// @notice d1, rounded toward zero. The deviation is above zero.
function d1Of(int256 logMoneyness, int256 deviation) pure returns (int256) {
  unchecked {
    return (logMoneyness * WAD) / deviation + (deviation >> 1);
  }
}

/// @notice An undiscounted call; rounds down, never under F − K, so it is that without deviation
/// or strike, whatever ln(F/K). Never above F, as Φ(d1) ≤ 1, so nothing if F is; and F itself from
/// σ√T = 24 on, where Φ(d1) is one and Φ(d2) nothing at any two prices.
function callOf(
  int256 forward,
  int256 strike,
  int256 logMoneyness,
  int256 deviation
) pure returns (int256) {
  unchecked {
    int256 intrinsic = max(0, forward - strike);
    if (deviation <= 0) return intrinsic;
    int256 d1 = d1Of(logMoneyness, deviation);
    int256 d2 = d1 - deviation;
    return max(intrinsic, (forward * cdf(d1) - strike * cdf(d2)) / WAD);
  }
}

/// @notice The put beside a call, by parity. Not under zero; nor, since a call is not, under
/// K − F.
function putOf(int256 call, int256 forward, int256 strike) pure returns (int256) {
  unchecked {
    return max(0, call - forward + strike);
  }
}

/// @notice How a call moves with its forward, Φ(d1); a put's is less by one.
function callDelta(int256 logMoneyness, int256 deviation) pure returns (int256) {
  if (deviation <= 0) return logMoneyness > 0 ? WAD : int256(0);
  return cdf(d1Of(logMoneyness, deviation));
}

/// @notice What a call or a put gains in USD for 1.00 of volatility; rounds down.
function vegaOf(
  int256 forward,
  int256 logMoneyness,
  int256 deviation,
  int256 rootTime
) pure returns (int256) {
  if (deviation <= 0) return 0;
  unchecked {
    return (forward * pdf(d1Of(logMoneyness, deviation)) * rootTime) / (WAD * WAD);
  }
}

/// @notice The smile at ln(K/F); rounds toward zero. `hourRootTime` is √T of max(T, 1 h).
function smileVolatility(
  int256 atm,
  int256 skew,
  int256 curvature,
  int256 logStrike,
  int256 hourRootTime
) pure returns (int256) {
  bounded(atm, 1, LARGEST_VOLATILITY);
  bounded(skew, -LARGEST_SKEW, LARGEST_SKEW);
  bounded(curvature, -LARGEST_CURVATURE, LARGEST_CURVATURE);
  unchecked {
    int256 steepness = (logStrike * WAD * WAD) / (atm * hourRootTime);
    int256 x = clamp(steepness, -LARGEST_STEEPNESS, LARGEST_STEEPNESS);
    int256 shape = WAD * WAD * WAD + (skew * WAD + curvature * x) * x;
    int256 volatility = (atm * shape) / (WAD * WAD * WAD);
    int256 near = clamp(volatility, atm / 2, 2 * atm);
    return clamp(near, LEAST_VOLATILITY, LARGEST_VOLATILITY);
  }
}

/// @notice How much harder a short expiry is shocked: min(2.5, (30 d/max(T, 1 d))^p), p = 0.30 to
/// 30 days, 0.13 beyond; to a few wei.
function shockScale(int256 elapsed) pure returns (int256) {
  bounded(elapsed, 0, MAX_ELAPSED);
  int256 power = elapsed > MONTH ? FAR_POWER : NEAR_POWER;
  unchecked {
    int256 log = ln((MONTH * WAD) / max(elapsed, DAY));
    return min(LARGEST_SCALE, exp((power * log) / WAD));
  }
}

/// @notice The volatility of an up scenario, 45 % higher at scale 1, at least 40 %; rounds up.
function volatilityUp(int256 volatility, int256 scale) pure returns (int256) {
  unchecked {
    return max(LEAST_RISEN, mulUp(volatility, WAD + mulUp(VOLATILITY_RISE, scale)));
  }
}

/// @notice The volatility of a down scenario, 30 % lower at scale 1; rounds down.
function volatilityDown(int256 volatility, int256 scale) pure returns (int256) {
  unchecked {
    return mulDown(volatility, WAD - mulUp(VOLATILITY_FALL, scale));
  }
}
