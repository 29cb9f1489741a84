import type { Address } from "viem";

import { AmountTooLarge, UnknownAsset } from "../errors/pool.ts";
import type { Asset, Snapshot } from "../snapshot/Snapshot.ts";
import { MAX_HOLDING } from "../snapshot/wads.ts";
import { type AssetId, CASH } from "../types/Ids.ts";

const NO_TOKEN: Address = `0x${"00".repeat(20)}`;

/** A listed token, with the asset it is. */
export interface Listed extends Asset {
  readonly id: AssetId;
}

/** What a token is to the pool. @throws UnknownAsset */
export function listedAt(s: Snapshot, token: Address): Listed {
  const wanted = token.toLowerCase();
  const found = Object.entries(s.assets).find(([, asset]) => asset.token.toLowerCase() === wanted);
  if (found === undefined) throw new UnknownAsset(token);
  return { ...found[1], id: Number(found[0]) };
}

/** The token of the pool's cash. @throws UnknownAsset */
export function cashListed(s: Snapshot): Listed {
  return listedAt(s, s.assets[CASH]?.token ?? NO_TOKEN);
}

/** Wads in one token unit. */
export function unitOf({ decimals }: Asset): bigint {
  return 10n ** BigInt(18 - decimals);
}

/** Token units as wads. @throws AmountTooLarge */
export function wadsOf(asset: Asset, token: Address, amount: bigint): bigint {
  const most = MAX_HOLDING / unitOf(asset);
  if (amount > most) throw new AmountTooLarge(token, amount, most);
  return amount * unitOf(asset);
}

/** The snapshot with another total of an asset. */
export function withTotal(s: Snapshot, id: AssetId, total: bigint): Snapshot {
  return { ...s, assets: { ...s.assets, [id]: { ...s.assets[id]!, total } } };
}
