// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Ladder, Mode} from "../types/Portfolio.sol";
import {MAX_RATE, MAX_VALUE, WAD} from "./WadMath.sol";
import {bounded, ceilDiv, clamp, divUp, max, min, mulDown, mulUp} from "./WadMath.sol";

// DESIGN §7.2-7.3. The shock of a factor, and its profit in each scenario:
//   s = clamp(k·σ·√(τ/YEAR)·g, sMin, cap), τ = 4 h: margin call, auction, latency
//   P[j] = weight_j·value·max(−0.9, x_j·s)

int256 constant ROOT_HORIZON = 21368692158534412; // √(4 h / YEAR)
int256 constant LARGEST_FALL = 0.9e18;
int256 constant TAIL_STEP = 2.5e18;
int256 constant TAIL_WEIGHT = 0.4e18;

/// @notice May I stay? k = 4.
function maintenanceMode() pure returns (Mode memory) {
  return
    Mode({
      index: 0,
      multiplier: 4e18,
      floorScale: 1e18,
      cap: 0.6e18,
      halfStep: 0.5e18,
      minimumRate: 0.005e18,
      depegSlope: 0
    });
}

/// @notice May I add risk? k = 6; its half steps are maintenance's full shock.
function initialMode() pure returns (Mode memory) {
  return
    Mode({
      index: 1,
      multiplier: 6e18,
      floorScale: 1.5e18,
      cap: 0.72e18,
      halfStep: 666666666666666667,
      minimumRate: 0.006e18,
      depegSlope: 4e18
    });
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
  bounded(openInterest, 0, MAX_VALUE);
  bounded(low, 0, MAX_VALUE);
  bounded(high, 0, MAX_VALUE);
  if (high <= low || openInterest <= low) return WAD;
  return WAD + min(WAD, divUp(openInterest - low, high - low));
}

/// @notice A book without options: of x ∈ {−1, 0, 1} only the first and the last can bind.
function linearLadder(int256 value, int256 size) pure returns (Ladder memory) {
  bounded(value, -MAX_VALUE, MAX_VALUE);
  int256[] memory profit = new int256[](2);
  int256 down = mulDown(value, -size);
  int256 up = mulDown(value, size);
  profit[0] = down;
  profit[1] = up;
  return Ladder({shock: size, profit: profit, down: min(0, down), up: min(0, up)});
}

/// @notice x of the twelve scenarios: volatility up, volatility down, the two tails.
function steps(int256 half) pure returns (int256[] memory) {
  int256[] memory x = new int256[](12);
  for (uint256 j = 0; j < 10; j += 5) {
    x[j] = -WAD;
    x[j + 1] = -half;
    x[j + 3] = half;
    x[j + 4] = WAD;
  }
  x[10] = -TAIL_STEP;
  x[11] = TAIL_STEP;
  return x;
}

/// @notice All twelve scenarios of a linear value, weighted, gains positive.
function fullLadder(int256 value, int256 size, int256 half) pure returns (Ladder memory) {
  bounded(value, -MAX_VALUE, MAX_VALUE);
  bounded(size, 0, WAD);
  int256[] memory x = steps(bounded(half, 0, WAD));
  int256[] memory profit = new int256[](12);
  int256 down = 0;
  int256 up = 0;
  for (uint256 j = 0; j < 12; ++j) {
    int256 weight = j < 10 ? WAD : TAIL_WEIGHT;
    int256 move = max(-LARGEST_FALL, mulDown(x[j], size));
    profit[j] = mulDown(weight, mulDown(value, move));
    if (x[j] <= 0) down = min(down, profit[j]);
    if (x[j] >= 0) up = min(up, profit[j]);
  }
  return Ladder({shock: size, profit: profit, down: down, up: up});
}

/// @notice W: the worst a factor does alone. Neither side of a ladder is above zero.
function worstLoss(Ladder memory ladder) pure returns (int256) {
  unchecked {
    return -min(ladder.down, ladder.up);
  }
}
