// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {
  AddOns,
  BasisRates,
  BothSets,
  Delta,
  Expiry,
  Exposure,
  Ladder,
  Loading,
  Margin,
  OwnMargin,
  Mode,
  Notional,
  Portfolio,
  Requirement,
  Stable,
  Strike
} from "../types/Portfolio.sol";
import {ENDLESS} from "./CurveMath.sol";
import {sqrtUp} from "./ExpMath.sol";
import {
  AHEAD,
  WHOLE,
  fullLadder,
  hasOptions,
  initialMode,
  laterMode,
  linearLadder,
  linearValue,
  maintenanceMode,
  maintenanceModeOf,
  modeWithoutLimited,
  optionsOf,
  sharePart,
  shockOf,
  worstLoss
} from "./ScenarioMath.sol";
import {rootUp} from "./VolatilityMath.sol";
import {
  HOUR,
  MAX_AMOUNT,
  MAX_ELAPSED,
  MAX_PRICE,
  MAX_RATE,
  MAX_VALUE,
  WAD,
  YEAR
} from "./WadMath.sol";
import {
  abs,
  bounded,
  ceilDiv,
  clamp,
  divDown,
  divUp,
  floorDiv,
  max,
  min,
  mulDown,
  mulUp
} from "./WadMath.sol";

// DESIGN §7.4-7.5. Requirement of a book: factors move together (A), alts as a sector (S), each
// alone (I), under the worse of a low and a high set of correlations:
//   RM = max over both sets of √(A² + S² + I²), and at least ¼·ΣW; exactly W for a single factor
//   R = max(RM + add-ons, minimum rate·(derivative delta notional + debt))
//   required = min(m·R, ΣL + m·R without the options of L), rounded up: the house's side. L is the most
//   that the options of one expiry can lose, of each expiry for which that has a bound

int256 constant DIVERSIFICATION_FLOOR = 0.25e18;
int256 constant INITIAL_OVER_MAINTENANCE = 1.2e18;
int256 constant SHORT_STABLE_RATE = 0.005e18;
int256 constant DEPEG = 0.99e18;
int256 constant LARGEST_SIZE_RATE = 0.25e18;
int256 constant MAX_HEALTH = 18e18; // what 64 bits hold
int256 constant MAX_REQUIREMENT = 1e50; // more than any book that is not refused needs
int256 constant IMPACT_SHARE = 0.05e18; // of a day's volume
int256 constant SCALE = 1e9; // √WAD
int256 constant LIQUIDATION_RATE = 0.005e18; // of every leg's delta notional
int256 constant CALENDAR_SHARE = 4; // a quarter of the vega that expiries lend each other

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

/// @notice Does any factor of a book hold options that count? Then all are tested with all twelve
/// scenarios.
function isCurved(Exposure[] memory exposures, Mode memory mode) pure returns (bool) {
  for (uint256 i = 0; i < exposures.length; ++i) {
    if (hasOptions(exposures[i], mode)) return true;
  }
  return false;
}

/// @notice The ladder of each exposure: within a factor everything nets.
function laddersOf(Exposure[] memory exposures, Mode memory mode) pure returns (Ladder[] memory) {
  Ladder[] memory ladders = new Ladder[](exposures.length);
  bool curved = isCurved(exposures, mode);
  for (uint256 i = 0; i < ladders.length; ++i) {
    Exposure memory exposure = exposures[i];
    int256 move = shockOf(exposure, mode);
    ladders[i] =
      curved ? fullLadder(exposure, move, mode) : linearLadder(linearValue(exposure, mode), move);
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

/// @notice Delta of one expiry, in units as if nothing of it had settled.
function deltaOf(Expiry memory expiry, Mode memory mode) pure returns (Delta memory) {
  int256 net = bounded(expiry.futures, -MAX_AMOUNT, MAX_AMOUNT);
  int256 legs = abs(net);
  Strike[] memory options = optionsOf(expiry, mode);
  for (uint256 k = 0; k < options.length; ++k) {
    Strike memory option = options[k];
    int256 rate = bounded(option.delta, 0, WAD);
    int256 calls = bounded(option.calls, -MAX_AMOUNT, MAX_AMOUNT);
    int256 puts = bounded(option.puts, -MAX_AMOUNT, MAX_AMOUNT);
    unchecked {
      net += floorDiv(calls * rate + puts * (rate - WAD), WAD);
      legs += ceilDiv(abs(calls) * rate + abs(puts) * (WAD - rate), WAD);
    }
  }
  return Delta({net: net, legs: legs});
}

/// @notice A quarter of the vega that is long in one expiry and short in another.
function calendarVega(Exposure memory exposure, Mode memory mode) pure returns (int256) {
  if (exposure.expiries.length < 2) return 0;
  int256 long = 0;
  int256 short = 0;
  for (uint256 i = 0; i < exposure.expiries.length; ++i) {
    Expiry memory expiry = exposure.expiries[i];
    if (expiry.left <= mode.soonest || expiry.largestLoss <= mode.limited) continue;
    int256 vega = bounded(expiry.vega, -MAX_VALUE, MAX_VALUE);
    long += max(vega, 0);
    short += max(-vega, 0);
  }
  return ceilDiv(min(long, short), CALENDAR_SHARE);
}

/// @notice Units sold beyond what is bought, strike by strike.
function unpairedShorts(Expiry memory expiry, Mode memory mode) pure returns (int256) {
  int256 sum = 0;
  Strike[] memory options = optionsOf(expiry, mode);
  for (uint256 k = 0; k < options.length; ++k) {
    sum += max(0, -(options[k].calls + options[k].puts));
  }
  return sum;
}

/// @notice Share of an expiry's net delta charged for its basis.
function expiryRate(BasisRates memory basis, int256 left) pure returns (int256) {
  int256 slope = bounded(basis.expirySlope, 0, MAX_RATE);
  int256 base = bounded(basis.expiry, 0, WAD);
  int256 rate = base + ceilDiv(slope * bounded(left, 0, MAX_ELAPSED), YEAR);
  return min(bounded(basis.expiryCap, 0, WAD), rate);
}

/// @notice An exposure without derivatives.
function spotNotional(int256 spot) pure returns (Notional memory) {
  return
    Notional({
      net: spot,
      derivatives: 0,
      legs: 0,
      expiryBasis: 0,
      shortOptions: 0,
      calendarVega: 0
    });
}

/// @notice What the derivatives of one exposure come to that count in a mode.
function notionalOf(Exposure memory exposure, Mode memory mode) pure returns (Notional memory) {
  int256 spot = bounded(exposure.spot, -MAX_VALUE, MAX_VALUE);
  if (exposure.perps == 0 && exposure.expiries.length == 0) return spotNotional(spot);
  int256 index = bounded(exposure.index, 0, MAX_PRICE);
  int256 net = bounded(exposure.perps, -MAX_AMOUNT, MAX_AMOUNT);
  int256 legs = abs(net);
  int256 basis = 0;
  int256 shorts = 0;
  unchecked {
    for (uint256 i = 0; i < exposure.expiries.length; ++i) {
      Expiry memory expiry = exposure.expiries[i];
      if (expiry.left <= mode.soonest) continue;
      Delta memory delta = deltaOf(expiry, mode);
      int256 share = sharePart(expiry, expiry.unsettled, mode.part);
      int256 felt = mulDown(delta.net, share);
      net += felt;
      legs += mulUp(delta.legs, share);
      basis += mulUp(abs(felt), expiryRate(exposure.basis, expiry.left));
      shorts += unpairedShorts(expiry, mode);
    }
  }
  int256 derivatives = bounded(mulDown(net, index), -MAX_VALUE, MAX_VALUE);
  return
    Notional({
      net: spot + derivatives,
      derivatives: derivatives,
      legs: bounded(mulUp(legs, index), 0, MAX_VALUE),
      expiryBasis: mulUp(basis, index),
      shortOptions: mulUp(shorts, index),
      calendarVega: bounded(calendarVega(exposure, mode), 0, MAX_VALUE)
    });
}

/// @notice The charges on one exposure. With the shock they never exceed a long value, but for what
/// derivatives add.
function exposureCharges(
  Exposure memory exposure,
  Notional memory notional,
  int256 move,
  Mode memory mode
) pure returns (AddOns memory) {
  int256 spot = bounded(exposure.spot, 0, MAX_VALUE);
  int256 perps = mulUp(abs(exposure.perps), exposure.index);
  int256 exitRate = bounded(exposure.exitRate[mode.index], 0, WAD);
  int256 perpRate = bounded(exposure.basis.perp[mode.index], 0, WAD);
  int256 lst = bounded(exposure.lst[mode.index], 0, MAX_VALUE);
  int256 rateBand = bounded(exposure.rateBand, 0, MAX_VALUE);
  int256 banded = abs(exposure.counted ? notional.net : notional.derivatives);
  int256 band = mulUp(bounded(exposure.bandRate, 0, WAD), banded) + rateBand;
  int256 rate = sizeRate(abs(notional.net), move, exposure.dailyVolume);
  unchecked {
    int256 room = mulDown(WAD - move, spot);
    int256 exit = min(room, mulUp(exitRate, spot));
    room -= exit;
    lst = min(room, lst);
    room += notional.legs - lst;
    band = min(room, band);
    room -= band;
    return
      AddOns({
        perpBasis: mulUp(perpRate, perps),
        expiryBasis: notional.expiryBasis,
        lst: lst,
        stable: 0,
        exit: exit,
        shortOption: mulUp(mode.shortOptionRate, notional.shortOptions),
        calendarVega: notional.calendarVega,
        liquidationCost: mulUp(LIQUIDATION_RATE, notional.legs),
        oracleBand: band,
        size: min(room, mulUp(abs(notional.net), rate))
      });
  }
}

/// @notice Charges added up.
function sumOf(AddOns memory a, AddOns memory b) pure returns (AddOns memory) {
  unchecked {
    return
      AddOns({
        perpBasis: a.perpBasis + b.perpBasis,
        expiryBasis: a.expiryBasis + b.expiryBasis,
        lst: a.lst + b.lst,
        stable: a.stable + b.stable,
        exit: a.exit + b.exit,
        shortOption: a.shortOption + b.shortOption,
        calendarVega: a.calendarVega + b.calendarVega,
        liquidationCost: a.liquidationCost + b.liquidationCost,
        oracleBand: a.oracleBand + b.oracleBand,
        size: a.size + b.size
      });
  }
}

/// @notice Charges as one figure.
function totalOf(AddOns memory a) pure returns (int256) {
  unchecked {
    int256 derivatives = a.perpBasis + a.expiryBasis + a.shortOption + a.calendarVega;
    int256 collateral = a.lst + a.stable + a.exit;
    return derivatives + collateral + a.liquidationCost + a.oracleBand + a.size;
  }
}

/// @notice No charge yet.
function noCharges() pure returns (AddOns memory) {
  return
    AddOns({
      perpBasis: 0,
      expiryBasis: 0,
      lst: 0,
      stable: 0,
      exit: 0,
      shortOption: 0,
      calendarVega: 0,
      liquidationCost: 0,
      oracleBand: 0,
      size: 0
    });
}

/// @notice The charges on stables.
function stableCharges(Stable[] memory stables, Mode memory mode) pure returns (AddOns memory) {
  AddOns memory sum = noCharges();
  unchecked {
    for (uint256 i = 0; i < stables.length; ++i) {
      sum.stable += stableCharge(stables[i], mode);
      sum.oracleBand += stableBand(stables[i], mode);
    }
    return sum;
  }
}

/// @notice R: what the risk and the charges of a book need, before its tier.
function needOf(Portfolio memory book, Mode memory mode) pure returns (Requirement memory) {
  Ladder[] memory ladders = laddersOf(book.exposures, mode);
  int256 risk = portfolioRisk(ladders, book.exposures);
  AddOns memory addOns = stableCharges(book.stables, mode);
  int256 legs = 0;
  unchecked {
    for (uint256 i = 0; i < ladders.length; ++i) {
      Exposure memory exposure = book.exposures[i];
      Notional memory notional = notionalOf(exposure, mode);
      addOns = sumOf(addOns, exposureCharges(exposure, notional, ladders[i].shock, mode));
      legs += notional.legs;
      ladders[i].net = notional.net;
    }
    int256 least = mulUp(mode.minimumRate, bounded(book.debt, 0, MAX_VALUE) + legs);
    return
      Requirement({
        risk: risk,
        addOns: addOns,
        ladders: ladders,
        notional: legs,
        required: max(risk + totalOf(addOns), least)
      });
  }
}

/// @notice ΣL: the most that options can lose of all expiries for which that has a bound; endless if there
/// are none. What expires within `soonest` seconds does not count.
function limitedLoss(Exposure[] memory exposures, int256 soonest) pure returns (int256) {
  int256 sum = 0;
  int256 expiries = 0;
  for (uint256 i = 0; i < exposures.length; ++i) {
    for (uint256 k = 0; k < exposures[i].expiries.length; ++k) {
      Expiry memory expiry = exposures[i].expiries[k];
      int256 loss = bounded(expiry.largestLoss, 0, ENDLESS);
      if (expiry.strikes.length == 0 || expiry.left <= soonest || loss == ENDLESS) continue;
      sum += loss;
      ++expiries;
    }
  }
  return expiries == 0 ? ENDLESS : sum;
}

/// @notice min(m·R, ΣL + m·R without the options of L). An option that is bought needs no more than its
/// mark. The second R is not asked for where ΣL alone is no less than the first.
function limitedTo(int256 required, Portfolio memory book, Mode memory mode) pure returns (int256) {
  int256 loss = limitedLoss(book.exposures, mode.soonest);
  if (loss >= required) return required;
  int256 rest = needOf(book, modeWithoutLimited(mode)).required;
  return min(required, loss + mulUp(book.graceMultiplier, rest));
}

/// @notice What a book needs in one mode. Risk, charges and ladders are those of the whole book.
function requirementOf(Portfolio memory book, Mode memory mode) pure returns (Requirement memory) {
  bounded(book.gross, 0, MAX_VALUE);
  Requirement memory need = needOf(book, mode);
  int256 required = mulUp(bounded(book.graceMultiplier, WAD, MAX_RATE), need.required);
  need.required = limitedTo(required, book, mode);
  return need;
}

/// @notice Does anything expire within the hour?
function isExpiring(Exposure[] memory exposures) pure returns (bool) {
  for (uint256 i = 0; i < exposures.length; ++i) {
    for (uint256 k = 0; k < exposures[i].expiries.length; ++k) {
      if (exposures[i].expiries[k].left <= HOUR) return true;
    }
  }
  return false;
}

/// @notice IM, the one figure a risk-adding act needs. An hour before an expiry it covers the book
/// with and without what expires: no offset is counted that is about to go.
function initialMargin(Portfolio memory book) pure returns (int256) {
  int256 whole = requirementOf(book, initialMode()).required;
  if (!isExpiring(book.exposures)) return whole;
  return max(whole, requirementOf(book, laterMode()).required);
}

/// @notice Does an expiry settle of which something is known, or may be?
function isSettling(Exposure[] memory exposures) pure returns (bool) {
  for (uint256 i = 0; i < exposures.length; ++i) {
    for (uint256 k = 0; k < exposures[i].expiries.length; ++k) {
      if (exposures[i].expiries[k].ahead != WAD) return true;
    }
  }
  return false;
}

/// @notice What a book itself needs for MM. While legs settle, the larger of two figures, of which one
/// shocks what is not known yet, the other what the clock has not reached: no hedge nets against what may
/// be fixed already. Never more than for whole legs, so no silence of a window asks for more.
function maintenanceNeed(Portfolio memory book) pure returns (Requirement memory) {
  Requirement memory open = requirementOf(book, maintenanceMode());
  if (!isSettling(book.exposures)) return open;
  Requirement memory ahead = requirementOf(book, maintenanceModeOf(AHEAD));
  Requirement memory whole = requirementOf(book, maintenanceModeOf(WHOLE));
  Requirement memory larger = ahead.required > open.required ? ahead : open;
  return whole.required < larger.required ? whole : larger;
}

/// @notice MM = min(its own requirement, IM/1.2).
function maintenanceMargin(int256 own, int256 initial) pure returns (int256) {
  return min(own, divUp(initial, INITIAL_OVER_MAINTENANCE));
}

/// @notice Equity and both requirements of a book.
function marginOf(Portfolio memory book) pure returns (Margin memory) {
  int256 initial = initialMargin(book);
  int256 own = maintenanceNeed(book).required;
  return
    Margin({
      equity: book.equity,
      initialEquity: book.initialEquity,
      maintenance: maintenanceMargin(own, initial),
      initial: initial
    });
}

/// @notice What an act sent as reducing is measured by: MM without the bound that IM sets.
function ownMarginOf(Portfolio memory book) pure returns (OwnMargin memory) {
  return OwnMargin({equity: book.equity, maintenance: maintenanceNeed(book).required});
}

/// @notice h = equity / MM, rounded down; a book that needs nothing is as healthy as can be.
function healthOf(int256 equity, int256 maintenance) pure returns (int256) {
  bounded(equity, -MAX_VALUE, MAX_VALUE);
  bounded(maintenance, 0, MAX_REQUIREMENT);
  if (maintenance == 0) return equity < 0 ? -MAX_HEALTH : MAX_HEALTH;
  return clamp(divDown(equity, maintenance), -MAX_HEALTH, MAX_HEALTH);
}
