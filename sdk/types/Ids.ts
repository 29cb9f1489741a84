import type { Address, Hex } from "viem";

import { OutOfBounds } from "../errors/OutOfBounds.ts";
import { requireAddress } from "./addresses.ts";

/** Owner address (160 bits) ‖ index (96 bits). */
export type AccountId = Hex;

/** Factor (8 bits) ‖ index within the factor (8 bits); index 0 is the underlying itself. */
export type AssetId = number;

export const STABLES = 255;
export const CASH: AssetId = 0xff00;
/** The insurance fund. */
export const FUND: AccountId = `0x${"00".repeat(32)}`;

const MAX_INDEX = 2n ** 96n - 1n;

/**
 * An owner's account of an index, the first one unless said.
 *
 * @throws BadAddress, also for a wrong checksum; OutOfBounds for an index that is negative or over 96 bits
 */
export function accountId(owner: Address, index = 0n): AccountId {
  requireAddress("owner", owner);
  if (index < 0n || index > MAX_INDEX) throw new OutOfBounds(index, 0n, MAX_INDEX);
  return `0x${owner.slice(2).toLowerCase()}${index.toString(16).padStart(24, "0")}`;
}

export function ownerOf(account: AccountId): Address {
  return `0x${account.slice(2, 42)}`;
}

export function indexOf(account: AccountId): bigint {
  return BigInt(`0x${account.slice(42)}`);
}

export function assetId(factor: number, index: number): AssetId {
  return (factor << 8) | index;
}

export function factorOf(asset: AssetId): number {
  return asset >> 8;
}

export function isUnderlying(asset: AssetId): boolean {
  return (asset & 0xff) === 0;
}

export function isStable(asset: AssetId): boolean {
  return factorOf(asset) === STABLES;
}

/** Factor (8 bits) ‖ kind (8) ‖ expiry (32, Unix seconds) ‖ strike (48, 1e-8 USD). */
export type InstrumentId = bigint;

export const Kind = { None: 0, Perp: 1, Future: 2, Call: 3, Put: 4 } as const;
export type Kind = (typeof Kind)[keyof typeof Kind];

const STRIKE_UNIT = 10n ** 10n; // wads in 1e-8 USD

/** A derivative; `strike` in wads, a multiple of 1e-8 USD. */
export function instrumentId(factor: number, kind: Kind, expiry = 0, strike = 0n): InstrumentId {
  return (
    (BigInt(factor) << 88n) |
    (BigInt(kind) << 80n) |
    (BigInt(expiry) << 48n) |
    (strike / STRIKE_UNIT)
  );
}

export function instrumentFactorOf(id: InstrumentId): number {
  return Number(id >> 88n);
}

export function kindOf(id: InstrumentId): number {
  return Number((id >> 80n) & 0xffn);
}

/** Unix seconds. */
export function expiryOf(id: InstrumentId): number {
  return Number((id >> 48n) & 0xffffffffn);
}

/** Factor and expiry in one: the same for all that expires together. */
export function expiryStateOf(id: InstrumentId): number {
  return instrumentFactorOf(id) * 2 ** 32 + expiryOf(id);
}

/** USD, a wad. */
export function strikeOf(id: InstrumentId): bigint {
  return (id & 0xffffffffffffn) * STRIKE_UNIT;
}
