// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {
  AddOns,
  Exposure,
  Ladder,
  Loading,
  Margin,
  Mode,
  Portfolio,
  Requirement,
  Stable
} from "../types/Portfolio.sol";
import {sqrtUp} from "./ExpMath.sol";
import {initialMode, linearLadder, maintenanceMode, shock, worstLoss} from "./ScenarioMath.sol";
import {rootUp} from "./VolatilityMath.sol";
import {MAX_PRICE, MAX_RATE, MAX_VALUE, WAD} from "./WadMath.sol";
import {
  abs,
  bounded,
  ceilDiv,
  clamp,
  divDown,
  divUp,
  max,
  min,
  mulDown,
  mulUp
} from "./WadMath.sol";

// DESIGN §7.4-7.5. Requirement of a book: factors move together (A), alts as a sector (S), each
// alone (I), under the worse of a low and a high set of correlations:
//   RM = max over both sets of √(A² + S² + I²), and at least ¼·ΣW; exactly W for a single factor
//   required = m·max(RM + add-ons, minimum rate·debt), rounded up: the house's side

int256 constant DIVERSIFICATION_FLOOR = 0.25e18;
int256 constant INITIAL_OVER_MAINTENANCE = 1.2e18;
int256 constant SHORT_STABLE_RATE = 0.005e18;
int256 constant DEPEG = 0.99e18;
int256 constant LARGEST_SIZE_RATE = 0.25e18;
int256 constant MAX_HEALTH = 18e18; // what 64 bits hold
int256 constant IMPACT_SHARE = 0.05e18; // of a day's volume
int256 constant SCALE = 1e9; // √WAD

/// @notice Loadings of a factor whose correlation with the market is `common`.
function loadingOf(int256 common, bool alt) pure returns (Loading memory) {
  bounded(common, 0, WAD);
  int256 rest = WAD - mulDown(common, common);
  int256 sector = alt ? (3 * rest) / 10 : int256(0);
  return Loading({common: common, sector: rootUp(sector), own: rest - sector});
}

/// @notice ρ of the low set: what stresses a hedged book.
function lowCorrelation(int256 correlation) pure returns (int256) {
  return max(2 * bounded(correlation, 0, WAD) - WAD, (3 * correlation) / 4);
}

/// @notice ρ of the high set: what stresses a directional book.
function highCorrelation(int256 correlation) pure returns (int256) {
  return min(WAD, (5 * bounded(correlation, 0, WAD)) / 4);
}

/// @notice A: the worst scenario when every factor follows the market by its ρ.
function commonLoss(Ladder[] memory ladders, Loading[] memory loadings) pure returns (int256) {
  int256 worst = 0;
  for (uint256 j = 0; j < ladders[0].profit.length; ++j) {
    int256 sum = 0;
    for (uint256 i = 0; i < ladders.length; ++i) {
      unchecked {
        sum += loadings[i].common * ladders[i].profit[j];
      }
    }
    worst = min(worst, sum);
  }
  return ceilDiv(-worst, WAD);
}

/// @notice S: the alts fall, or rise, as a sector.
function sectorLoss(Ladder[] memory ladders, Loading[] memory loadings) pure returns (int256) {
  int256 down = 0;
  int256 up = 0;
  for (uint256 i = 0; i < ladders.length; ++i) {
    unchecked {
      down += loadings[i].sector * ladders[i].down;
      up += loadings[i].sector * ladders[i].up;
    }
  }
  return ceilDiv(-min(0, min(down, up)), WAD);
}

/// @notice I², in wads of squared wads: each factor moves by itself.
function ownVariance(int256[] memory worst, Loading[] memory loadings) pure returns (int256) {
  int256 sum = 0;
  for (uint256 i = 0; i < worst.length; ++i) {
    unchecked {
      sum += loadings[i].own * worst[i] * worst[i];
    }
  }
  return sum;
}

/// @notice √(A² + S² + I²) under one set of correlations.
function riskUnder(
  Ladder[] memory ladders,
  int256[] memory worst,
  Loading[] memory loadings
) pure returns (int256) {
  int256 common = commonLoss(ladders, loadings);
  int256 sector = sectorLoss(ladders, loadings);
  int256 own = ownVariance(worst, loadings);
  unchecked {
    return ceilDiv(sqrtUp(WAD * (common * common + sector * sector) + own), SCALE);
  }
}

function lowLoadings(Exposure[] memory exposures) pure returns (Loading[] memory) {
  Loading[] memory loadings = new Loading[](exposures.length);
  for (uint256 i = 0; i < exposures.length; ++i) {
    loadings[i] = loadingOf(lowCorrelation(exposures[i].correlation), exposures[i].alt);
  }
  return loadings;
}

function highLoadings(Exposure[] memory exposures) pure returns (Loading[] memory) {
  Loading[] memory loadings = new Loading[](exposures.length);
  for (uint256 i = 0; i < exposures.length; ++i) {
    loadings[i] = loadingOf(highCorrelation(exposures[i].correlation), exposures[i].alt);
  }
  return loadings;
}

function worstLosses(Ladder[] memory ladders) pure returns (int256[] memory) {
  int256[] memory worst = new int256[](ladders.length);
  for (uint256 i = 0; i < ladders.length; ++i) {
    worst[i] = worstLoss(ladders[i]);
  }
  return worst;
}

function total(int256[] memory values) pure returns (int256) {
  int256 sum = 0;
  for (uint256 i = 0; i < values.length; ++i) {
    sum += values[i];
  }
  return sum;
}

/// @notice RM of the whole book. Ladders stand in the order of the exposures.
function portfolioRisk(Ladder[] memory ladders, Exposure[] memory exposures) pure returns (int256) {
  int256[] memory worst = worstLosses(ladders);
  int256 sum = bounded(total(worst), 0, MAX_VALUE);
  if (ladders.length < 2) return sum;
  int256 low = riskUnder(ladders, worst, lowLoadings(exposures));
  int256 high = riskUnder(ladders, worst, highLoadings(exposures));
  return max(max(low, high), mulUp(DIVERSIFICATION_FLOOR, sum));
}

/// @notice The shock of each exposure.
function shocksOf(Portfolio memory book, Mode memory mode) pure returns (int256[] memory) {
  int256[] memory moves = new int256[](book.exposures.length);
  for (uint256 i = 0; i < moves.length; ++i) {
    Exposure memory exposure = book.exposures[i];
    int256 volatility = exposure.volatility[mode.index];
    moves[i] = shock(mode, volatility, exposure.crowding[mode.index], exposure.shockFloor);
  }
  return moves;
}

/// @notice The ladder of each exposure: within a factor everything nets.
function laddersOf(Portfolio memory book, int256[] memory moves) pure returns (Ladder[] memory) {
  Ladder[] memory ladders = new Ladder[](moves.length);
  for (uint256 i = 0; i < moves.length; ++i) {
    ladders[i] = linearLadder(book.exposures[i].spot, moves[i]);
  }
  return ladders;
}

/// @notice Charge on a long face: more at IM once the stable slips below 0.99; never over its value.
function longStableRate(Stable memory stable, Mode memory mode) pure returns (int256) {
  int256 slip = mulUp(mode.depegSlope, max(0, DEPEG - stable.price));
  return min(stable.price, bounded(stable.longRate[mode.index], 0, WAD) + slip);
}

/// @notice Charge on a short face: a stable can come back to its peg.
function shortStableRate(Stable memory stable) pure returns (int256) {
  return max(SHORT_STABLE_RATE, WAD - stable.price);
}

/// @notice Charge on the net face of one stable.
function stableCharge(Stable memory stable, Mode memory mode) pure returns (int256) {
  bounded(stable.face, -MAX_VALUE, MAX_VALUE);
  bounded(stable.price, 0, MAX_PRICE);
  int256 rate = stable.face < 0 ? shortStableRate(stable) : longStableRate(stable, mode);
  return mulUp(abs(stable.face), rate);
}

/// @notice Charge for the band of a stable's price; a long face never costs more than its value.
function stableBand(Stable memory stable, Mode memory mode) pure returns (int256) {
  int256 rate = mulUp(bounded(stable.bandRate, 0, WAD), stable.price);
  if (stable.face < 0) return mulUp(-stable.face, rate);
  return mulUp(stable.face, min(rate, stable.price - longStableRate(stable, mode)));
}

/// @notice Charge for size: leverage falls as a book grows against a day's volume.
function sizeRate(int256 notional, int256 move, int256 dailyVolume) pure returns (int256) {
  if (dailyVolume == 0) return 0;
  int256 load = divUp(notional, mulUp(IMPACT_SHARE, bounded(dailyVolume, WAD, MAX_VALUE)));
  return min(LARGEST_SIZE_RATE, mulUp(move, rootUp(load)) / 2 + 1);
}

/// @notice The charges on one exposure. With the shock they never exceed a long value.
function exposureCharges(
  Exposure memory exposure,
  int256 move,
  Mode memory mode
) pure returns (AddOns memory) {
  int256 notional = abs(exposure.spot);
  int256 room = mulDown(WAD - move, notional);
  int256 exitRate = bounded(exposure.exitRate[mode.index], 0, WAD);
  int256 exit = min(room, mulUp(exitRate, max(0, exposure.spot)));
  int256 lst = min(room - exit, bounded(exposure.lst[mode.index], 0, MAX_VALUE));
  int256 rateBand = bounded(exposure.rateBand, 0, MAX_VALUE);
  int256 band = mulUp(bounded(exposure.bandRate, 0, WAD), notional) + rateBand;
  int256 oracleBand = min(room - exit - lst, band);
  int256 size = mulUp(notional, sizeRate(notional, move, exposure.dailyVolume));
  return
    AddOns({
      lst: lst,
      stable: 0,
      exit: exit,
      oracleBand: oracleBand,
      size: min(room - exit - lst - oracleBand, size)
    });
}

/// @notice All charges of a book, each summed over what it falls on.
function addOnsOf(
  Portfolio memory book,
  int256[] memory moves,
  Mode memory mode
) pure returns (AddOns memory) {
  AddOns memory sum = AddOns({lst: 0, stable: 0, exit: 0, oracleBand: 0, size: 0});
  for (uint256 i = 0; i < book.exposures.length; ++i) {
    AddOns memory charges = exposureCharges(book.exposures[i], moves[i], mode);
    sum.lst += charges.lst;
    sum.exit += charges.exit;
    sum.oracleBand += charges.oracleBand;
    sum.size += charges.size;
  }
  for (uint256 i = 0; i < book.stables.length; ++i) {
    Stable memory stable = book.stables[i];
    sum.stable += stableCharge(stable, mode);
    sum.oracleBand += stableBand(stable, mode);
  }
  return sum;
}

/// @notice What a book needs in one mode.
function requirementOf(Portfolio memory book, Mode memory mode) pure returns (Requirement memory) {
  bounded(book.gross, 0, MAX_VALUE);
  bounded(book.graceMultiplier, WAD, MAX_RATE);
  int256[] memory moves = shocksOf(book, mode);
  Ladder[] memory ladders = laddersOf(book, moves);
  int256 risk = portfolioRisk(ladders, book.exposures);
  AddOns memory addOns = addOnsOf(book, moves, mode);
  int256 charges = addOns.lst + addOns.stable + addOns.exit + addOns.oracleBand + addOns.size;
  int256 least = mulUp(mode.minimumRate, bounded(book.debt, 0, MAX_VALUE));
  return
    Requirement({
      risk: risk,
      addOns: addOns,
      worst: worstLosses(ladders),
      required: mulUp(book.graceMultiplier, max(risk + charges, least))
    });
}

/// @notice IM, the one figure a risk-adding act needs.
function initialMargin(Portfolio memory book) pure returns (int256) {
  return requirementOf(book, initialMode()).required;
}

/// @notice MM = min(its own requirement, IM/1.2).
function maintenanceMargin(int256 own, int256 initial) pure returns (int256) {
  return min(own, divUp(initial, INITIAL_OVER_MAINTENANCE));
}

/// @notice Equity and both requirements of a book.
function marginOf(Portfolio memory book) pure returns (Margin memory) {
  int256 initial = initialMargin(book);
  int256 own = requirementOf(book, maintenanceMode()).required;
  return
    Margin({
      equity: book.equity,
      initialEquity: book.initialEquity,
      maintenance: maintenanceMargin(own, initial),
      initial: initial
    });
}

/// @notice h = equity / MM, rounded down; a book that needs nothing is as healthy as can be.
function healthOf(int256 equity, int256 maintenance) pure returns (int256) {
  bounded(equity, -MAX_VALUE, MAX_VALUE);
  if (maintenance == 0) return equity < 0 ? -MAX_HEALTH : MAX_HEALTH;
  return clamp(divDown(equity, maintenance), -MAX_HEALTH, MAX_HEALTH);
}
