import type {
  AddOns,
  BothSets,
  Exposure,
  Ladder,
  Loading,
  Margin,
  Mode,
  Portfolio,
  Requirement,
  Stable,
} from "../types/Portfolio.ts";
import { sqrtUp } from "./ExpMath.ts";
import { initialMode, linearLadder, maintenanceMode, shock, worstLoss } from "./ScenarioMath.ts";
import { rootUp } from "./VolatilityMath.ts";
import { MAX_PRICE, MAX_RATE, MAX_VALUE, WAD } from "./WadMath.ts";
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
  mulUp,
} from "./WadMath.ts";

// DESIGN §7.4-7.5. Requirement of a book: factors move together (A), alts as a sector (S), each
// alone (I), under the worse of a low and a high set of correlations:
//   RM = max over both sets of √(A² + S² + I²), and at least ¼·ΣW; exactly W for a single factor
//   required = m·max(RM + add-ons, minimum rate·debt), rounded up: the house's side

export const DIVERSIFICATION_FLOOR = 250_000_000_000_000_000n;
export const INITIAL_OVER_MAINTENANCE = 1_200_000_000_000_000_000n;
export const SHORT_STABLE_RATE = 5_000_000_000_000_000n;
export const DEPEG = 990_000_000_000_000_000n;
export const LARGEST_SIZE_RATE = 250_000_000_000_000_000n;
export const MAX_HEALTH = 18_000_000_000_000_000_000n; // what 64 bits hold
export const IMPACT_SHARE = 50_000_000_000_000_000n; // of a day's volume
export const SCALE = 1_000_000_000n; // √WAD

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
    return { low: ceilDiv(-min(downLow, upLow), WAD), high: ceilDiv(-min(downHigh, upHigh), WAD) };
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

/** The ladder of each exposure: within a factor everything nets. */
export function laddersOf(exposures: Exposure[], mode: Mode): Ladder[] {
  const ladders = new Array<Ladder>(exposures.length);
  const m = mode.index;
  for (let i = 0; i < ladders.length; ++i) {
    const exposure = exposures[i]!;
    const crowding = bounded(exposure.crowding[m]!, WAD, 2n * WAD);
    const low = bounded(exposure.shockFloor, 0n, WAD);
    const move = shock(mode, exposure.volatility[m]!, crowding, low);
    ladders[i] = linearLadder(exposure.spot, move);
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

/** The charges on one exposure. With the shock they never exceed a long value. */
export function exposureCharges(exposure: Exposure, move: bigint, mode: Mode): AddOns {
  {
    const notional = abs(exposure.spot);
    let room = mulDown(WAD - move, notional);
    const exitRate = bounded(exposure.exitRate[mode.index]!, 0n, WAD);
    const exit = min(room, mulUp(exitRate, max(0n, exposure.spot)));
    room -= exit;
    const lst = min(room, bounded(exposure.lst[mode.index]!, 0n, MAX_VALUE));
    room -= lst;
    const rateBand = bounded(exposure.rateBand, 0n, MAX_VALUE);
    const band = mulUp(bounded(exposure.bandRate, 0n, WAD), notional) + rateBand;
    const oracleBand = min(room, band);
    room -= oracleBand;
    const size = min(room, mulUp(notional, sizeRate(notional, move, exposure.dailyVolume)));
    return { lst: lst, stable: 0n, exit: exit, oracleBand: oracleBand, size: size };
  }
}

/** All charges of a book, each summed over what it falls on. */
export function addOnsOf(book: Portfolio, ladders: Ladder[], mode: Mode): AddOns {
  {
    const sum: AddOns = { lst: 0n, stable: 0n, exit: 0n, oracleBand: 0n, size: 0n };
    for (let i = 0; i < ladders.length; ++i) {
      const charges: AddOns = exposureCharges(book.exposures[i]!, ladders[i]!.shock, mode);
      sum.lst += charges.lst;
      sum.exit += charges.exit;
      sum.oracleBand += charges.oracleBand;
      sum.size += charges.size;
    }
    for (let i = 0; i < book.stables.length; ++i) {
      const stable = book.stables[i]!;
      sum.stable += stableCharge(stable, mode);
      sum.oracleBand += stableBand(stable, mode);
    }
    return sum;
  }
}

/** What a book needs in one mode. */
export function requirementOf(book: Portfolio, mode: Mode): Requirement {
  bounded(book.gross, 0n, MAX_VALUE);
  bounded(book.graceMultiplier, WAD, MAX_RATE);
  const ladders = laddersOf(book.exposures, mode);
  const risk = portfolioRisk(ladders, book.exposures);
  const addOns: AddOns = addOnsOf(book, ladders, mode);
  const least = mulUp(mode.minimumRate, bounded(book.debt, 0n, MAX_VALUE));
  {
    const charges = addOns.lst + addOns.stable + addOns.exit + addOns.oracleBand + addOns.size;
    const required = mulUp(book.graceMultiplier, max(risk + charges, least));
    return { risk: risk, addOns: addOns, ladders: ladders, required: required };
  }
}

/** IM, the one figure a risk-adding act needs. */
export function initialMargin(book: Portfolio): bigint {
  return requirementOf(book, initialMode()).required;
}

/** MM = min(its own requirement, IM/1.2). */
export function maintenanceMargin(own: bigint, initial: bigint): bigint {
  return min(own, divUp(initial, INITIAL_OVER_MAINTENANCE));
}

/** Equity and both requirements of a book. */
export function marginOf(book: Portfolio): Margin {
  const initial = initialMargin(book);
  const own = requirementOf(book, maintenanceMode()).required;
  return {
    equity: book.equity,
    initialEquity: book.initialEquity,
    maintenance: maintenanceMargin(own, initial),
    initial: initial,
  };
}

/** h = equity / MM, rounded down; a book that needs nothing is as healthy as can be. */
export function healthOf(equity: bigint, maintenance: bigint): bigint {
  bounded(equity, -MAX_VALUE, MAX_VALUE);
  if (maintenance == 0n) return equity < 0n ? -MAX_HEALTH : MAX_HEALTH;
  return clamp(divDown(equity, maintenance), -MAX_HEALTH, MAX_HEALTH);
}
