// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Volatility, VolatilityBounds} from "../types/Volatility.sol";
import {exp, ln, sqrtUp} from "./ExpMath.sol";
import {HOUR, MAX_ELAPSED, MAX_PRICE, MAX_RATE, WAD, YEAR} from "./WadMath.sol";
import {bounded, ceilDiv, clamp, divDown, max, min, mulUp} from "./WadMath.sol";

// DESIGN §7.1. Three exponentially weighted variances of one price, and the volatility used:
//   r = clamp(ln(P/P_last), ±10 %)     q = r²·YEAR/dt     v = w·v + (1 − w)·q,  w = e^(−ln2·dt/H)
//   σtarget = min(4, max(1.25·√(0.75·vS + 0.25·σstress²), 1.25·σfloor, √vF))
// The 25 % buffer, the stressed weight and the floor: EMIR RTS 153/2013 art. 28.

int256 constant LN2 = 693147180559945309;
int256 constant MAX_MOVE = 0.1e18;
int256 constant MAX_VARIANCE = 4_000e18;
int256 constant MAX_VOLATILITY = 4e18;
int256 constant BUFFER = 1.25e18;
int256 constant RISE_PER_HOUR = 48790164169432003; // ln 1.05
int256 constant FALL_PER_HOUR = -5012541823544282; // ln 0.995
int256 constant MAINTENANCE_RISE_PER_HOUR = 9950330853168083; // ln 1.01
int256 constant CROWDING_FALL_PER_HOUR = -10050335853501441; // ln 0.99
int256 constant MAX_LOG_GROWTH = 3e18; // past twentyfold no limit binds: σ moves at most tenfold
int256 constant SHORTEST_STEP = 60; // seconds
int256 constant LONG_SILENCE = 7_200; // seconds

/// @notice Annual variance of one move over `elapsed` seconds.
function sampleVariance(int256 last, int256 price, int256 elapsed) pure returns (int256) {
  bounded(last, 1, MAX_PRICE);
  bounded(price, 1, MAX_PRICE);
  bounded(elapsed, SHORTEST_STEP, MAX_ELAPSED);
  int256 move = clamp(ln(max(1, divDown(price, last))), -MAX_MOVE, MAX_MOVE);
  unchecked {
    return (move * move * YEAR) / (WAD * elapsed);
  }
}

/// @notice The weighted mean of an old variance and a new sample; rounds up.
function mixVariance(
  int256 variance,
  int256 sample,
  int256 elapsed,
  int256 halfLife
) pure returns (int256) {
  bounded(variance, 0, MAX_VARIANCE);
  int256 weight = exp(-((LN2 * elapsed) / halfLife));
  unchecked {
    return min(MAX_VARIANCE, ceilDiv(weight * variance + (WAD - weight) * sample, WAD));
  }
}

/// @notice √ of a wad, rounded up.
function rootUp(int256 x) pure returns (int256) {
  unchecked {
    return sqrtUp(x * WAD);
  }
}

/// @notice The volatility that σused moves toward.
function targetVolatility(
  int256 day,
  int256 month,
  VolatilityBounds memory bounds
) pure returns (int256) {
  bounded(bounds.floor, 0, MAX_VOLATILITY);
  bounded(bounds.stress, 0, MAX_VOLATILITY);
  int256 stressed = (75 * month + 25 * mulUp(bounds.stress, bounds.stress)) / 100;
  int256 buffered = mulUp(BUFFER, max(rootUp(stressed), bounds.floor));
  return min(MAX_VOLATILITY, max(buffered, rootUp(day)));
}

/// @notice e^(perHour·elapsed), the most a figure may grow or shrink.
function speedLimit(int256 perHour, int256 elapsed) pure returns (int256) {
  return exp(min(MAX_LOG_GROWTH, (perHour * elapsed) / HOUR));
}

/// @notice σused moved toward its target within its speed limits.
function approach(int256 used, int256 target, int256 elapsed) pure returns (int256) {
  if (target > used) return min(target, mulUp(used, speedLimit(RISE_PER_HOUR, elapsed)));
  return max(target, mulUp(used, speedLimit(FALL_PER_HOUR, elapsed)));
}

/// @notice gMM moved toward g within its speed limits.
function crowdingAfter(int256 crowding, int256 target, int256 elapsed) pure returns (int256) {
  bounded(crowding, WAD, 2 * WAD);
  bounded(target, WAD, 2 * WAD);
  int256 time = min(bounded(elapsed, 0, MAX_ELAPSED * 100), MAX_ELAPSED);
  if (target > crowding) {
    return min(target, mulUp(crowding, speedLimit(MAINTENANCE_RISE_PER_HOUR, time)));
  }
  return max(target, mulUp(crowding, speedLimit(CROWDING_FALL_PER_HOUR, time)));
}

/// @notice The estimates after `elapsed` seconds that brought `sample`. σused has moved toward what was
/// known when they began: what a round tells moves it from then on, so that no round moves it at once.
function stepVolatility(
  Volatility memory last,
  int256 price,
  int256 sample,
  int256 elapsed,
  VolatilityBounds memory bounds
) pure returns (Volatility memory) {
  int256 day = mixVariance(last.day, sample, elapsed, 24 * HOUR);
  int256 month = mixVariance(last.month, sample, elapsed, 720 * HOUR);
  bounded(last.used, 0, MAX_VOLATILITY);
  bounded(last.maintenance, 0, MAX_VOLATILITY);
  int256 target = targetVolatility(last.day, last.month, bounds);
  int256 used = approach(last.used, target, elapsed);
  int256 ceiling = mulUp(last.maintenance, speedLimit(MAINTENANCE_RISE_PER_HOUR, elapsed));
  return
    Volatility({
      hour: mixVariance(last.hour, sample, elapsed, HOUR),
      day: day,
      month: month,
      used: used,
      maintenance: min(used, ceiling),
      price: price
    });
}

/// @notice The estimates `elapsed` seconds on at a price, the sample at least `least`; less than 60 s are
/// no step.
function volatilityAfter(
  Volatility memory last,
  int256 price,
  int256 least,
  int256 elapsed,
  VolatilityBounds memory bounds
) pure returns (Volatility memory) {
  if (elapsed < SHORTEST_STEP) return last;
  int256 time = min(elapsed, MAX_ELAPSED);
  int256 sample = max(least, sampleVariance(last.price, price, time));
  return stepVolatility(last, price, sample, time, bounds);
}

/// @notice The estimates after one oracle round.
function observeVolatility(
  Volatility memory last,
  int256 price,
  int256 elapsed,
  VolatilityBounds memory bounds
) pure returns (Volatility memory) {
  return volatilityAfter(last, price, 0, elapsed, bounds);
}

/// @notice The estimates after a round before which others were skipped: what was not told calms nothing.
function resumeVolatility(
  Volatility memory last,
  int256 price,
  int256 elapsed,
  VolatilityBounds memory bounds
) pure returns (Volatility memory) {
  return volatilityAfter(last, price, last.month, elapsed, bounds);
}

/// @notice The estimates as of now: the same step done virtually; a long silence calms nothing.
function readVolatility(
  Volatility memory last,
  int256 price,
  int256 elapsed,
  VolatilityBounds memory bounds
) pure returns (Volatility memory) {
  return
    volatilityAfter(last, price, elapsed > LONG_SILENCE ? last.month : int256(0), elapsed, bounds);
}

/// @notice A factor's first estimates: as stressed as its parameters say.
function listedVolatility(
  int256 price,
  VolatilityBounds memory bounds
) pure returns (Volatility memory) {
  int256 variance = mulUp(bounds.stress, bounds.stress);
  int256 used = targetVolatility(variance, variance, bounds);
  return
    Volatility({
      hour: variance,
      day: variance,
      month: variance,
      used: used,
      maintenance: used,
      price: bounded(price, 1, MAX_PRICE)
    });
}

/// @notice σ of the last hour, √v1.
function hourVolatility(int256 hour) pure returns (int256) {
  return rootUp(bounded(hour, 0, MAX_VARIANCE));
}

/// @notice σIM = max(σused, ⅔·√v1): no speed limit, since IM liquidates no one.
function initialVolatility(int256 used, int256 hourly) pure returns (int256) {
  bounded(hourly, 0, MAX_RATE);
  unchecked {
    return max(used, (2 * hourly + 2) / 3);
  }
}

/// @notice max(1, √v1 ÷ σused): how much wilder the last hour is than the estimate.
function volatilityRatio(int256 used, int256 hourly) pure returns (int256) {
  bounded(used, 1, MAX_RATE);
  bounded(hourly, 0, MAX_RATE);
  unchecked {
    return max(WAD, (hourly * WAD) / used);
  }
}
