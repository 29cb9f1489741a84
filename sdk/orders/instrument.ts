import {
  expiryOf,
  instrumentFactorOf,
  instrumentId,
  kindOf,
  STABLES,
  strikeOf,
  type InstrumentId,
} from "../types/Ids.ts";
import { FieldMissing, FieldNotTaken, FieldOutOfRange } from "./errors.ts";
import { StrikeNotExact, NoSuchKind } from "./errors.ts";
import { type InstrumentKind, KINDS } from "./kinds.ts";

const STRIKE_UNIT = 10n ** 10n; // an id counts strikes in 1e-8 USD
const MAX_STRIKE = (2n ** 48n - 1n) * STRIKE_UNIT;

/** A derivative in words. `factor` is the pool's number of the underlying, 1 to 254. */
export type Instrument =
  | { readonly factor: number; readonly kind: "perp" }
  | { readonly factor: number; readonly kind: "future"; readonly expiry: number } // Unix seconds
  | {
      readonly factor: number;
      readonly kind: "call" | "put";
      readonly expiry: number;
      readonly strike: bigint; // USD wad, a multiple of 1e-8 USD
    };

type Parts = {
  readonly factor: number;
  readonly kind: InstrumentKind;
  readonly expiry?: number;
  readonly strike?: bigint;
};

/**
 * The id of a derivative.
 *
 * ```ts
 * buildInstrument({ factor: 1, kind: "perp" });
 * buildInstrument({ factor: 1, kind: "call", expiry: 1_798_704_000, strike: parseEther("4000") });
 * ```
 *
 * @throws NoSuchKind, FieldMissing, FieldNotTaken, FieldOutOfRange, StrikeNotExact
 */
export function buildInstrument(words: Instrument): InstrumentId {
  const { factor, kind, expiry = 0, strike = 0n }: Parts = words;
  if (!Object.hasOwn(KINDS, kind)) throw new NoSuchKind(kind);
  requireParts(factor, kind, expiry, strike);
  return instrumentId(factor, KINDS[kind], expiry, strike);
}

/**
 * The words of an id; what `buildInstrument` makes the same id of.
 *
 * @throws NoSuchKind, FieldMissing, FieldNotTaken, FieldOutOfRange
 */
export function describeInstrument(id: InstrumentId): Instrument {
  within("instrument", id, 0n, 2n ** 96n - 1n);
  const [factor, kind] = [instrumentFactorOf(id), kindNameOf(id)];
  const [expiry, strike] = [expiryOf(id), strikeOf(id)];
  requireParts(factor, kind, expiry, strike);
  if (kind === "perp") return { factor, kind };
  if (kind === "future") return { factor, kind, expiry };
  return { factor, kind, expiry, strike };
}

/** Throws unless `value` is a whole number from `low` to `high`. */
export function within(field: string, value: bigint | number, low: bigint, high: bigint): void {
  const whole = typeof value === "bigint" || Number.isSafeInteger(value);
  if (!whole || value < low || value > high) throw new FieldOutOfRange(field, value, low, high);
}

function kindNameOf(id: InstrumentId): InstrumentKind {
  const number = kindOf(id);
  const found = Object.entries(KINDS).find(([, kind]) => kind === number);
  if (found === undefined) throw new NoSuchKind(number);
  return found[0] as InstrumentKind;
}

function requireParts(factor: number, kind: InstrumentKind, expiry: number, strike: bigint): void {
  within("factor", factor, 1n, BigInt(STABLES - 1));
  if (kind === "perp") requireNone(kind, "expiry", expiry);
  else requireSome(kind, "expiry", expiry, 2n ** 32n - 1n);
  if (kind === "perp" || kind === "future") requireNone(kind, "strike", strike);
  else requireSome(kind, "strike", strike, MAX_STRIKE);
  if (strike % STRIKE_UNIT !== 0n) throw new StrikeNotExact(strike, STRIKE_UNIT);
}

type Field = "expiry" | "strike";

function requireNone(kind: InstrumentKind, field: Field, value: bigint | number): void {
  if (Number(value) !== 0) throw new FieldNotTaken(kind, field, value);
}

function requireSome(kind: InstrumentKind, field: Field, value: bigint | number, high: bigint) {
  within(field, value, 0n, high);
  if (Number(value) === 0) throw new FieldMissing(kind, field);
}
