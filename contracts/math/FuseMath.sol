// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {
  Exposure,
  FactorRisk,
  Ladder,
  Measure,
  Portfolio,
  Requirement,
  AccountHealth
} from "../types/Portfolio.sol";
import {healthOf, maintenanceMargin} from "./MarginMath.sol";
import {worstLoss} from "./ScenarioMath.sol";
import {deltasOf, unitsOf} from "./ThrottleMath.sol";
import {MAX_ELAPSED, MAX_RATE, MAX_VALUE, WAD} from "./WadMath.sol";
import {abs, bounded, clamp, divDown, max, min, mulDown, mulUp} from "./WadMath.sol";

// DESIGN §8. How long an account in call may take. At health h the distance to zero equity is h·MM,
// and MM is k·σ·√τ of the book; surviving 5 fast sigmas during G gives
//   G = clamp(0.64·τ·hw²·κ², 5 min, max(5 min, Gmax·cover)),  0.64 = (4/5)², τ = 4 h
//   κ = ΣW / Σ W·max(1, √v1/σused)
// The fuse burns by dt/G below h = 1 and cools by dt/4 h above h = 1.10.

int256 constant SAFE_SECONDS = 9_216; // 0.64·τ
int256 constant SHORTEST_GRACE = 300; // seconds
int256 constant LONGEST_INTERVAL = 600; // seconds a single unseen interval can burn
int256 constant COOLING = 14_400; // seconds from full to empty
int256 constant SMALLEST_COVER = 0.25e18;
int256 constant FLOOR_RATE = 0.0075e18;
int256 constant LOWEST_FLOOR = 0.25e18;
int256 constant HIGHEST_FLOOR = 0.75e18;
int256 constant HEAVY = 0.2e18; // of ΣW: a factor whose rounds confirm
int256 constant MAX_VOLATILITY_RATIO = 1e26;
int256 constant MAX_DOUBT = 2e30; // of a book: MAX_VALUE twice for each factor, and for what has a rate

/// @notice What each factor of a book weighs. A ladder stands beside its exposure.
function factorRisksOf(
  Exposure[] memory exposures,
  Ladder[] memory ladders
) pure returns (FactorRisk[] memory) {
  FactorRisk[] memory factors = new FactorRisk[](ladders.length);
  for (uint256 i = 0; i < ladders.length; ++i) {
    Exposure memory exposure = exposures[i];
    factors[i] = FactorRisk({
      factor: exposure.factor,
      loss: worstLoss(ladders[i]),
      units: unitsOf(ladders[i].net, exposure.index),
      volatilityRatio: exposure.volatilityRatio,
      updated: exposure.updated
    });
  }
  return factors;
}

/// @notice By how much the prices of a book that are not Ok may be off: Σ |delta|·band, each band as wide as
/// it has grown.
function doubtOf(Portfolio memory book, Ladder[] memory ladders) pure returns (int256) {
  int256 sum = bounded(book.doubt, 0, 2 * MAX_VALUE);
  for (uint256 i = 0; i < ladders.length; ++i) {
    int256 net = bounded(ladders[i].net, -2 * MAX_VALUE, 2 * MAX_VALUE);
    sum += mulUp(abs(net), bounded(book.exposures[i].doubtRate, 0, WAD));
  }
  return sum;
}

/// @notice What a margin call measures of a book; `initial` is its IM.
function measureOf(
  Portfolio memory book,
  Requirement memory own,
  int256 initial
) pure returns (Measure memory) {
  return
    Measure({
      equity: book.equity,
      maintenance: maintenanceMargin(own.required, initial),
      gross: bounded(book.gross, 0, MAX_VALUE) + own.notional,
      doubt: doubtOf(book, own.ladders),
      factors: factorRisksOf(book.exposures, own.ladders)
    });
}

/// @notice ΣW.
function weightOf(FactorRisk[] memory factors) pure returns (int256) {
  int256 sum = 0;
  for (uint256 i = 0; i < factors.length; ++i) {
    sum += bounded(factors[i].loss, 0, MAX_VALUE);
  }
  return sum;
}

/// @notice Time of the newest round of a factor that carries 20 % of ΣW.
function heavyRoundOf(FactorRisk[] memory factors) pure returns (uint256) {
  int256 least = mulUp(HEAVY, weightOf(factors));
  uint256 newest = 0;
  for (uint256 i = 0; i < factors.length; ++i) {
    if (factors[i].loss >= least && factors[i].updated > newest) newest = factors[i].updated;
  }
  return newest;
}

/// @notice κ: the inverse of how much wilder the book's last hour was than its estimates.
function calmnessOf(FactorRisk[] memory factors) pure returns (int256) {
  int256 sum = 0;
  int256 wild = 0;
  unchecked {
    for (uint256 i = 0; i < factors.length; ++i) {
      int256 loss = bounded(factors[i].loss, 0, MAX_VALUE);
      sum += loss;
      wild += loss * bounded(factors[i].volatilityRatio, WAD, MAX_VOLATILITY_RATIO);
    }
    return wild == 0 ? WAD : (sum * WAD * WAD) / wild;
  }
}

/// @notice G in seconds, as a wad. `longest` = Gmax·cover in seconds, as a wad.
function graceOf(int256 health, int256 calmness, int256 longest) pure returns (int256) {
  bounded(calmness, 0, WAD);
  int256 reach = bounded(max(0, health), 0, MAX_RATE);
  int256 squared = mulDown(mulDown(reach, reach), mulDown(calmness, calmness));
  int256 shortest = SHORTEST_GRACE * WAD;
  return clamp(SAFE_SECONDS * squared, shortest, max(shortest, longest));
}

/// @notice The fuse after an interval below h = 1.
function burn(int256 fuse, int256 elapsed, int256 grace) pure returns (int256) {
  int256 seen = min(bounded(elapsed, 0, MAX_ELAPSED), LONGEST_INTERVAL);
  bounded(fuse, 0, WAD);
  return min(WAD, fuse + (seen * WAD * WAD) / bounded(grace, WAD, MAX_ELAPSED * WAD));
}

/// @notice The fuse after an interval above h = 1.10.
function cool(int256 fuse, int256 elapsed) pure returns (int256) {
  bounded(fuse, 0, WAD);
  return max(0, fuse - (bounded(elapsed, 0, MAX_ELAPSED) * WAD) / COOLING);
}

/// @notice The health below which an account's equity hardly pays for its own liquidation.
function floorOf(int256 gross, int256 maintenance) pure returns (int256) {
  if (maintenance == 0) return LOWEST_FLOOR;
  int256 cost = mulDown(FLOOR_RATE, bounded(gross, 0, MAX_VALUE));
  return clamp(divDown(cost, maintenance), LOWEST_FLOOR, HIGHEST_FLOOR);
}

/// @notice How much of what it should hold the insurance fund does hold.
function coverOf(int256 fund, int256 required) pure returns (int256) {
  if (bounded(required, 0, MAX_VALUE) == 0) return WAD;
  return clamp(divDown(bounded(fund, 0, MAX_VALUE), required), SMALLEST_COVER, WAD);
}

/// @notice Is an account below MM, whatever prices in doubt are? Then time counts against it.
function isCertain(AccountHealth memory one) pure returns (bool) {
  return one.best < one.maintenance;
}

/// @notice The same account if all that is in doubt is in its favour.
function atBest(AccountHealth memory one) pure returns (AccountHealth memory) {
  return
    AccountHealth({
      equity: one.best,
      maintenance: one.maintenance,
      gross: one.gross,
      health: healthOf(one.best, one.maintenance),
      floor: one.floor,
      calmness: one.calmness,
      best: one.best,
      heavyRound: one.heavyRound,
      deltas: one.deltas
    });
}

/// @notice All that a margin call asks of a book.
function accountHealthOf(Measure memory book) pure returns (AccountHealth memory) {
  return
    AccountHealth({
      equity: book.equity,
      maintenance: book.maintenance,
      gross: book.gross,
      health: healthOf(book.equity, book.maintenance),
      floor: floorOf(book.gross, book.maintenance),
      calmness: calmnessOf(book.factors),
      best: min(MAX_VALUE, book.equity + bounded(book.doubt, 0, MAX_DOUBT)),
      heavyRound: heavyRoundOf(book.factors),
      deltas: deltasOf(book.factors)
    });
}
