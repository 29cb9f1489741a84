// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Expiry, Exposure, Ladder, Mode, Strike} from "../types/Portfolio.sol";
import {ENDLESS, LARGEST_FALL, TAIL_STEP, moveOf, movesOf} from "./CurveMath.sol";
import {HOUR, MAX_AMOUNT, MAX_PRICE, MAX_RATE, MAX_VALUE, WAD} from "./WadMath.sol";
import {bounded, ceilDiv, clamp, divUp, floorDiv, max, min, mulDown, mulUp} from "./WadMath.sol";

// DESIGN §7.2-7.3. The shock of a factor, and its profit in each scenario:
//   s = clamp(k·σ·√(τ/YEAR)·g, sMin, cap), τ = 4 h: margin call, auction, latency
//   P[j] = weight_j·(linear·move_j + what the curves of options make), CurveMath
// Of a leg that settles IM shocks all; MM what is not known yet (OPEN), what the clock has not reached
// (AHEAD), or all (WHOLE), MarginMath.maintenanceNeed.

int256 constant ROOT_HORIZON = 21368692158534412; // √(4 h / YEAR)
int256 constant MAX_CURVE = 1e64; // squared wads
uint256 constant OPEN = 0; // parts of a leg that settles, and of `curves`
uint256 constant INITIAL = 1;
uint256 constant AHEAD = 2;
uint256 constant WHOLE = 3;
int256 constant MAX_DEPTH = 1e31; // 10^13 units: the largest depth of a market
int256 constant MAX_OPEN = 4e38; // open units: more than 128 bits hold

/// @notice May I stay? k = 4.
function maintenanceMode() pure returns (Mode memory) {
  return maintenanceModeOf(OPEN);
}

/// @notice May I stay, if `part` of a leg that settles is shocked?
function maintenanceModeOf(uint256 part) pure returns (Mode memory) {
  return
    Mode({
      index: 0,
      part: part,
      multiplier: 4e18,
      floorScale: 1e18,
      cap: 0.6e18,
      halfStep: 0.5e18,
      minimumRate: 0.005e18,
      shortOptionRate: 0.005e18,
      depegSlope: 0,
      soonest: -1,
      limited: -1
    });
}

/// @notice May I add risk? k = 6; its half steps are maintenance's full shock.
function initialMode() pure returns (Mode memory) {
  return initialModeBut(-1);
}

/// @notice May I add risk, once what expires within the hour is gone?
function laterMode() pure returns (Mode memory) {
  return initialModeBut(HOUR);
}

/// @notice Initial margin of a book without what expires within `soonest` seconds.
function initialModeBut(int256 soonest) pure returns (Mode memory) {
  return
    Mode({
      index: 1,
      part: INITIAL,
      multiplier: 6e18,
      floorScale: 1.5e18,
      cap: 0.72e18,
      halfStep: 666666666666666667,
      minimumRate: 0.006e18,
      shortOptionRate: 0.01e18,
      depegSlope: 4e18,
      soonest: soonest,
      limited: -1
    });
}

/// @notice The same mode without the options of each expiry whose loss has a bound.
function modeWithoutLimited(Mode memory mode) pure returns (Mode memory) {
  return
    Mode({
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
      limited: ENDLESS - 1
    });
}

/// @notice The options of an expiry that count in a mode.
function optionsOf(Expiry memory expiry, Mode memory mode) pure returns (Strike[] memory) {
  return expiry.largestLoss <= mode.limited ? new Strike[](0) : expiry.strikes;
}

/// @notice The relative move a factor is tested with; rounds up. Crowding is at most 2, a floor at
/// most 1.
function shock(
  Mode memory mode,
  int256 volatility,
  int256 crowding,
  int256 shockFloor
) pure returns (int256) {
  bounded(volatility, 0, MAX_RATE);
  unchecked {
    int256 move = ceilDiv(mode.multiplier * volatility * ROOT_HORIZON, WAD * WAD);
    int256 low = min(mode.cap, mulUp(mode.floorScale, shockFloor));
    return clamp(mulUp(move, crowding), low, mode.cap);
  }
}

/// @notice g = 1 + clamp((OI − low)/(high − low), 0, 1): a crowded market is shocked harder.
function crowdingOf(int256 openInterest, int256 low, int256 high) pure returns (int256) {
  bounded(openInterest, 0, MAX_OPEN);
  bounded(low, 0, MAX_DEPTH);
  bounded(high, 0, MAX_DEPTH);
  if (high <= low || openInterest <= low) return WAD;
  return WAD + min(WAD, divUp(openInterest - low, high - low));
}

/// @notice A book without options: moves of −1, 1 and −2.5. The last binds no factor alone; but cut
/// at −90 %, it lets a short that hedges another factor gain less than the first does.
function linearLadder(int256 value, int256 size) pure returns (Ladder memory) {
  bounded(value, -MAX_VALUE, MAX_VALUE);
  int256[] memory profit = new int256[](3);
  int256 down = mulDown(value, -size);
  int256 up = mulDown(value, size);
  int256 fall = max(-LARGEST_FALL, -mulDown(TAIL_STEP, size));
  profit[0] = down;
  profit[1] = up;
  profit[2] = floorDiv(2 * value * fall, 5 * WAD);
  return Ladder({shock: size, profit: profit, down: min(0, down), up: min(0, up), net: 0});
}

/// @notice Which share of a leg a mode shocks, of which `share` is not known yet.
function sharePart(Expiry memory expiry, int256 share, uint256 part) pure returns (int256) {
  if (part == INITIAL || part == WHOLE) return WAD;
  bounded(share, 0, WAD);
  if (part == OPEN || expiry.ahead >= expiry.unsettled) return share;
  return (share * bounded(expiry.ahead, 0, WAD)) / bounded(expiry.unsettled, 1, WAD);
}

/// @notice What a factor gains for one whole move of spot but for its options' curves.
function linearValue(Exposure memory exposure, Mode memory mode) pure returns (int256) {
  int256 value = bounded(exposure.spot, -MAX_VALUE, MAX_VALUE);
  bounded(exposure.perps, -MAX_AMOUNT, MAX_AMOUNT);
  value += mulDown(exposure.perps, bounded(exposure.mark, 0, MAX_PRICE));
  for (uint256 i = 0; i < exposure.expiries.length; ++i) {
    Expiry memory expiry = exposure.expiries[i];
    if (expiry.left <= mode.soonest) continue;
    int256 units = bounded(expiry.futures, -MAX_AMOUNT, MAX_AMOUNT);
    Strike[] memory options = optionsOf(expiry, mode);
    for (uint256 k = 0; k < options.length; ++k) {
      units -= bounded(options[k].puts, -MAX_AMOUNT, MAX_AMOUNT);
    }
    int256 share = sharePart(expiry, expiry.exposed, mode.part);
    value += mulDown(mulDown(units, bounded(expiry.forward, 0, MAX_PRICE)), share);
  }
  return bounded(value, -MAX_VALUE, MAX_VALUE);
}

/// @notice Does a factor hold options that count in a mode?
function hasOptions(Exposure memory exposure, Mode memory mode) pure returns (bool) {
  for (uint256 i = 0; i < exposure.expiries.length; ++i) {
    if (optionsOf(exposure.expiries[i], mode).length > 0) return true;
  }
  return false;
}

/// @notice What the curves of a factor's options make in each scenario, squared wads.
function curvesOf(Exposure memory exposure, Mode memory mode) pure returns (int256[] memory) {
  int256[] memory sum = new int256[](12);
  for (uint256 i = 0; i < exposure.expiries.length; ++i) {
    Expiry memory expiry = exposure.expiries[i];
    if (expiry.left <= mode.soonest || optionsOf(expiry, mode).length == 0) continue;
    int256[] memory curve = expiry.curves[expiry.ahead == WAD ? mode.index : mode.part];
    if (curve.length == 0) continue;
    for (uint256 j = 0; j < 12; ++j) {
      sum[j] += bounded(curve[j], -MAX_CURVE, MAX_CURVE);
    }
  }
  return sum;
}

/// @notice All twelve scenarios of a factor, weighted, gains positive, rounded down.
function fullLadder(
  Exposure memory exposure,
  int256 size,
  Mode memory mode
) pure returns (Ladder memory) {
  int256 value = linearValue(exposure, mode);
  int256[] memory moves = movesOf(size, mode.halfStep);
  int256[] memory profit = curvesOf(exposure, mode);
  int256 down = 0;
  int256 up = 0;
  unchecked {
    for (uint256 j = 0; j < 12; ++j) {
      int256 move = moves[moveOf(j)];
      int256 made = value * move + profit[j];
      int256 weighted = j < 10 ? floorDiv(made, WAD) : floorDiv(2 * made, 5 * WAD);
      profit[j] = bounded(weighted, -MAX_VALUE, MAX_VALUE);
      if (move <= 0) down = min(down, weighted);
      if (move >= 0) up = min(up, weighted);
    }
  }
  return Ladder({shock: size, profit: profit, down: down, up: up, net: 0});
}

/// @notice The shock of one factor in one mode.
function shockOf(Exposure memory exposure, Mode memory mode) pure returns (int256) {
  int256 crowding = bounded(exposure.crowding[mode.index], WAD, 2 * WAD);
  int256 low = bounded(exposure.shockFloor, 0, WAD);
  return shock(mode, exposure.volatility[mode.index], crowding, low);
}

/// @notice W: the worst a factor does alone. Neither side of a ladder is above zero.
function worstLoss(Ladder memory ladder) pure returns (int256) {
  unchecked {
    return -min(ladder.down, ladder.up);
  }
}
