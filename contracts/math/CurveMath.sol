// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Expiry, Strike} from "../types/Portfolio.sol";
import {Surface} from "../types/Surface.sol";
import {ln} from "./ExpMath.sol";
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
  volatilityUp
} from "./OptionMath.sol";
import {MAX_AMOUNT, MAX_ELAPSED, MAX_PRICE, MAX_RATE, WAD} from "./WadMath.sol";
import {bounded, ceilDiv, max, min, mulDown} from "./WadMath.sol";

// DESIGN §7.3. What options make in each scenario beyond their linear part:
//   Σ size·(B76(F·(1 + move_j), IV_j) − B76(F, IV)), a put taken as a call
// since a put is a call less a forward: a strike is priced once, its puts' forwards are linear.

int256 constant ROOT_HOUR = 10684346079267205; // √(1 h / YEAR)
int256 constant LARGEST_FALL = 0.9e18;
int256 constant TAIL_STEP = 2.5e18; // at a weight of 0.4
int256 constant ENDLESS = 1e50; // a loss without bound: more than any options can lose that have one

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
    int256 move = bounded(moves[m], -LARGEST_FALL, MAX_RATE);
    if (move != 0) logs[m] = ln(WAD + move);
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
  int256 longer = max(bounded(root, 0, MAX_RATE), ROOT_HOUR);
  int256 volatility = smileVolatility(
    surface.atm,
    surface.skew,
    surface.curvature,
    -moneyness,
    longer
  );
  int256 deviation = deviationOf(volatility, root);
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

/// @notice Adds what the curve of one strike makes in each scenario, squared wads, to `profit`, which is
/// its caller's own: 12 sums in place, since this is where a margin check spends its gas.
function addCurve(
  int256[] memory profit,
  Strike memory option,
  int256[] memory forwards,
  int256[] memory logs,
  int256[2] memory deviations
) pure returns (int256[] memory) {
  unchecked {
    int256 size = option.calls + option.puts;
    int256 strike = option.strike;
    int256 moneyness = option.logMoneyness;
    int256 mark = option.call;
    int256 up = deviations[0];
    int256 down = deviations[1];
    for (uint256 m = 0; m < 7; ++m) {
      int256 forward = forwards[m];
      int256 log = moneyness + logs[m];
      int256 made = size * (callOf(forward, strike, log, up) - mark);
      if (m < 5) {
        profit[m] += made;
        profit[m + 5] += size * (callOf(forward, strike, log, down) - mark);
      } else {
        profit[m + 5] += made;
      }
    }
    return profit;
  }
}

/// @notice The volatilities of a strike in scenarios of volatility up and down, times √T.
function deviationsOf(
  Strike memory option,
  int256 root,
  int256 scale
) pure returns (int256[2] memory) {
  int256 volatility = bounded(option.volatility, 0, MAX_RATE);
  int256 up = deviationOf(volatilityUp(volatility, scale), root);
  return [up, deviationOf(volatilityDown(volatility, scale), root)];
}

/// @notice What the curves of one expiry's options make in each scenario, squared wads.
function curveProfits(
  Expiry memory expiry,
  int256[] memory moves,
  int256[] memory logs
) pure returns (int256[] memory) {
  int256[] memory profit = new int256[](12);
  int256[] memory forwards = new int256[](7);
  int256 forward = bounded(expiry.forward, 0, MAX_PRICE);
  for (uint256 m = 0; m < 7; ++m) {
    forwards[m] = forward + mulDown(forward, moves[m]);
  }
  int256 scale = shockScale(bounded(expiry.left, 0, MAX_ELAPSED));
  int256 root = bounded(expiry.root, 0, MAX_RATE);
  for (uint256 k = 0; k < expiry.strikes.length; ++k) {
    Strike memory option = expiry.strikes[k];
    bounded(option.calls, -MAX_AMOUNT, MAX_AMOUNT);
    bounded(option.puts, -MAX_AMOUNT, MAX_AMOUNT);
    bounded(option.logMoneyness, -MAX_RATE, MAX_RATE);
    bounded(option.strike, 0, MAX_PRICE);
    bounded(option.call, 0, MAX_PRICE);
    profit = addCurve(profit, option, forwards, logs, deviationsOf(option, root, scale));
  }
  return profit;
}

/// @notice The curves of one expiry under a shock of `size` of spot, with half steps of `half`.
function curvesOf(Expiry memory expiry, int256 size, int256 half) pure returns (int256[] memory) {
  int256[] memory moves = movesOf(size, half);
  if (expiry.exposed != WAD) moves = feltMoves(moves, expiry.exposed);
  return curveProfits(expiry, moves, logsOf(moves));
}

/// @notice Σ size·vega·(IV_up − IV) of one expiry.
function expiryVega(Expiry memory expiry) pure returns (int256) {
  int256 scale = shockScale(bounded(expiry.left, 0, MAX_ELAPSED));
  int256 root = bounded(expiry.root, 0, MAX_RATE);
  int256 forward = bounded(expiry.forward, 0, MAX_PRICE);
  int256 sum = 0;
  for (uint256 k = 0; k < expiry.strikes.length; ++k) {
    Strike memory option = expiry.strikes[k];
    int256 volatility = bounded(option.volatility, 0, MAX_RATE);
    int256 moneyness = bounded(option.logMoneyness, -MAX_RATE, MAX_RATE);
    int256 vega = vegaOf(forward, moneyness, deviationOf(volatility, root), root);
    int256 rise = mulDown(vega, volatilityUp(volatility, scale) - volatility);
    int256 size = bounded(option.calls, -MAX_AMOUNT, MAX_AMOUNT);
    size += bounded(option.puts, -MAX_AMOUNT, MAX_AMOUNT);
    sum += mulDown(size, rise);
  }
  return sum;
}

/// @notice What the options of one expiry are worth at their marks, rounded down.
function marksOf(Expiry memory expiry) pure returns (int256) {
  int256 forward = bounded(expiry.forward, 0, MAX_PRICE);
  int256 sum = 0;
  for (uint256 k = 0; k < expiry.strikes.length; ++k) {
    Strike memory option = expiry.strikes[k];
    int256 call = bounded(option.call, 0, MAX_PRICE);
    int256 put = putOf(call, forward, bounded(option.strike, 0, MAX_PRICE));
    sum += mulDown(bounded(option.calls, -MAX_AMOUNT, MAX_AMOUNT), call);
    sum += mulDown(bounded(option.puts, -MAX_AMOUNT, MAX_AMOUNT), put);
  }
  return sum;
}

/// @notice What options of one expiry pay if it settles at `price`, squared wads.
function payoffAt(Strike[] memory strikes, int256 price) pure returns (int256) {
  unchecked {
    int256 sum = 0;
    for (uint256 k = 0; k < strikes.length; ++k) {
      Strike memory option = strikes[k];
      int256 above = price - option.strike;
      sum += above > 0 ? option.calls * above : -option.puts * above;
    }
    return sum;
  }
}

/// @notice The most that options of one expiry, worth `marks`, can lose: what they are worth beyond the
/// least they can pay. A payoff is straight between strikes, so that it is least at a price of zero or at
/// a strike of which more is bought than sold; or without bound, if it falls for ever.
function largestLoss(Strike[] memory strikes, int256 marks) pure returns (int256) {
  int256 slope = 0;
  int256 least = 0;
  for (uint256 k = 0; k < strikes.length; ++k) {
    Strike memory option = strikes[k];
    int256 strike = bounded(option.strike, 0, MAX_PRICE);
    slope += bounded(option.calls, -MAX_AMOUNT, MAX_AMOUNT);
    least += bounded(option.puts, -MAX_AMOUNT, MAX_AMOUNT) * strike;
  }
  if (slope < 0) return ENDLESS;
  for (uint256 k = 0; k < strikes.length; ++k) {
    if (strikes[k].calls + strikes[k].puts <= 0) continue;
    least = min(least, payoffAt(strikes, strikes[k].strike));
  }
  return max(0, bounded(marks, -ENDLESS, ENDLESS) + ceilDiv(-least, WAD));
}

/// @notice A call at its mark volatility times `scale`.
function callAt(
  Strike memory option,
  int256 forward,
  int256 root,
  int256 scale
) pure returns (int256) {
  int256 volatility = mulDown(bounded(option.volatility, 0, MAX_RATE), bounded(scale, 0, MAX_RATE));
  int256 deviation = deviationOf(volatility, bounded(root, 0, MAX_RATE));
  int256 moneyness = bounded(option.logMoneyness, -MAX_RATE, MAX_RATE);
  int256 strike = bounded(option.strike, 0, MAX_PRICE);
  return callOf(bounded(forward, 0, MAX_PRICE), strike, moneyness, deviation);
}
