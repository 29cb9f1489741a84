// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Expiry, Exposure, Ladder, Mode, Strike} from "../types/Portfolio.sol";
import {Surface} from "../types/Surface.sol";
import {ln} from "./ExpMath.sol";
import {
  callDelta,
  callOf,
  logMoneynessOf,
  rootTimeOf,
  shockScale,
  smileVolatility,
  volatilityDown,
  volatilityUp
} from "./OptionMath.sol";
import {HOUR, MAX_AMOUNT, MAX_ELAPSED, MAX_PRICE, MAX_RATE, MAX_VALUE, WAD} from "./WadMath.sol";
import {bounded, ceilDiv, clamp, divUp, floorDiv, max, min, mulDown, mulUp} from "./WadMath.sol";

// DESIGN §7.2-7.3. The shock of a factor, and its profit in each scenario:
//   s = clamp(k·σ·√(τ/YEAR)·g, sMin, cap), τ = 4 h: margin call, auction, latency
//   P[j] = weight_j·(linear·move_j + Σ options·(B76(F·(1 + move_j), IV_j) − B76(F, IV)))
// A put is a call less a forward, so a strike is priced once: its puts' forwards are linear.

int256 constant ROOT_HORIZON = 21368692158534412; // √(4 h / YEAR)
int256 constant LARGEST_FALL = 0.9e18;
int256 constant TAIL_STEP = 2.5e18; // at a weight of 0.4
int256 constant ROOT_HOUR = 10684346079267205; // √(1 h / YEAR)

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
      shortOptionRate: 0.005e18,
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
      shortOptionRate: 0.01e18,
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

/// @notice The moves a factor is tested with: −1, −½, 0, ½, 1, −2.5 and 2.5 times its shock.
function movesOf(int256 size, int256 half) pure returns (int256[] memory) {
  bounded(size, 0, WAD);
  bounded(half, 0, WAD);
  int256[] memory moves = new int256[](7);
  moves[0] = max(-LARGEST_FALL, -size);
  moves[1] = max(-LARGEST_FALL, mulDown(-half, size));
  moves[3] = mulDown(half, size);
  moves[4] = size;
  moves[5] = max(-LARGEST_FALL, mulDown(-TAIL_STEP, size));
  moves[6] = mulDown(TAIL_STEP, size);
  return moves;
}

/// @notice Which move scenario `j` makes: five with volatility up, five with it down, two tails.
function moveOf(uint256 j) pure returns (uint256) {
  return j < 5 ? j : j - 5;
}

/// @notice ln(1 + m) of each move.
function logsOf(int256[] memory moves) pure returns (int256[] memory) {
  int256[] memory logs = new int256[](7);
  for (uint256 m = 0; m < 7; ++m) {
    logs[m] = ln(WAD + bounded(moves[m], -LARGEST_FALL, MAX_RATE));
  }
  return logs;
}

/// @notice What the forward of an expiry feels of each move of spot: less while it settles.
function feltMoves(int256[] memory moves, int256 exposed) pure returns (int256[] memory) {
  bounded(exposed, 0, WAD);
  int256[] memory felt = new int256[](7);
  for (uint256 m = 0; m < 7; ++m) {
    felt[m] = mulDown(moves[m], exposed);
  }
  return felt;
}

/// @notice One strike at its mark under a surface; nothing is held of it yet. `root` = √T of years.
function strikeAt(
  int256 strike,
  int256 forward,
  int256 root,
  Surface memory surface
) pure returns (Strike memory) {
  int256 moneyness = logMoneynessOf(forward, strike);
  int256 longer = max(root, ROOT_HOUR);
  int256 volatility = smileVolatility(
    surface.atm,
    surface.skew,
    surface.curvature,
    -moneyness,
    longer
  );
  int256 deviation = mulDown(volatility, bounded(root, 0, MAX_RATE));
  return
    Strike({
      strike: strike,
      calls: 0,
      puts: 0,
      logMoneyness: moneyness,
      volatility: volatility,
      call: callOf(forward, strike, moneyness, deviation),
      delta: callDelta(moneyness, deviation)
    });
}

/// @notice What a factor gains for one whole move of spot but for its options' curves.
function linearValue(Exposure memory exposure) pure returns (int256) {
  int256 value = bounded(exposure.spot, -MAX_VALUE, MAX_VALUE);
  bounded(exposure.perps, -MAX_AMOUNT, MAX_AMOUNT);
  value += mulDown(exposure.perps, bounded(exposure.mark, 0, MAX_PRICE));
  for (uint256 i = 0; i < exposure.expiries.length; ++i) {
    Expiry memory expiry = exposure.expiries[i];
    int256 units = bounded(expiry.futures, -MAX_AMOUNT, MAX_AMOUNT);
    for (uint256 k = 0; k < expiry.strikes.length; ++k) {
      units -= bounded(expiry.strikes[k].puts, -MAX_AMOUNT, MAX_AMOUNT);
    }
    bounded(expiry.exposed, 0, WAD);
    value += mulDown(mulDown(units, bounded(expiry.forward, 0, MAX_PRICE)), expiry.exposed);
  }
  return bounded(value, -MAX_VALUE, MAX_VALUE);
}

/// @notice What the curves of one expiry's options make in each scenario, squared wads.
function curveProfits(
  Expiry memory expiry,
  int256[] memory moves,
  int256[] memory logs
) pure returns (int256[] memory) {
  int256[] memory profit = new int256[](12);
  int256[] memory forwards = new int256[](7);
  int256 now_ = bounded(expiry.forward, 0, MAX_PRICE);
  for (uint256 m = 0; m < 7; ++m) {
    forwards[m] = now_ + mulDown(now_, moves[m]);
  }
  int256 scale = shockScale(bounded(expiry.left, 0, MAX_ELAPSED));
  int256 root = bounded(expiry.root, 0, MAX_RATE);
  for (uint256 k = 0; k < expiry.strikes.length; ++k) {
    Strike memory option = expiry.strikes[k];
    int256 size = bounded(option.calls, -MAX_AMOUNT, MAX_AMOUNT);
    size += bounded(option.puts, -MAX_AMOUNT, MAX_AMOUNT);
    if (size == 0) continue;
    int256 volatility = bounded(option.volatility, 0, MAX_RATE);
    int256 up = mulDown(volatilityUp(volatility, scale), root);
    int256 down = mulDown(volatilityDown(volatility, scale), root);
    int256 moneyness = bounded(option.logMoneyness, -MAX_RATE, MAX_RATE);
    int256 strike = bounded(option.strike, 0, MAX_PRICE);
    int256 mark = bounded(option.call, 0, MAX_PRICE);
    unchecked {
      for (uint256 j = 0; j < 12; ++j) {
        uint256 m = moveOf(j);
        int256 deviation = j < 5 || j > 9 ? up : down;
        int256 call = callOf(forwards[m], strike, moneyness + logs[m], deviation);
        profit[j] += size * (call - mark);
      }
    }
  }
  return profit;
}

/// @notice What the curves of all options of a factor make in each scenario, squared wads.
function curvesOf(Exposure memory exposure, int256[] memory moves) pure returns (int256[] memory) {
  int256[] memory sum = new int256[](12);
  if (!hasOptions(exposure)) return sum;
  int256[] memory logs = logsOf(moves);
  for (uint256 i = 0; i < exposure.expiries.length; ++i) {
    Expiry memory expiry = exposure.expiries[i];
    if (expiry.strikes.length == 0) continue;
    bool settling = expiry.exposed != WAD;
    int256[] memory felt = settling ? feltMoves(moves, expiry.exposed) : moves;
    int256[] memory profit = curveProfits(expiry, felt, settling ? logsOf(felt) : logs);
    for (uint256 j = 0; j < 12; ++j) {
      sum[j] += profit[j];
    }
  }
  return sum;
}

/// @notice Does a factor hold options?
function hasOptions(Exposure memory exposure) pure returns (bool) {
  for (uint256 i = 0; i < exposure.expiries.length; ++i) {
    if (exposure.expiries[i].strikes.length > 0) return true;
  }
  return false;
}

/// @notice All twelve scenarios of a factor, weighted, gains positive, rounded down.
function fullLadder(
  Exposure memory exposure,
  int256 size,
  int256 half
) pure returns (Ladder memory) {
  int256 value = linearValue(exposure);
  int256[] memory moves = movesOf(size, half);
  int256[] memory curves = curvesOf(exposure, moves);
  int256[] memory profit = new int256[](12);
  int256 down = 0;
  int256 up = 0;
  for (uint256 j = 0; j < 12; ++j) {
    int256 move = moves[moveOf(j)];
    int256 made = value * move + curves[j];
    int256 weighted = j < 10 ? floorDiv(made, WAD) : floorDiv(2 * made, 5 * WAD);
    profit[j] = bounded(weighted, -MAX_VALUE, MAX_VALUE);
    if (move <= 0) down = min(down, profit[j]);
    if (move >= 0) up = min(up, profit[j]);
  }
  return Ladder({shock: size, profit: profit, down: down, up: up});
}

/// @notice W: the worst a factor does alone. Neither side of a ladder is above zero.
function worstLoss(Ladder memory ladder) pure returns (int256) {
  unchecked {
    return -min(ladder.down, ladder.up);
  }
}
