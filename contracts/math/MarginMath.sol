// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {
  AddOns,
  BothSets,
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

/// @notice Loadings of a factor whose correlation with the market is `common`, at most 1.
function loadingOf(int256 common, bool alt) pure returns (Loading memory) {
  unchecked {
    int256 rest = WAD - mulDown(common, common);
    if (!alt) return Loading({common: common, sector: 0, own: rest});
    int256 sector = (3 * rest) / 10;
    return Loading({common: common, sector: rootUp(sector), own: rest - sector});
  }
}

/// @notice ρ of the low set: what stresses a hedged book.
function lowCorrelation(int256 correlation) pure returns (int256) {
  return max(2 * bounded(correlation, 0, WAD) - WAD, (3 * correlation) / 4);
}

/// @notice ρ of the high set: what stresses a directional book.
function highCorrelation(int256 correlation) pure returns (int256) {
  return min(WAD, (5 * bounded(correlation, 0, WAD)) / 4);
}

/// @notice A² + S² + I² of one set of correlations is a sum of squares; its root is the risk.
function rootSumSquares(int256 common, int256 sector, int256 own) pure returns (int256) {
  unchecked {
    return ceilDiv(sqrtUp(WAD * (common * common + sector * sector) + own), SCALE);
  }
}

/// @notice A under both sets: the worst scenario when every factor follows the market by its ρ.
function commonLosses(
  Ladder[] memory ladders,
  Exposure[] memory exposures
) pure returns (BothSets memory) {
  unchecked {
    int256 worstLow = 0;
    int256 worstHigh = 0;
    for (uint256 j = 0; j < ladders[0].profit.length; ++j) {
      int256 low = 0;
      int256 high = 0;
      for (uint256 i = 0; i < ladders.length; ++i) {
        Exposure memory exposure = exposures[i];
        int256 profit = ladders[i].profit[j];
        low += exposure.low.common * profit;
        high += exposure.high.common * profit;
      }
      worstLow = min(worstLow, low);
      worstHigh = min(worstHigh, high);
    }
    return BothSets({low: ceilDiv(-worstLow, WAD), high: ceilDiv(-worstHigh, WAD)});
  }
}

/// @notice S under both sets: the alts fall, or rise, as a sector.
function sectorLosses(
  Ladder[] memory ladders,
  Exposure[] memory exposures
) pure returns (BothSets memory) {
  unchecked {
    int256 downLow = 0;
    int256 downHigh = 0;
    int256 upLow = 0;
    int256 upHigh = 0;
    for (uint256 i = 0; i < ladders.length; ++i) {
      Exposure memory exposure = exposures[i];
      if (exposure.low.sector == 0) continue;
      Ladder memory ladder = ladders[i];
      downLow += exposure.low.sector * ladder.down;
      downHigh += exposure.high.sector * ladder.down;
      upLow += exposure.low.sector * ladder.up;
      upHigh += exposure.high.sector * ladder.up;
    }
    return
      BothSets({
        low: ceilDiv(-min(downLow, upLow), WAD),
        high: ceilDiv(-min(downHigh, upHigh), WAD)
      });
  }
}

/// @notice I² under both sets, in wads of squared wads: each factor moves by itself.
function ownVariances(
  Ladder[] memory ladders,
  Exposure[] memory exposures
) pure returns (BothSets memory) {
  unchecked {
    int256 low = 0;
    int256 high = 0;
    for (uint256 i = 0; i < ladders.length; ++i) {
      Exposure memory exposure = exposures[i];
      int256 loss = worstLoss(ladders[i]);
      int256 squared = loss * loss;
      low += exposure.low.own * squared;
      high += exposure.high.own * squared;
    }
    return BothSets({low: low, high: high});
  }
}

/// @notice ΣW.
function totalLoss(Ladder[] memory ladders) pure returns (int256) {
  unchecked {
    int256 sum = 0;
    for (uint256 i = 0; i < ladders.length; ++i) {
      sum += worstLoss(ladders[i]);
    }
    return sum;
  }
}

/// @notice RM of the whole book. Ladders stand in the order of the exposures.
function portfolioRisk(Ladder[] memory ladders, Exposure[] memory exposures) pure returns (int256) {
  int256 sum = bounded(totalLoss(ladders), 0, MAX_VALUE);
  if (ladders.length < 2) return sum;
  BothSets memory common = commonLosses(ladders, exposures);
  BothSets memory sector = sectorLosses(ladders, exposures);
  BothSets memory own = ownVariances(ladders, exposures);
  int256 low = rootSumSquares(common.low, sector.low, own.low);
  int256 high = rootSumSquares(common.high, sector.high, own.high);
  return max(max(low, high), mulUp(DIVERSIFICATION_FLOOR, sum));
}

/// @notice The ladder of each exposure: within a factor everything nets.
function laddersOf(Exposure[] memory exposures, Mode memory mode) pure returns (Ladder[] memory) {
  Ladder[] memory ladders = new Ladder[](exposures.length);
  uint256 m = mode.index;
  for (uint256 i = 0; i < ladders.length; ++i) {
    Exposure memory exposure = exposures[i];
    int256 crowding = bounded(exposure.crowding[m], WAD, 2 * WAD);
    int256 low = bounded(exposure.shockFloor, 0, WAD);
    int256 move = shock(mode, exposure.volatility[m], crowding, low);
    ladders[i] = linearLadder(exposure.spot, move);
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
  if (stable.bandRate == 0) return 0;
  int256 rate = mulUp(bounded(stable.bandRate, 0, WAD), stable.price);
  if (stable.face < 0) return mulUp(-stable.face, rate);
  return mulUp(stable.face, min(rate, stable.price - longStableRate(stable, mode)));
}

/// @notice Charge for size: leverage falls as a book grows against a day's volume.
function sizeRate(int256 notional, int256 move, int256 dailyVolume) pure returns (int256) {
  if (dailyVolume == 0) return 0;
  bounded(dailyVolume, WAD, MAX_VALUE);
  unchecked {
    int256 load = divUp(notional, mulUp(IMPACT_SHARE, dailyVolume));
    return min(LARGEST_SIZE_RATE, mulUp(move, rootUp(load)) / 2 + 1);
  }
}

/// @notice The charges on one exposure. With the shock they never exceed a long value.
function exposureCharges(
  Exposure memory exposure,
  int256 move,
  Mode memory mode
) pure returns (AddOns memory) {
  unchecked {
    int256 notional = abs(exposure.spot);
    int256 room = mulDown(WAD - move, notional);
    int256 exitRate = bounded(exposure.exitRate[mode.index], 0, WAD);
    int256 exit = min(room, mulUp(exitRate, max(0, exposure.spot)));
    room -= exit;
    int256 lst = min(room, bounded(exposure.lst[mode.index], 0, MAX_VALUE));
    room -= lst;
    int256 rateBand = bounded(exposure.rateBand, 0, MAX_VALUE);
    int256 band = mulUp(bounded(exposure.bandRate, 0, WAD), notional) + rateBand;
    int256 oracleBand = min(room, band);
    room -= oracleBand;
    int256 size = min(room, mulUp(notional, sizeRate(notional, move, exposure.dailyVolume)));
    return AddOns({lst: lst, stable: 0, exit: exit, oracleBand: oracleBand, size: size});
  }
}

/// @notice All charges of a book, each summed over what it falls on.
function addOnsOf(
  Portfolio memory book,
  Ladder[] memory ladders,
  Mode memory mode
) pure returns (AddOns memory) {
  unchecked {
    AddOns memory sum = AddOns({lst: 0, stable: 0, exit: 0, oracleBand: 0, size: 0});
    for (uint256 i = 0; i < ladders.length; ++i) {
      AddOns memory charges = exposureCharges(book.exposures[i], ladders[i].shock, mode);
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
}

/// @notice What a book needs in one mode.
function requirementOf(Portfolio memory book, Mode memory mode) pure returns (Requirement memory) {
  bounded(book.gross, 0, MAX_VALUE);
  bounded(book.graceMultiplier, WAD, MAX_RATE);
  Ladder[] memory ladders = laddersOf(book.exposures, mode);
  int256 risk = portfolioRisk(ladders, book.exposures);
  AddOns memory addOns = addOnsOf(book, ladders, mode);
  int256 least = mulUp(mode.minimumRate, bounded(book.debt, 0, MAX_VALUE));
  unchecked {
    int256 charges = addOns.lst + addOns.stable + addOns.exit + addOns.oracleBand + addOns.size;
    int256 required = mulUp(book.graceMultiplier, max(risk + charges, least));
    return Requirement({risk: risk, addOns: addOns, ladders: ladders, required: required});
  }
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
