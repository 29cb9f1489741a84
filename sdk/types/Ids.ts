import type { Address, Hex } from "viem";

/** Owner address (160 bits) ‖ index (96 bits). */
export type AccountId = Hex;

/** Factor (8 bits) ‖ index within the factor (8 bits); index 0 is the underlying itself. */
export type AssetId = number;

export const STABLES = 255;
export const CASH: AssetId = 0xff00;
/** The insurance fund. */
export const FUND: AccountId = `0x${"00".repeat(32)}`;

export function accountId(owner: Address, index = 0n): AccountId {
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
