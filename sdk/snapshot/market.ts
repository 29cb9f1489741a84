import { WAD } from "../math/WadMath.ts";
import type { FactorView, MarketView, PoolView, TermView } from "./lensView.ts";
import type { Market, MarketParams, Stage, ExpiryState, TradeParams } from "./Snapshot.ts";
import { millionthsToWad, partsToPair, partsToWad } from "./wads.ts";

// What trades, in wads.

/** A market as the Lens shows it: blocks become times, and only the snapshot's own matters. */
export function marketFrom(
  { instruments: _, ...view }: MarketView,
  { blockNumber, timestamp }: PoolView,
): Market {
  return {
    ...view,
    changed: BigInt(view.changed) === blockNumber ? Number(timestamp) : 0,
    crowding: WAD + view.crowding,
    silence: BigInt(view.silence),
  };
}

/** What was chosen for a market. */
export type Charged = Pick<FactorView, "marketParams" | "depth">;

export function marketParamsFrom({ marketParams: p, depth }: Charged): MarketParams {
  const basis = {
    perp: partsToPair(p.perpMaintenance, p.perpInitial),
    expiry: partsToWad(p.expiryBase),
    expirySlope: partsToWad(p.expirySlope),
    expiryCap: partsToWad(p.expiryCap),
  };
  return {
    ...{ listed: p.listed, basis },
    ...{ fundingCap: partsToWad(p.fundingCap), tolerance: partsToWad(p.tolerance) },
    low: millionthsToWad(depth.low),
    high: millionthsToWad(depth.high),
    cap: millionthsToWad(depth.cap),
    onePercent: millionthsToWad(depth.onePercent),
  };
}

export function termFrom({ atm, skew, curvature, ...term }: TermView): ExpiryState {
  return {
    ...term,
    surface: { atm: partsToWad(atm), skew: partsToWad(skew), curvature: partsToWad(curvature) },
    stage: term.stage as Stage,
    startSilence: BigInt(term.startSilence),
  };
}

export function tradeFrom({ trade, fees }: PoolView): TradeParams {
  return {
    makerFee: partsToWad(trade.makerFee),
    takerFee: partsToWad(trade.takerFee),
    insuranceShare: partsToWad(trade.insuranceShare),
    feeRecipient: fees.id,
    surfaceAge: trade.surfaceAge,
    surfaceStep: partsToWad(trade.surfaceStep),
    surfaceWait: trade.surfaceWait,
  };
}
