import type {
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
  Strike,
} from "../types/Portfolio.ts";
import { ENDLESS } from "./CurveMath.ts";
import { sqrtUp } from "./ExpMath.ts";
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
  worstLoss,
} from "./ScenarioMath.ts";
import { rootUp } from "./VolatilityMath.ts";
import {
  HOUR,
  MAX_AMOUNT,
  MAX_ELAPSED,
  MAX_PRICE,
  MAX_RATE,
  MAX_VALUE,
  WAD,
  YEAR,
} from "./WadMath.ts";
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
  mulUp,
} from "./WadMath.ts";

// DESIGN §7.4-7.5. Requirement of a book: factors move together (A), alts as a sector (S), each
// alone (I), under the worse of a low and a high set of correlations:
//   RM = max over both sets of √(A² + S² + I²), and at least ¼·ΣW; exactly W for a single factor
//   R = max(RM + add-ons, minimum rate·(derivative delta notional + debt))
//   required = min(m·R, ΣL + m·R without the options of L), rounded up: the house's side. L is the most
//   that the options of one expiry can lose, of each expiry for which that has a bound

export const DIVERSIFICATION_FLOOR = 250_000_000_000_000_000n;
export const INITIAL_OVER_MAINTENANCE = 1_200_000_000_000_000_000n;
export const SHORT_STABLE_RATE = 5_000_000_000_000_000n;
export const DEPEG = 990_000_000_000_000_000n;
export const LARGEST_SIZE_RATE = 250_000_000_000_000_000n;
export const MAX_HEALTH = 18_000_000_000_000_000_000n; // what 64 bits hold
export const MAX_REQUIREMENT = 100_000_000_000_000_000_000_000_000_000_000_000_000_000_000_000_000n; // more than any book that is not refused needs
export const IMPACT_SHARE = 50_000_000_000_000_000n; // of a day's volume
export const SCALE = 1_000_000_000n; // √WAD
export const LIQUIDATION_RATE = 5_000_000_000_000_000n; // of every leg's delta notional
export const CALENDAR_SHARE = 4n; // a quarter of the vega that expiries lend each other

/** Loadings of a factor whose correlation with the market is `common`, at most 1. */
export function loadingOf(common: bigint, alt: boolean): Loading {
  {
    const rest = WAD - mulDown(common, common);
    if (!alt) return { common: common, sector: 0n, own: rest };
    const sector = (3n * rest) / 10n;
    return { common: common, sector: rootUp(sector), own: rest - sector };
  }
}

/** ρ of the low set: what stresses a hedged book. */
export function lowCorrelation(correlation: bigint): bigint {
  return max(2n * bounded(correlation, 0n, WAD) - WAD, (3n * correlation) / 4n);
}

/** ρ of the high set: what stresses a directional book. */
export function highCorrelation(correlation: bigint): bigint {
  return min(WAD, (5n * bounded(correlation, 0n, WAD)) / 4n);
}

/** A² + S² + I² of one set of correlations is a sum of squares; its root is the risk. */
export function rootSumSquares(common: bigint, sector: bigint, own: bigint): bigint {
  {
    return ceilDiv(sqrtUp(WAD * (common * common + sector * sector) + own), SCALE);
  }
}

/** A under both sets: the worst scenario when every factor follows the market by its ρ. */
export function commonLosses(ladders: Ladder[], exposures: Exposure[]): BothSets {
  {
    let worstLow = 0n;
    let worstHigh = 0n;
    for (let j = 0; j < ladders[0]!.profit.length; ++j) {
      let low = 0n;
      let high = 0n;
      for (let i = 0; i < ladders.length; ++i) {
        const exposure = exposures[i]!;
        const profit = ladders[i]!.profit[j]!;
        low += exposure.low.common * profit;
        high += exposure.high.common * profit;
      }
      worstLow = min(worstLow, low);
      worstHigh = min(worstHigh, high);
    }
    return { low: ceilDiv(-worstLow, WAD), high: ceilDiv(-worstHigh, WAD) };
  }
}

/** S under both sets: the alts fall, or rise, as a sector. */
export function sectorLosses(ladders: Ladder[], exposures: Exposure[]): BothSets {
  {
    let downLow = 0n;
    let downHigh = 0n;
    let upLow = 0n;
    let upHigh = 0n;
    for (let i = 0; i < ladders.length; ++i) {
      const exposure = exposures[i]!;
      if (exposure.low.sector == 0n) continue;
      const ladder = ladders[i]!;
      downLow += exposure.low.sector * ladder.down;
      downHigh += exposure.high.sector * ladder.down;
      upLow += exposure.low.sector * ladder.up;
      upHigh += exposure.high.sector * ladder.up;
    }
    return {
      low: ceilDiv(-min(downLow, upLow), WAD),
      high: ceilDiv(-min(downHigh, upHigh), WAD),
    };
  }
}

/** I² under both sets, in wads of squared wads: each factor moves by itself. */
export function ownVariances(ladders: Ladder[], exposures: Exposure[]): BothSets {
  {
    let low = 0n;
    let high = 0n;
    for (let i = 0; i < ladders.length; ++i) {
      const exposure = exposures[i]!;
      const loss = worstLoss(ladders[i]!);
      const squared = loss * loss;
      low += exposure.low.own * squared;
      high += exposure.high.own * squared;
    }
    return { low: low, high: high };
  }
}

/** ΣW. */
export function totalLoss(ladders: Ladder[]): bigint {
  {
    let sum = 0n;
    for (let i = 0; i < ladders.length; ++i) {
      sum += worstLoss(ladders[i]!);
    }
    return sum;
  }
}

/** RM of the whole book. Ladders stand in the order of the exposures. */
export function portfolioRisk(ladders: Ladder[], exposures: Exposure[]): bigint {
  const sum = bounded(totalLoss(ladders), 0n, MAX_VALUE);
  if (ladders.length < 2) return sum;
  const common = commonLosses(ladders, exposures);
  const sector = sectorLosses(ladders, exposures);
  const own = ownVariances(ladders, exposures);
  const low = rootSumSquares(common.low, sector.low, own.low);
  const high = rootSumSquares(common.high, sector.high, own.high);
  return max(max(low, high), mulUp(DIVERSIFICATION_FLOOR, sum));
}

/** Does any factor of a book hold options that count? Then all are tested with all twelve scenarios. */
export function isCurved(exposures: Exposure[], mode: Mode): boolean {
  for (let i = 0; i < exposures.length; ++i) {
    if (hasOptions(exposures[i]!, mode)) return true;
  }
  return false;
}

/** The ladder of each exposure: within a factor everything nets. */
export function laddersOf(exposures: Exposure[], mode: Mode): Ladder[] {
  const ladders = new Array<Ladder>(exposures.length);
  const curved = isCurved(exposures, mode);
  for (let i = 0; i < ladders.length; ++i) {
    const exposure = exposures[i]!;
    const move = shockOf(exposure, mode);
    ladders[i] = curved
      ? fullLadder(exposure, move, mode)
      : linearLadder(linearValue(exposure, mode), move);
  }
  return ladders;
}

/** Charge on a long face: more at IM once the stable slips below 0.99; never over its value. */
export function longStableRate(stable: Stable, mode: Mode): bigint {
  const slip = mulUp(mode.depegSlope, max(0n, DEPEG - stable.price));
  return min(stable.price, bounded(stable.longRate[mode.index]!, 0n, WAD) + slip);
}

/** Charge on a short face: a stable can come back to its peg. */
export function shortStableRate(stable: Stable): bigint {
  return max(SHORT_STABLE_RATE, WAD - stable.price);
}

/** Charge on the net face of one stable. */
export function stableCharge(stable: Stable, mode: Mode): bigint {
  bounded(stable.face, -MAX_VALUE, MAX_VALUE);
  bounded(stable.price, 0n, MAX_PRICE);
  const rate = stable.face < 0n ? shortStableRate(stable) : longStableRate(stable, mode);
  return mulUp(abs(stable.face), rate);
}

/** Charge for the band of a stable's price; a long face never costs more than its value. */
export function stableBand(stable: Stable, mode: Mode): bigint {
  if (stable.bandRate == 0n) return 0n;
  const rate = mulUp(bounded(stable.bandRate, 0n, WAD), stable.price);
  if (stable.face < 0n) return mulUp(-stable.face, rate);
  return mulUp(stable.face, min(rate, stable.price - longStableRate(stable, mode)));
}

/** Charge for size: leverage falls as a book grows against a day's volume. */
export function sizeRate(notional: bigint, move: bigint, dailyVolume: bigint): bigint {
  if (dailyVolume == 0n) return 0n;
  bounded(dailyVolume, WAD, MAX_VALUE);
  {
    const load = divUp(notional, mulUp(IMPACT_SHARE, dailyVolume));
    return min(LARGEST_SIZE_RATE, mulUp(move, rootUp(load)) / 2n + 1n);
  }
}

/** Delta of one expiry, in units as if nothing of it had settled. */
export function deltaOf(expiry: Expiry, mode: Mode): Delta {
  let net = bounded(expiry.futures, -MAX_AMOUNT, MAX_AMOUNT);
  let legs = abs(net);
  const options: Strike[] = optionsOf(expiry, mode);
  for (let k = 0; k < options.length; ++k) {
    const option = options[k]!;
    const rate = bounded(option.delta, 0n, WAD);
    const calls = bounded(option.calls, -MAX_AMOUNT, MAX_AMOUNT);
    const puts = bounded(option.puts, -MAX_AMOUNT, MAX_AMOUNT);
    {
      net += floorDiv(calls * rate + puts * (rate - WAD), WAD);
      legs += ceilDiv(abs(calls) * rate + abs(puts) * (WAD - rate), WAD);
    }
  }
  return { net: net, legs: legs };
}

/** A quarter of the vega that is long in one expiry and short in another. */
export function calendarVega(exposure: Exposure, mode: Mode): bigint {
  if (exposure.expiries.length < 2) return 0n;
  let long = 0n;
  let short = 0n;
  for (let i = 0; i < exposure.expiries.length; ++i) {
    const expiry = exposure.expiries[i]!;
    if (expiry.left <= mode.soonest || expiry.largestLoss <= mode.limited) continue;
    const vega = bounded(expiry.vega, -MAX_VALUE, MAX_VALUE);
    long += max(vega, 0n);
    short += max(-vega, 0n);
  }
  return ceilDiv(min(long, short), CALENDAR_SHARE);
}

/** Units sold beyond what is bought, strike by strike. */
export function unpairedShorts(expiry: Expiry, mode: Mode): bigint {
  let sum = 0n;
  const options = optionsOf(expiry, mode);
  for (let k = 0; k < options.length; ++k) {
    sum += max(0n, -(options[k]!.calls + options[k]!.puts));
  }
  return sum;
}

/** Share of an expiry's net delta charged for its basis. */
export function expiryRate(basis: BasisRates, left: bigint): bigint {
  const slope = bounded(basis.expirySlope, 0n, MAX_RATE);
  const base = bounded(basis.expiry, 0n, WAD);
  const rate = base + ceilDiv(slope * bounded(left, 0n, MAX_ELAPSED), YEAR);
  return min(bounded(basis.expiryCap, 0n, WAD), rate);
}

/** An exposure without derivatives. */
export function spotNotional(spot: bigint): Notional {
  return {
    net: spot,
    derivatives: 0n,
    legs: 0n,
    expiryBasis: 0n,
    shortOptions: 0n,
    calendarVega: 0n,
  };
}

/** What the derivatives of one exposure come to that count in a mode. */
export function notionalOf(exposure: Exposure, mode: Mode): Notional {
  const spot = bounded(exposure.spot, -MAX_VALUE, MAX_VALUE);
  if (exposure.perps == 0n && exposure.expiries.length == 0) return spotNotional(spot);
  const index = bounded(exposure.index, 0n, MAX_PRICE);
  let net = bounded(exposure.perps, -MAX_AMOUNT, MAX_AMOUNT);
  let legs = abs(net);
  let basis = 0n;
  let shorts = 0n;
  {
    for (let i = 0; i < exposure.expiries.length; ++i) {
      const expiry = exposure.expiries[i]!;
      if (expiry.left <= mode.soonest) continue;
      const delta = deltaOf(expiry, mode);
      const share = sharePart(expiry, expiry.unsettled, mode.part);
      const felt = mulDown(delta.net, share);
      net += felt;
      legs += mulUp(delta.legs, share);
      basis += mulUp(abs(felt), expiryRate(exposure.basis, expiry.left));
      shorts += unpairedShorts(expiry, mode);
    }
  }
  const derivatives = bounded(mulDown(net, index), -MAX_VALUE, MAX_VALUE);
  return {
    net: spot + derivatives,
    derivatives: derivatives,
    legs: bounded(mulUp(legs, index), 0n, MAX_VALUE),
    expiryBasis: mulUp(basis, index),
    shortOptions: mulUp(shorts, index),
    calendarVega: bounded(calendarVega(exposure, mode), 0n, MAX_VALUE),
  };
}

/** The charges on one exposure. With the shock they never exceed a long value, but for what */
/** derivatives add. */
export function exposureCharges(
  exposure: Exposure,
  notional: Notional,
  move: bigint,
  mode: Mode,
): AddOns {
  const spot = bounded(exposure.spot, 0n, MAX_VALUE);
  const perps = mulUp(abs(exposure.perps), exposure.index);
  const exitRate = bounded(exposure.exitRate[mode.index]!, 0n, WAD);
  const perpRate = bounded(exposure.basis.perp[mode.index]!, 0n, WAD);
  let lst = bounded(exposure.lst[mode.index]!, 0n, MAX_VALUE);
  const rateBand = bounded(exposure.rateBand, 0n, MAX_VALUE);
  const banded = abs(exposure.counted ? notional.net : notional.derivatives);
  let band = mulUp(bounded(exposure.bandRate, 0n, WAD), banded) + rateBand;
  const rate = sizeRate(abs(notional.net), move, exposure.dailyVolume);
  {
    let room = mulDown(WAD - move, spot);
    const exit = min(room, mulUp(exitRate, spot));
    room -= exit;
    lst = min(room, lst);
    room += notional.legs - lst;
    band = min(room, band);
    room -= band;
    return {
      perpBasis: mulUp(perpRate, perps),
      expiryBasis: notional.expiryBasis,
      lst: lst,
      stable: 0n,
      exit: exit,
      shortOption: mulUp(mode.shortOptionRate, notional.shortOptions),
      calendarVega: notional.calendarVega,
      liquidationCost: mulUp(LIQUIDATION_RATE, notional.legs),
      oracleBand: band,
      size: min(room, mulUp(abs(notional.net), rate)),
    };
  }
}

/** Charges added up. */
export function sumOf(a: AddOns, b: AddOns): AddOns {
  {
    return {
      perpBasis: a.perpBasis + b.perpBasis,
      expiryBasis: a.expiryBasis + b.expiryBasis,
      lst: a.lst + b.lst,
      stable: a.stable + b.stable,
      exit: a.exit + b.exit,
      shortOption: a.shortOption + b.shortOption,
      calendarVega: a.calendarVega + b.calendarVega,
      liquidationCost: a.liquidationCost + b.liquidationCost,
      oracleBand: a.oracleBand + b.oracleBand,
      size: a.size + b.size,
    };
  }
}

/** Charges as one figure. */
export function totalOf(a: AddOns): bigint {
  {
    const derivatives = a.perpBasis + a.expiryBasis + a.shortOption + a.calendarVega;
    const collateral = a.lst + a.stable + a.exit;
    return derivatives + collateral + a.liquidationCost + a.oracleBand + a.size;
  }
}

/** No charge yet. */
export function noCharges(): AddOns {
  return {
    perpBasis: 0n,
    expiryBasis: 0n,
    lst: 0n,
    stable: 0n,
    exit: 0n,
    shortOption: 0n,
    calendarVega: 0n,
    liquidationCost: 0n,
    oracleBand: 0n,
    size: 0n,
  };
}

/** The charges on stables. */
export function stableCharges(stables: Stable[], mode: Mode): AddOns {
  const sum: AddOns = noCharges();
  {
    for (let i = 0; i < stables.length; ++i) {
      sum.stable += stableCharge(stables[i]!, mode);
      sum.oracleBand += stableBand(stables[i]!, mode);
    }
    return sum;
  }
}

/** R: what the risk and the charges of a book need, before its tier. */
export function needOf(book: Portfolio, mode: Mode): Requirement {
  const ladders = laddersOf(book.exposures, mode);
  const risk = portfolioRisk(ladders, book.exposures);
  let addOns: AddOns = stableCharges(book.stables, mode);
  let legs = 0n;
  {
    for (let i = 0; i < ladders.length; ++i) {
      const exposure = book.exposures[i]!;
      const notional = notionalOf(exposure, mode);
      addOns = sumOf(addOns, exposureCharges(exposure, notional, ladders[i]!.shock, mode));
      legs += notional.legs;
      ladders[i]!.net = notional.net;
    }
    const least = mulUp(mode.minimumRate, bounded(book.debt, 0n, MAX_VALUE) + legs);
    return {
      risk: risk,
      addOns: addOns,
      ladders: ladders,
      notional: legs,
      required: max(risk + totalOf(addOns), least),
    };
  }
}

/** ΣL: the most that options can lose of all expiries for which that has a bound; endless if there */
/** are none. What expires within `soonest` seconds does not count. */
export function limitedLoss(exposures: Exposure[], soonest: bigint): bigint {
  let sum = 0n;
  let expiries = 0n;
  for (let i = 0; i < exposures.length; ++i) {
    for (let k = 0; k < exposures[i]!.expiries.length; ++k) {
      const expiry = exposures[i]!.expiries[k]!;
      const loss = bounded(expiry.largestLoss, 0n, ENDLESS);
      if (expiry.strikes.length == 0 || expiry.left <= soonest || loss == ENDLESS) continue;
      sum += loss;
      ++expiries;
    }
  }
  return expiries == 0n ? ENDLESS : sum;
}

/** min(m·R, ΣL + m·R without the options of L). An option that is bought needs no more than its mark. */
/** The second R is not asked for where ΣL alone is no less than the first. */
export function limitedTo(required: bigint, book: Portfolio, mode: Mode): bigint {
  const loss = limitedLoss(book.exposures, mode.soonest);
  if (loss >= required) return required;
  const rest = needOf(book, modeWithoutLimited(mode)).required;
  return min(required, loss + mulUp(book.graceMultiplier, rest));
}

/** What a book needs in one mode. Risk, charges and ladders are those of the whole book. */
export function requirementOf(book: Portfolio, mode: Mode): Requirement {
  bounded(book.gross, 0n, MAX_VALUE);
  const need = needOf(book, mode);
  const required = mulUp(bounded(book.graceMultiplier, WAD, MAX_RATE), need.required);
  need.required = limitedTo(required, book, mode);
  return need;
}

/** Does anything expire within the hour? */
export function isExpiring(exposures: Exposure[]): boolean {
  for (let i = 0; i < exposures.length; ++i) {
    for (let k = 0; k < exposures[i]!.expiries.length; ++k) {
      if (exposures[i]!.expiries[k]!.left <= HOUR) return true;
    }
  }
  return false;
}

/** IM, the one figure a risk-adding act needs. An hour before an expiry it covers the book */
/** with and without what expires: no offset is counted that is about to go. */
export function initialMargin(book: Portfolio): bigint {
  const whole = requirementOf(book, initialMode()).required;
  if (!isExpiring(book.exposures)) return whole;
  return max(whole, requirementOf(book, laterMode()).required);
}

/** Does an expiry settle of which something is known, or may be? */
export function isSettling(exposures: Exposure[]): boolean {
  for (let i = 0; i < exposures.length; ++i) {
    for (let k = 0; k < exposures[i]!.expiries.length; ++k) {
      if (exposures[i]!.expiries[k]!.ahead != WAD) return true;
    }
  }
  return false;
}

/** What a book itself needs for MM. While legs settle, the larger of two figures, of which one */
/** shocks what is not known yet, the other what the clock has not reached: no hedge nets against what may */
/** be fixed already. Never more than for whole legs, so no silence of a window asks for more. */
export function maintenanceNeed(book: Portfolio): Requirement {
  const open = requirementOf(book, maintenanceMode());
  if (!isSettling(book.exposures)) return open;
  const ahead = requirementOf(book, maintenanceModeOf(AHEAD));
  const whole = requirementOf(book, maintenanceModeOf(WHOLE));
  const larger = ahead.required > open.required ? ahead : open;
  return whole.required < larger.required ? whole : larger;
}

/** MM = min(its own requirement, IM/1.2). */
export function maintenanceMargin(own: bigint, initial: bigint): bigint {
  return min(own, divUp(initial, INITIAL_OVER_MAINTENANCE));
}

/** Equity and both requirements of a book. */
export function marginOf(book: Portfolio): Margin {
  const initial = initialMargin(book);
  const own = maintenanceNeed(book).required;
  return {
    equity: book.equity,
    initialEquity: book.initialEquity,
    maintenance: maintenanceMargin(own, initial),
    initial: initial,
  };
}

/** What an act sent as reducing is measured by: MM without the bound that IM sets. */
export function ownMarginOf(book: Portfolio): OwnMargin {
  return { equity: book.equity, maintenance: maintenanceNeed(book).required };
}

/** h = equity / MM, rounded down; a book that needs nothing is as healthy as can be. */
export function healthOf(equity: bigint, maintenance: bigint): bigint {
  bounded(equity, -MAX_VALUE, MAX_VALUE);
  bounded(maintenance, 0n, MAX_REQUIREMENT);
  if (maintenance == 0n) return equity < 0n ? -MAX_HEALTH : MAX_HEALTH;
  return clamp(divDown(equity, maintenance), -MAX_HEALTH, MAX_HEALTH);
}
