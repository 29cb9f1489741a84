import type { Factor, FactorParams, MarketParams, Snapshot } from "../../sdk/snapshot/Snapshot.ts";
import type { Bound } from "./ends.ts";

// Parameters as a snapshot has them, from numbers by the names of the contract.

export type Chosen = Readonly<Record<string, bigint>>; // wads, by name

function paramsWith(p: FactorParams, c: Chosen): FactorParams {
  return {
    ...p,
    shockFloor: c["shockFloor"] ?? p.shockFloor,
    volatilityFloor: c["volatilityFloor"] ?? p.volatilityFloor,
    volatilityStress: c["volatilityStress"] ?? p.volatilityStress,
    correlation: c["correlation"] ?? p.correlation,
    exit: [c["exitMaintenance"] ?? p.exit[0], c["exitInitial"] ?? p.exit[1]],
    dailyVolume: c["dailyVolume"] ?? p.dailyVolume,
  };
}

function marketWith(p: MarketParams, c: Chosen): MarketParams {
  const { perp, expiry, expirySlope, expiryCap } = p.basis;
  return {
    ...p,
    basis: {
      perp: [c["perpMaintenance"] ?? perp[0], c["perpInitial"] ?? perp[1]],
      expiry: c["expiryBase"] ?? expiry,
      expirySlope: c["expirySlope"] ?? expirySlope,
      expiryCap: c["expiryCap"] ?? expiryCap,
    },
    fundingCap: c["fundingCap"] ?? p.fundingCap,
    tolerance: c["tolerance"] ?? p.tolerance,
    low: c["low"] ?? p.low,
    high: c["high"] ?? p.high,
    cap: c["cap"] ?? p.cap,
    onePercent: c["onePercent"] ?? p.onePercent,
  };
}

function factorWith(factor: Factor, from: Chosen, to: Chosen, changed: number): Factor {
  const params = paramsWith(factor.params, to);
  const marketParams = marketWith(factor.marketParams, to);
  // As crowded as its cap lets it be, twice over: options' deltas grow after they were sold.
  const openInterest = 2n * marketParams.cap;
  return {
    ...factor,
    ...{ params, marketParams },
    market: {
      ...{ ...factor.market, openInterest, earlier: openInterest },
      ...{ premium: marketParams.basis.perp[0] / 2n, time: changed }, // as far as fills may move it
    },
    estimate: { ...factor.estimate, crowded: true },
    ramp: {
      params: paramsWith(factor.params, from),
      paramsChanged: changed,
      marketParams: marketWith(factor.marketParams, from),
      marketChanged: changed,
    },
  };
}

/** The pool on its way from one choice to another, since `changed`. */
export function moving(s: Snapshot, from: Chosen, to: Chosen, changed: number): Snapshot {
  const factors = { ...s.factors, 2: factorWith(s.factors[2]!, from, to, changed) };
  const { base, slopeLow, slopeHigh, kink, spread, borrowCap, minimumIdle } = s.cashParams;
  const lst = s.assets[0x0201]!;
  const charged = (c: Chosen) =>
    [c["chargeMaintenance"] ?? lst.charge[0], c["chargeInitial"] ?? lst.charge[1]] as const;
  return {
    ...s,
    factors,
    assets: {
      ...s.assets,
      [0x0201]: {
        ...lst,
        ...{ charge: charged(to), chargeBefore: charged(from), chargeChanged: changed },
      },
    },
    tiers: s.tiers.map((tier) => ({
      ...tier,
      before: from["multiplier"] ?? tier.multiplier,
      ...{ multiplier: to["multiplier"] ?? tier.multiplier, changed },
    })),
    cashParams: {
      base: to["base"] ?? base,
      slopeLow: to["slopeLow"] ?? slopeLow,
      slopeHigh: to["slopeHigh"] ?? slopeHigh,
      kink: to["kink"] ?? kink,
      spread: to["spread"] ?? spread,
      borrowCap: to["borrowCap"] ?? borrowCap,
      minimumIdle: to["minimumIdle"] ?? minimumIdle,
    },
  };
}

/** One end of a bound, wads. */
export function endOf({ low, high, unit }: Bound, end: "low" | "high"): bigint {
  return (end === "low" ? low : high) * unit;
}
