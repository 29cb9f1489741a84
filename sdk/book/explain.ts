import { OutOfBounds } from "../errors/OutOfBounds.ts";
import {
  healthOf,
  laddersOf,
  maintenanceMargin,
  marginOf,
  requirementOf,
} from "../math/MarginMath.ts";
import { total } from "../total.ts";
import {
  fullLadder,
  initialMode,
  LARGEST_FALL,
  maintenanceMode,
  steps,
  worstLoss,
} from "../math/ScenarioMath.ts";
import { divUp, max, min, mulDown, mulUp, WAD } from "../math/WadMath.ts";
import type { MarginParams } from "../params/params.ts";
import type { AddOns, Ladder, Mode, Pair, Portfolio, Requirement } from "../types/Portfolio.ts";
import type { Book } from "./Book.ts";
import { BookTooLarge } from "./errors.ts";
import { cashName } from "./listed.ts";
import { portfolioOf } from "./portfolio.ts";

// What a book needs, and why. Pairs hold the maintenance figure first, the initial figure second.

/** DESIGN §7.5's charges; those of instruments to come are zero. */
export const ADD_ONS = [
  "perpBasis",
  "expiryBasis",
  "lst",
  "stable",
  "exit",
  "shortOption",
  "calendarVega",
  "liquidationCost",
  "oracleBand",
  "size",
] as const;

export type AddOn = (typeof ADD_ONS)[number];

/** How one factor is shocked, and what that does to the book. */
export interface FactorMargin {
  readonly name: string;
  readonly price: bigint;
  readonly shock: Pair;
  readonly ladder: readonly [Ladder, Ladder]; // DESIGN §7.3's twelve scenarios
  readonly worst: Pair; // W: the worst the factor does alone
  readonly move: Pair; // the relative move that does it
}

/** One position, alone as an account. */
export interface Alone {
  readonly name: string;
  readonly amount: bigint;
  readonly value: bigint; // USD, negative for debt
  readonly required: Pair;
  readonly haircut: Pair; // requirement ÷ value; zero where there is no value to cut
}

/** Which rule set a requirement. */
export type Binding = "risk" | "debt" | "initial";

/** All that a trader can ask of a book's margin. */
export interface BookMargin {
  readonly name: string;
  readonly portfolio: Portfolio;
  readonly equity: bigint;
  readonly required: Pair; // MM, IM
  readonly health: bigint;
  readonly risk: Pair; // RM
  readonly addOns: Readonly<Record<AddOn, Pair>>;
  readonly binding: readonly [Binding, Binding];
  readonly factors: readonly FactorMargin[];
  readonly alone: readonly Alone[];
  readonly standalone: Pair; // Σ of `alone`
}

/**
 * What a book would need under the pool's parameters.
 *
 * @throws UnknownAsset, UnknownFactor, UnknownGrace, NotQuoted, Invalid, BookTooLarge
 */
export function explain(book: Book, params: MarginParams): BookMargin {
  try {
    return explained(book, params);
  } catch (cause) {
    if (cause instanceof OutOfBounds) throw new BookTooLarge(book.index, { cause });
    throw cause;
  }
}

function explained(book: Book, params: MarginParams): BookMargin {
  const portfolio = portfolioOf(book, params);
  const needs = inBoth((mode) => requirementOf(portfolio, mode));
  const initial = needs[1].required;
  const maintenance = maintenanceMargin(needs[0].required, initial);
  const binding = inBoth((mode) => bindingOf(portfolio, mode, needs[mode.index]!));
  const alone = book.positions.map((_, i) => aloneOf(book, params, i));
  return {
    name: book.name ?? `Book ${book.index + 1}`,
    portfolio,
    equity: portfolio.equity,
    required: [maintenance, initial],
    health: healthOf(portfolio.equity, maintenance),
    risk: both(needs, ({ risk }) => risk),
    addOns: addOnsOf(needs),
    binding: [maintenance < needs[0].required ? "initial" : binding[0], binding[1]],
    factors: factorMargins(params, portfolio),
    alone,
    standalone: [
      total(alone.map(({ required }) => required[0])),
      total(alone.map(({ required }) => required[1])),
    ],
  };
}

function inBoth<T>(ask: (mode: Mode) => T): readonly [T, T] {
  return [ask(maintenanceMode()), ask(initialMode())];
}

function both<T>([maintenance, initial]: readonly [T, T], of: (mode: T) => bigint): Pair {
  return [of(maintenance), of(initial)];
}

function bindingOf(book: Portfolio, mode: Mode, { risk, addOns }: Requirement): Binding {
  const least = mulUp(mode.minimumRate, book.debt);
  return least > risk + total(Object.values(addOns)) ? "debt" : "risk";
}

function addOnsOf(needs: readonly [Requirement, Requirement]): Record<AddOn, Pair> {
  const entries = ADD_ONS.map((name) => [name, both(needs, (need) => chargeOf(need.addOns, name))]);
  return Object.fromEntries(entries) as Record<AddOn, Pair>;
}

function chargeOf(addOns: AddOns, name: AddOn): bigint {
  return name in addOns ? addOns[name as keyof AddOns] : 0n;
}

function factorMargins(params: MarginParams, portfolio: Portfolio): FactorMargin[] {
  const seen = inBoth((mode) => factorsIn(portfolio, mode));
  return portfolio.exposures.map(({ factor, price }, i) => {
    const [maintenance, initial] = [seen[0][i]!, seen[1][i]!];
    return {
      name: nameOf(params, factor),
      price,
      shock: [maintenance.shock, initial.shock],
      ladder: [maintenance.ladder, initial.ladder],
      worst: [maintenance.worst, initial.worst],
      move: [maintenance.move, initial.move],
    };
  });
}

/** Each factor in one mode: judged by the scenarios that can bind, shown in all twelve. */
function factorsIn(portfolio: Portfolio, mode: Mode) {
  return laddersOf(portfolio.exposures, mode).map((judged, i) => ({
    shock: judged.shock,
    ladder: fullLadder(portfolio.exposures[i]!.spot, judged.shock, mode.halfStep),
    worst: worstLoss(judged),
    move: worstMove(judged, mode),
  }));
}

function worstMove({ profit, shock }: Ladder, mode: Mode): bigint {
  const x = profit.length === 2 ? [-WAD, WAD] : steps(mode.halfStep);
  const least = profit.reduce((worst, one) => min(worst, one), 0n);
  return least === 0n ? 0n : max(-LARGEST_FALL, mulDown(x[profit.indexOf(least)]!, shock));
}

function nameOf({ factors }: MarginParams, id: number): string {
  return Object.keys(factors).find((name) => factors[name]!.id === id)!;
}

function aloneOf(book: Book, params: MarginParams, i: number): Alone {
  const position = book.positions[i]!;
  const portfolio = portfolioOf({ ...book, positions: [position] }, params);
  const { maintenance, initial } = marginOf(portfolio);
  const value = portfolio.equity;
  const haircut = (required: bigint) => (value > 0n ? divUp(required, value) : 0n);
  return {
    name: position.kind === "cash" ? cashName(params) : position.asset,
    amount: position.amount,
    value,
    required: [maintenance, initial],
    haircut: [haircut(maintenance), haircut(initial)],
  };
}
