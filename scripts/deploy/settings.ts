import type { Address } from "viem";

import { wadOf } from "../../sdk/params/decimal.ts";
import type { FactorParams, Params } from "../../sdk/params/params.ts";
import { feedSettings, sequencerSettings } from "./feedSettings.ts";
import { governanceSettings } from "./governance.ts";
import { assetOf, type Named, part, type Setting } from "./setting.ts";
import { MILLIONTH } from "../../sdk/snapshot/wads.ts";
import { accountId, FUND, type AccountId } from "../../sdk/types/Ids.ts";

/** All that parameters ask for, in the order in which it may be sent: later ones rest on earlier ones. */
export function settingsOf(params: Params, named: Named): Setting[] {
  const symbols = Object.keys(params.listings);
  const underlyings = symbols.filter((symbol) => params.assets[symbol]?.index === 0);
  return [
    ...sequencerSettings(params, named),
    ...symbols.flatMap((symbol) => feedSettings(params, symbol, named)),
    ...underlyings.map((symbol) => factorSetting(params, symbol)),
    ...symbols.flatMap((symbol) => assetSettings(params, symbol, named)),
    ...poolSettings(params),
    ...underlyings.map((symbol) => marketSetting(params, symbol)),
    toClearinghouse("setTrade", "setTrade", [tradeStruct(params), feeRecipientOf(params)]),
    ...governanceSettings(params, named),
  ];
}

function toClearinghouse(id: string, verb: string, args: readonly unknown[]): Setting {
  return { id, to: "clearinghouse", verb, args };
}

function factorSetting(params: Params, symbol: string): Setting {
  const factor = params.factors[params.assets[symbol]!.factor]!;
  return toClearinghouse(`setFactor_${symbol}`, "setFactor", [factor.id, factorStruct(factor)]);
}

function assetSettings(params: Params, symbol: string, { tokens }: Named): Setting[] {
  const token = tokens[symbol]!;
  const asset = [assetOf(params, symbol), token, chargeStruct(params, symbol)];
  return [
    toClearinghouse(`setAsset_${symbol}`, "setAsset", asset),
    toClearinghouse(`setListing_${symbol}`, "setListing", [token, false, capOf(params, symbol)]),
  ];
}

function poolSettings(params: Params): Setting[] {
  const tiers = params.grace.map(({ minutes, multiplier }) => ({
    longest: minutes * 60,
    multiplier: part(multiplier),
  }));
  return [
    toClearinghouse("setCash", "setCash", [cashStruct(params)]),
    toClearinghouse("setTiers", "setTiers", [tiers]),
    toClearinghouse("setLiquidation", "setLiquidation", [{ dust: params.liquidation.dust }]),
    toClearinghouse("setKeeper", "setKeeper", [keeperStruct(params)]),
    toClearinghouse("setExit", "setExit", [part(params.exitPerHour)]),
  ];
}

function keeperStruct({ keeper }: Params) {
  return {
    roundFee: Math.round(keeper.roundFee * 1e6),
    dailyCap: keeper.dailyCap,
    finderShare: part(keeper.finderShare),
    finderCap: keeper.finderCap,
  };
}

function marketSetting(params: Params, symbol: string): Setting {
  const factor = params.factors[params.assets[symbol]!.factor]!;
  const market = [factor.id, marketStruct(factor), depthStruct(factor)];
  return toClearinghouse(`setMarket_${symbol}`, "setMarket", market);
}

function chargeStruct(params: Params, symbol: string) {
  const charge = params.stables[symbol]?.charge ?? params.assets[symbol]?.charge ?? [0, 0];
  return { chargeMaintenance: part(charge[0]), chargeInitial: part(charge[1]) };
}

export function factorStruct(factor: FactorParams) {
  return {
    shockFloor: part(factor.shockFloor),
    volatilityFloor: part(factor.volatilityFloor),
    volatilityStress: part(factor.volatilityStress),
    correlation: part(factor.correlation),
    exitMaintenance: part(factor.exit[0]),
    exitInitial: part(factor.exit[1]),
    alt: factor.alt,
    listed: true,
    dailyVolume: factor.dailyVolume,
  };
}

function marketStruct({ market }: FactorParams) {
  const { perpBasis, expiryBasis, fundingCap, tolerance } = market;
  return {
    listed: true,
    perpMaintenance: part(perpBasis[0]),
    perpInitial: part(perpBasis[1]),
    expiryBase: part(expiryBasis.base),
    expirySlope: part(expiryBasis.slope),
    expiryCap: part(expiryBasis.cap),
    fundingCap: part(fundingCap),
    tolerance: part(tolerance),
  };
}

/** Millionths of a unit. */
function depthStruct({ openInterest, onePercent }: FactorParams) {
  const { low, high, cap } = openInterest;
  return {
    low: wadOf(low) / MILLIONTH,
    high: wadOf(high) / MILLIONTH,
    cap: wadOf(cap) / MILLIONTH,
    onePercent: wadOf(onePercent) / MILLIONTH,
  };
}

function tradeStruct({ trade }: Params) {
  return {
    makerFee: part(trade.makerFee),
    takerFee: part(trade.takerFee),
    insuranceShare: part(trade.insuranceShare),
    surfaceAge: trade.surfaceMinutes * 60,
    surfaceStep: part(trade.surfaceStep),
    surfaceWait: trade.surfaceSeconds,
    surfaceDrift: part(trade.surfaceDrift),
    surfaceDriftLocked: part(trade.surfaceDriftLocked),
  };
}

/** Fees without a recipient go to the insurance fund. */
function feeRecipientOf({ trade }: Params): AccountId {
  return trade.feeRecipient === undefined ? FUND : accountId(trade.feeRecipient as Address);
}

function cashStruct({ cash }: Params) {
  return {
    base: part(cash.base),
    slopeLow: part(cash.slopeLow),
    slopeHigh: part(cash.slopeHigh),
    kink: part(cash.kink),
    spread: part(cash.spread),
    borrowCap: cash.borrowCap,
    minimumIdle: cash.minimumIdle,
  };
}

/** In wad units; a listing without a cap takes no deposits. */
function capOf(params: Params, symbol: string): bigint {
  const isCash = params.stables[symbol]?.cash === true;
  const cap = isCash ? params.cash.supplyCap : params.listings[symbol]!.cap;
  return wadOf(cap ?? 0);
}
