import { Invalid } from "../params/errors.ts";
import type { MarginParams } from "../params/params.ts";
import type { Surface } from "../types/Surface.ts";
import type { Book, Future, Option, Perp, Position, ExpiryState } from "./Book.ts";
import { secondsOf } from "./days.ts";
import { NotQuoted, TooMany, UnknownFactor } from "./errors.ts";
import { own } from "./listed.ts";
import { optionBasis, requireAgreement, expiryStateOf } from "./quotes.ts";

// The derivatives of a book, instrument by instrument: an account holds each once.

const MAX_POSITIONS = 32; // of an account: contracts/types/Params.sol
const MAX_TERMS = 8;

interface Held {
  readonly factor: string;
  readonly size: bigint;
}

export interface PerpLeg extends Held {
  readonly kind: "perp";
}

export interface FutureLeg extends Held {
  readonly kind: "future";
  readonly left: bigint; // seconds until it expires
  readonly basis?: bigint | undefined; // as given; whatever its expiry has, if left out
}

export interface OptionLeg extends Held {
  readonly kind: "call" | "put";
  readonly left: bigint;
  readonly strike: bigint;
  readonly basis: bigint; // of its own forward
  readonly surface: Surface; // flat, if the position names its volatility
}

/** All that a book holds of one instrument. */
export type Leg = PerpLeg | FutureLeg | OptionLeg;

/**
 * What a book holds of derivatives; what nets to nothing is not held.
 *
 * @throws UnknownFactor, NotQuoted, Contradiction, Invalid, TooMany
 */
export function legsOf(book: Book, params: MarginParams): Leg[] {
  requireAgreement(book);
  const held = new Map<string, Leg>();
  for (const [i, position] of book.positions.entries()) {
    if (!isDerivative(position)) continue;
    const leg = legOf(book, params, position, i);
    const first = held.get(keyOf(leg)) ?? { ...leg, size: 0n };
    held.set(keyOf(leg), { ...first, size: first.size + leg.size });
  }
  const legs = [...held.values()].filter(({ size }) => size !== 0n);
  requireFew(book, "instruments", legs.length, MAX_POSITIONS);
  const dated = legs.filter((leg) => leg.kind !== "perp");
  const terms = new Set(dated.map(({ factor, left }) => `${factor} ${left}`));
  requireFew(book, "expiries", terms.size, MAX_TERMS);
  return legs;
}

function requireFew({ index }: Book, what: string, count: number, limit: number): void {
  if (count > limit) throw new TooMany(index, what, count, limit);
}

function isDerivative(position: Position): position is Perp | Future | Option {
  return position.kind !== "spot" && position.kind !== "cash";
}

function keyOf(leg: Leg): string {
  const expiry = leg.kind === "perp" ? 0n : leg.left;
  const strike = leg.kind === "call" || leg.kind === "put" ? leg.strike : 0n;
  return [leg.factor, leg.kind, expiry, strike].join(" ");
}

function legOf(
  book: Book,
  params: MarginParams,
  position: Perp | Future | Option,
  index: number,
): Leg {
  const { factor, size } = position;
  const path = `books[${book.index}].positions[${index}]`;
  if (!Object.hasOwn(params.factors, factor))
    throw new UnknownFactor(`${path}.factor`, factor, Object.keys(params.factors));
  const market = own(book.factors, factor);
  if (market === undefined) throw new NotQuoted(book.index, index, factor);
  if (position.kind === "perp") return { kind: "perp", factor, size };
  const left = secondsOf(position.expiryDays);
  if (position.kind === "future")
    return { kind: "future", factor, size, left, basis: position.basis };
  const term = expiryStateOf(market, left);
  const { type: kind, strike } = position;
  const basis = optionBasis(position, term);
  return { kind, factor, size, left, strike, basis, surface: surfaceOf(position, term, path) };
}

/** One volatility is a smile that is flat. @throws Invalid if there is none */
function surfaceOf({ volatility }: Option, term: ExpiryState | undefined, path: string): Surface {
  if (volatility !== undefined) return { atm: volatility, skew: 0n, curvature: 0n };
  if (term?.atm !== undefined) return { atm: term.atm, skew: term.skew, curvature: term.curvature };
  const expected = "the option's volatility, as its expiry has no atm";
  throw new Invalid(`${path}.volatility`, undefined, expected);
}
