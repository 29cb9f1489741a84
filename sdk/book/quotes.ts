import { pathOf } from "../params/check.ts";
import { decimalText } from "../decimal.ts";
import type { Book, Future, Market, Option, ExpiryState } from "./Book.ts";
import { secondsOf } from "./days.ts";
import { Contradiction } from "./errors.ts";

// A forward or a volatility may be quoted on a position or on its expiry, in the factor's market. Of one
// thing there is one: of an expiry one basis, of a strike one volatility and one forward.

/** What the market says of an expiry. */
export function expiryStateOf({ expiries }: Market, left: bigint): ExpiryState | undefined {
  return expiries.find((term) => term.left === left);
}

/** Basis of an option's forward: the one quoted for it, else none; it does not follow a future's. */
export function optionBasis({ basis }: Option, term: ExpiryState | undefined): bigint {
  return basis ?? term?.basis ?? 0n;
}

/** Says what is said of a thing, and where. @throws Contradiction if something else was */
type Say = (thing: string, path: string, value: bigint | undefined) => void;

/** @throws Contradiction for two quotes of one thing that differ */
export function requireAgreement(book: Book): void {
  const say = witness(`books[${book.index}]`);
  for (const [i, position] of book.positions.entries()) {
    if (position.kind !== "future" && position.kind !== "option") continue;
    const term = termSaid(book, position, say);
    const expiry = `${position.factor} ${secondsOf(position.expiryDays)}`;
    const path = `.positions[${i}]`;
    say(`basis ${expiry}`, `${path}.basis`, position.basis);
    if (position.kind === "future") continue;
    const strike = `${expiry} ${position.strike}`;
    const volatility = term?.atm === undefined ? `volatility ${strike}` : `surface ${expiry}`;
    say(volatility, `${path}.volatility`, position.volatility);
    say(`forward ${strike}`, `${path}.basis`, optionBasis(position, term));
  }
}

/** The term of a position, with what it says. */
function termSaid(book: Book, { factor, expiryDays }: Future | Option, say: Say) {
  const market = Object.hasOwn(book.factors, factor) ? book.factors[factor] : undefined;
  const term = market && expiryStateOf(market, secondsOf(expiryDays));
  if (term === undefined) return undefined;
  const path = pathOf("", ["factors", factor, "expiries", term.key]);
  say(`basis ${factor} ${term.left}`, `${path}.basis`, term.basis);
  say(`surface ${factor} ${term.left}`, `${path}.atm`, term.atm);
  return term;
}

function witness(root: string): Say {
  const said = new Map<string, readonly [path: string, value: bigint]>();
  return (thing, path, value) => {
    if (value === undefined) return;
    const [first, other] = said.get(thing) ?? [path, value];
    said.set(thing, [first, other]);
    if (other === value) return;
    throw new Contradiction(root + path, decimalText(value), root + first, decimalText(other));
  };
}
