import { NoRate } from "../errors/pool.ts";
import { doubtRateOf, narrowed } from "../math/PriceMath.ts";
import { APART, isSound, movedRate, steadyRate } from "../math/RateMath.ts";
import type { Rate, Snapshot } from "../snapshot/Snapshot.ts";
import { type AccountId, type AssetId, CASH, isStable, isUnderlying } from "../types/Ids.ts";
import type { Price } from "../types/Price.ts";
import { accountOf } from "./accounts.ts";
import { isPlain, priceAt, soundAt, type View } from "../snapshot/price.ts";

// The last sound rate R of what follows an underlying, and price of each stable. Twin of
// contracts/logic/Rates.sol.

/** A price or rate as a view takes it, and by what share it may be off. */
export interface Quoted {
  readonly price: Price;
  readonly doubtRate: bigint;
}

/** What a rate, or a stable, counts at for whom a `face` of it is owed; who owes has one below 0. */
export function quotedAt(
  s: Snapshot,
  { asset, face }: { readonly asset: AssetId; readonly face: bigint },
  { view, timestamp }: { readonly view: View; readonly timestamp: number },
): Quoted {
  const price = priceAt(s, asset, timestamp);
  if (!isPlain(view)) return { price, doubtRate: 0n };
  const sound = soundAt(s, asset, timestamp);
  const plain = { ...narrowed(price), ...(price.price === 0n && { price: sound }) };
  const doubtRate = doubtRateOf(price);
  if (view === "plain") return { price: plain, doubtRate };
  return { price: { ...plain, price: steadyRate(plain, sound, face) }, doubtRate };
}

/** Is it priced in something else, or meant to be worth one? */
export function hasRate(asset: AssetId): boolean {
  return isStable(asset) || !isUnderlying(asset);
}

/** Notes what the feed of a follower or stable says. @throws NoRate */
export function observeRate(s: Snapshot, asset: AssetId, timestamp: number): Snapshot {
  if ((s.assets[asset]?.rate.sound ?? 0n) === 0n) throw new NoRate(asset);
  return noted(s, asset, timestamp);
}

/** Notes what the feeds say of all that an account holds or owes at a rate. */
export function noteHeld(s: Snapshot, id: AccountId, timestamp: number): Snapshot {
  const { principal, positions, holdings } = accountOf(s, id);
  const cash = principal !== 0n || positions.length > 0 ? [CASH] : [];
  const held = holdings.map(({ asset }) => asset).filter(hasRate);
  return [...cash, ...held].reduce((state, asset) => noted(state, asset, timestamp), s);
}

/** Would noting what the feed says at that time change anything? */
export function isNews({ heardAt }: Rate, price: Price): boolean {
  return isSound(price) && price.updated >= heardAt + APART;
}

function noted(s: Snapshot, asset: AssetId, timestamp: number): Snapshot {
  const rate = s.assets[asset]?.rate;
  const price = priceAt(s, asset, timestamp);
  if (rate === undefined || !isNews(rate, price)) return s;
  const next = rate.named === 0n ? moved(rate, price) : arrived(s, asset, timestamp);
  return withRate(s, asset, { ...next, heard: price.price, heardAt: price.updated });
}

function moved(rate: Rate, { price, updated }: Price): Rate {
  const sound = movedRate(rate, price, BigInt(updated - rate.grown));
  return sound > rate.top ? { ...rate, sound, top: sound, grown: updated } : { ...rate, sound };
}

/** R where governance had brought it by then. */
function arrived(s: Snapshot, asset: AssetId, timestamp: number): Rate {
  return { ...s.assets[asset]!.rate, sound: soundAt(s, asset, timestamp), named: 0n };
}

function withRate(s: Snapshot, asset: AssetId, rate: Rate): Snapshot {
  return { ...s, assets: { ...s.assets, [asset]: { ...s.assets[asset]!, rate } } };
}
