// A book as a trader writes it down: what is held, and at which prices. All numbers are wads.

/** A factor's market. */
export interface Market {
  readonly price: bigint; // USD
  readonly sigma: bigint; // annual volatility, of both modes
  readonly band: bigint; // half-width of the price's uncertainty, USD
  readonly adv: bigint; // USD traded a day; zero for no size charge
  readonly openInterest: bigint; // units of the underlying; zero for no crowding
  readonly perp: PerpMarket;
  readonly expiries: readonly ExpiryState[];
}

export interface PerpMarket {
  readonly premium: bigint; // of the mark over spot
}

/** What is quoted for all that expires at one time. */
export interface ExpiryState {
  readonly key: string; // as the book names it: days until expiry
  readonly left: bigint; // seconds until expiry
  readonly basis?: bigint | undefined; // annual
  readonly average?: bigint | undefined; // so far, in the window it settles by; USD
  readonly atm?: bigint | undefined; // the surface: annual volatility at the forward
  readonly skew: bigint;
  readonly curvature: bigint;
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

/** A future that never expires. Its profit so far is cash; so is that of a future. */
export interface Perp {
  readonly kind: "perp";
  readonly factor: string;
  readonly size: bigint; // units, negative if sold
}

export interface Future {
  readonly kind: "future";
  readonly factor: string;
  readonly expiryDays: bigint;
  readonly basis?: bigint | undefined; // annual; that of its expiry if left out, else none
  readonly size: bigint;
}

/** European, settled in cash. */
export interface Option {
  readonly kind: "option";
  readonly factor: string;
  readonly expiryDays: bigint;
  readonly strike: bigint; // USD
  readonly type: "call" | "put";
  readonly volatility?: bigint | undefined; // annual; that of its expiry's surface if left out
  readonly basis?: bigint | undefined; // of its forward; that of its term if left out, else none
  readonly size: bigint;
}

export type Position = Spot | Cash | Perp | Future | Option;

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
