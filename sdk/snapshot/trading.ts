import type { Hex } from "viem";

import { expiryOf, instrumentFactorOf } from "../types/Ids.ts";
import type { InstrumentView } from "./lensView.ts";
import { termFrom } from "./market.ts";
import { type Factor, type Interest, type InstrumentKey, keyOf } from "./Snapshot.ts";

// What accounts of a snapshot share with accounts that are not in it.

/** Open interest of instruments and what losses took of them, by key. */
export function interestsFrom(shared: readonly InstrumentView[]): Record<InstrumentKey, Interest> {
  return Object.fromEntries(
    shared.map(({ instrument, interest, cuts }) => [keyOf(instrument), { ...interest, cuts }]),
  );
}

/** The factors, with the terms of these instruments' expiries. */
export function withTerms(
  factors: Readonly<Record<number, Factor>>,
  shared: readonly InstrumentView[],
): Record<number, Factor> {
  return Object.fromEntries(
    Object.entries(factors).map(([id, factor]) => {
      const own = shared.filter(({ instrument }) => instrumentFactorOf(instrument) === Number(id));
      const dated = own.filter(({ instrument }) => expiryOf(instrument) !== 0);
      const more = dated.map(({ instrument, term }) => [expiryOf(instrument), termFrom(term)]);
      return [id, { ...factor, terms: { ...factor.terms, ...Object.fromEntries(more) } }];
    }),
  );
}

/** Filled units by order. */
export function ordersFrom(hashes: readonly Hex[], filled: readonly bigint[]): Record<Hex, bigint> {
  return Object.fromEntries(hashes.map((hash, i) => [hash, filled[i]!]));
}
