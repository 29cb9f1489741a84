import { pathOf } from "../params/check.ts";
import type { AssetParams, MarginParams } from "../params/params.ts";
import { wadOf } from "../params/decimal.ts";
import { type AssetId, assetId, STABLES } from "../types/Ids.ts";
import type { Pair } from "../types/Portfolio.ts";
import type { Book } from "./Book.ts";
import { UnknownAsset, UnknownFactor, UnknownGrace } from "./errors.ts";

// The names of a book, found in the parameters. Objects are asked for own keys only: "constructor"
// is no asset.

/** An asset as the parameters list it. */
export interface Listed {
  readonly id: AssetId;
  readonly name: string;
  readonly factor?: string | undefined; // none for a stable
  readonly charge: Pair;
  readonly rate?: bigint | undefined;
}

export function pairOf([maintenance, initial]: readonly [number, number]): Pair {
  return [wadOf(maintenance), wadOf(initial)];
}

export function own<T>(entries: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(entries, name) ? entries[name] : undefined;
}

/** The asset of a name; a factor's own name is its underlying. */
export function listed(params: MarginParams, name: string): Listed | undefined {
  const stable = own(params.stables, name);
  if (stable) return { id: assetId(STABLES, stable.index), name, charge: pairOf(stable.charge) };
  const asset = own(params.assets, name) ?? underlying(params, name);
  if (!asset) return undefined;
  return {
    id: assetId(params.factors[asset.factor]!.id, asset.index),
    name,
    factor: asset.factor,
    charge: pairOf(asset.charge ?? [0, 0]),
    rate: asset.rate === undefined ? undefined : wadOf(asset.rate),
  };
}

function underlying({ factors }: MarginParams, name: string): AssetParams | undefined {
  return Object.hasOwn(factors, name) ? { factor: name, index: 0 } : undefined;
}

/** The pool's settlement token. */
export function cashName(params: MarginParams): string {
  return Object.keys(params.stables).find((name) => params.stables[name]!.cash)!;
}

/** m of the book's grace tier; the first tier's if it names none. @throws UnknownGrace */
export function multiplierOf({ index, grace }: Book, params: MarginParams): bigint {
  const tier =
    grace === undefined
      ? params.grace[0]
      : params.grace.find(({ minutes }) => wadOf(minutes) === grace);
  if (tier) return wadOf(tier.multiplier);
  const tiers = params.grace.map(({ minutes }) => String(minutes));
  throw new UnknownGrace(`books[${index}].grace`, grace!, tiers);
}

/** Every name a book quotes must mean something. @throws UnknownFactor, UnknownAsset */
export function requireKnown(book: Book, params: MarginParams): void {
  const factors = Object.keys(params.factors);
  const followers = Object.keys(params.assets).filter((name) => params.assets[name]!.index > 0);
  const stables = Object.keys(params.stables);
  const strange = (known: readonly string[], names: object) =>
    Object.keys(names).find((name) => !known.includes(name));
  const path = (room: string, name: string) => pathOf(`books[${book.index}].${room}`, [name]);
  const factor = strange(factors, book.factors);
  if (factor !== undefined) throw new UnknownFactor(path("factors", factor), factor, factors);
  const asset = strange(followers, book.assets);
  if (asset !== undefined) throw new UnknownAsset(path("assets", asset), asset, followers);
  const stable = strange(stables, book.stables);
  if (stable !== undefined) throw new UnknownAsset(path("stables", stable), stable, stables);
}
