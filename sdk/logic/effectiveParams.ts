import { initialRamp, maintenanceRamp, SLOW_RAMP } from "../math/RampMath.ts";
import { clamp, WAD } from "../math/WadMath.ts";
import type { Asset, Factor, FactorParams, GraceTier } from "../snapshot/Snapshot.ts";
import type { MarketParams } from "../snapshot/Snapshot.ts";
import { MILLIONTH, PART } from "../snapshot/wads.ts";
import type { Pair } from "../types/Portfolio.ts";

// Parameters as they count at a time: what was set, or on the way there. The chain keeps them in parts
// of a wad, and moves them by whole ones. Twin of contracts/logic/EffectiveParams.sol and Ramps.sol.

type Ramp = (first: bigint, last: bigint, elapsed: bigint) => bigint;

/** How a number moved since `elapsed` seconds, in whole `unit`s. */
function moved(elapsed: bigint, unit: bigint) {
  const by = (ramp: Ramp) => (first: bigint, last: bigint) =>
    ramp(first / unit, last / unit, elapsed) * unit;
  return { slow: by(maintenanceRamp), fast: by(initialRamp) };
}

/** Seconds since a number was changed: none before that, and no more than a ramp lasts. */
function since(changed: number, timestamp: number): bigint {
  return clamp(BigInt(timestamp) - BigInt(changed), 0n, SLOW_RAMP);
}

/** A factor's parameters. */
export function paramsAt({ params, ramp }: Factor, timestamp: number): FactorParams {
  if (ramp === null || ramp.paramsChanged === 0) return params;
  const elapsed = since(ramp.paramsChanged, timestamp);
  const { slow, fast } = moved(elapsed, PART);
  const [old, { exit }] = [ramp.params, params];
  return {
    ...params,
    shockFloor: slow(old.shockFloor, params.shockFloor),
    volatilityFloor: slow(old.volatilityFloor, params.volatilityFloor),
    volatilityStress: slow(old.volatilityStress, params.volatilityStress),
    correlation: slow(old.correlation, params.correlation),
    exit: [slow(old.exit[0], exit[0]), fast(old.exit[1], exit[1])],
    dailyVolume: moved(elapsed, WAD).slow(old.dailyVolume, params.dailyVolume),
  };
}

/** What a factor's derivatives are charged, and at which open interest its shocks grow. */
export function marketParamsAt({ marketParams, ramp }: Factor, timestamp: number): MarketParams {
  if (ramp === null || ramp.marketChanged === 0) return marketParams;
  const elapsed = since(ramp.marketChanged, timestamp);
  const { slow, fast } = moved(elapsed, PART);
  const units = moved(elapsed, MILLIONTH).slow;
  const old = ramp.marketParams;
  const [before, basis] = [old.basis, marketParams.basis];
  return {
    ...marketParams,
    basis: {
      perp: [slow(before.perp[0], basis.perp[0]), fast(before.perp[1], basis.perp[1])],
      expiry: slow(before.expiry, basis.expiry),
      expirySlope: slow(before.expirySlope, basis.expirySlope),
      expiryCap: slow(before.expiryCap, basis.expiryCap),
    },
    fundingCap: slow(old.fundingCap, marketParams.fundingCap),
    low: units(old.low, marketParams.low),
    high: units(old.high, marketParams.high),
  };
}

const NOTHING: Pair = [0n, 0n];

/** Charges on an asset, MM and IM; none on what is not listed. */
export function chargeAt(asset: Asset | undefined, timestamp: number): Pair {
  if (asset === undefined) return NOTHING;
  const { charge, chargeBefore: before, chargeChanged } = asset;
  const { slow, fast } = moved(since(chargeChanged, timestamp), PART);
  return [slow(before[0], charge[0]), fast(before[1], charge[1])];
}

/** What a tier's patience costs. */
export function multiplierAt(
  { multiplier, before, changed }: GraceTier,
  timestamp: number,
): bigint {
  return moved(since(changed, timestamp), PART).slow(before, multiplier);
}
