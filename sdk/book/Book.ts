// A book as a trader writes it down: what is held, and at which prices. All numbers are wads.

/** A factor's market. */
export interface Market {
  readonly price: bigint; // USD
  readonly sigma: bigint; // annual volatility, of both modes
  readonly band: bigint; // half-width of the price's uncertainty, USD
  readonly adv: bigint; // USD traded a day; zero for no size charge
  readonly openInterest: bigint; // units of the underlying; zero for no crowding
}

/** What an asset that follows a factor is worth. */
export interface Rate {
  readonly rate?: bigint | undefined; // units of the underlying; the parameters' if left out
  readonly band: bigint; // half-width, units of the underlying
}

/** What a stable is worth. */
export interface Peg {
  readonly price: bigint; // USD
  readonly band: bigint; // half-width, USD
}

/** A token held as collateral. Of the pool's cash it is the same as cash. */
export interface Spot {
  readonly kind: "spot";
  readonly asset: string;
  readonly amount: bigint; // ≥ 0
}

/** The pool's settlement token: lent, or owed if negative. */
export interface Cash {
  readonly kind: "cash";
  readonly amount: bigint;
}

export type Position = Spot | Cash;

/** One account's holdings and the market they are judged in. */
export interface Book {
  readonly index: number; // in its file, from 0; errors name it
  readonly name?: string | undefined;
  readonly factors: Readonly<Record<string, Market>>;
  readonly assets: Readonly<Record<string, Rate>>;
  readonly stables: Readonly<Record<string, Peg>>;
  readonly positions: readonly Position[];
  readonly grace?: bigint | undefined; // minutes; the first tier if left out
}
