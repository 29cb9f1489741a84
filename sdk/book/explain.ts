import { OutOfBounds } from "../errors/OutOfBounds.ts";
import { moveOf, movesOf } from "../math/CurveMath.ts";
import {
  healthOf,
  isExpiring,
  laddersOf,
  maintenanceNeed,
  marginOf,
  requirementOf,
  totalOf,
} from "../math/MarginMath.ts";
import {
  AHEAD,
  fullLadder,
  initialMode,
  laterMode,
  maintenanceModeOf,
  OPEN,
  WHOLE,
  worstLoss,
} from "../math/ScenarioMath.ts";
import { divUp, max, mulUp } from "../math/WadMath.ts";
import type { MarginParams } from "../params/params.ts";
import { total } from "../total.ts";
import type { Exposure, Ladder, Mode, Pair, Portfolio, Requirement } from "../types/Portfolio.ts";
import type { Book } from "./Book.ts";
import { BookTooLarge } from "./errors.ts";
import { type Greeks, greeksOf } from "../logic/greeks.ts";
import { amountOf, nameOf } from "./names.ts";
import { portfolioOf } from "./portfolio.ts";
import { type RiskParts, riskParts, scenarioOf } from "./sets.ts";

// What a book needs, and why. Pairs hold the maintenance figure first, the initial figure second. Within
// an hour of an expiry the initial figures are those of the book without what expires, if it needs more.

/** DESIGN §7.5's charges. */
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

/** A figure of each mode. */
export type Both<T> = readonly [T, T];

/** How one factor is shocked, and what that does to the book. */
export interface FactorMargin {
  readonly name: string;
  readonly price: bigint;
  readonly shock: Pair;
  readonly ladder: Both<Ladder>; // DESIGN §7.3's twelve scenarios
  readonly worst: Pair; // W: the worst the factor does alone
  readonly scenario: Both<number | undefined>; // that does it, from 0; none if nothing is lost
  readonly move: Pair; // the relative move of it
  readonly greeks: Greeks;
}

/** One position: alone as an account, and as a part of this one. */
export interface Alone {
  readonly name: string;
  readonly amount: bigint;
  readonly value: bigint; // USD, negative for debt; nothing for perps and futures
  readonly required: Pair;
  readonly marginal: Pair; // what the book needs more for holding it; negative for a hedge
  readonly haircut: Pair; // requirement ÷ value; zero where there is no value to cut
}

/**
 * Which rule set a requirement: risk and add-ons, the least of what is owed and open, the most that options can
 * lose beside the rest of the book, or IM / 1.2.
 */
export type Binding = "risk" | "least" | "limited" | "initial";

/** All that a trader can ask of a book's margin. */
export interface BookMargin {
  readonly name: string;
  readonly portfolio: Portfolio;
  readonly equity: bigint;
  readonly required: Pair; // MM, IM
  readonly health: bigint;
  readonly risk: Pair; // RM
  readonly sets: Both<RiskParts>; // of RM
  readonly addOns: Readonly<Record<AddOn, Pair>>;
  readonly charge: Both<AddOn | undefined>; // the largest of them
  readonly binding: Both<Binding>;
  readonly expiring: boolean; // is IM that of the book without what expires within the hour
  readonly notional: Pair; // Σ |derivative delta notional|, leg by leg
  readonly factors: readonly FactorMargin[];
  readonly alone: readonly Alone[];
  readonly standalone: Pair; // Σ of `alone`
  readonly benefit: Pair; // of netting: what `standalone` is above the requirement
}

/**
 * What a book would need under the pool's parameters.
 *
 * @throws UnknownAsset, UnknownFactor, UnknownGrace, NotQuoted, Contradiction, Invalid, TooMany,
 * BookTooLarge
 */
export function explain(book: Book, params: MarginParams): BookMargin {
  try {
    return explained(book, params);
  } catch (cause) {
    if (cause instanceof OutOfBounds) throw new BookTooLarge(book.index, { cause });
    throw cause;
  }
}

/** A book asked in one mode. */
interface Asked {
  readonly mode: Mode;
  readonly need: Requirement;
}

function explained(book: Book, params: MarginParams): BookMargin {
  const portfolio = portfolioOf(book, params);
  const asked = [askedToStay(portfolio), askedInitially(portfolio)] as const;
  const needs = both(asked, ({ need }) => need);
  const required = requiredOf(portfolio);
  const alone = book.positions.map((_, i) => aloneOf(book, params, i, required));
  const standalone = both([0, 1], (i) => total(alone.map((one) => one.required[i]!)));
  return {
    name: book.name ?? `Book ${book.index + 1}`,
    portfolio,
    equity: portfolio.equity,
    required,
    health: healthOf(portfolio.equity, required[0]),
    risk: both(needs, ({ risk }) => risk),
    sets: both(needs, ({ ladders }) => riskParts(ladders, portfolio.exposures)),
    addOns: addOnsOf(needs),
    charge: both(needs, largestOf),
    binding: bindingOf(portfolio, asked, required),
    expiring: asked[1].mode.soonest >= 0n,
    notional: both(needs, ({ notional }) => notional),
    factors: factorMargins(params, portfolio, asked),
    alone,
    standalone,
    benefit: both([0, 1], (i) => standalone[i]! - required[i]!),
  };
}

function both<From, To>([first, second]: Both<From>, of: (one: From) => To): Both<To> {
  return [of(first), of(second)];
}

function askedIn(portfolio: Portfolio, mode: Mode): Asked {
  return { mode, need: requirementOf(portfolio, mode) };
}

/** By the part of legs that settle which decides. */
function askedToStay(portfolio: Portfolio): Asked {
  const { required } = maintenanceNeed(portfolio);
  const asked = [OPEN, AHEAD, WHOLE].map((part) => askedIn(portfolio, maintenanceModeOf(part)));
  return asked.find(({ need }) => need.required === required)!;
}

/** With or without what expires within the hour, whichever needs more. */
function askedInitially(portfolio: Portfolio): Asked {
  const whole = askedIn(portfolio, initialMode());
  if (!isExpiring(portfolio.exposures)) return whole;
  const later = askedIn(portfolio, laterMode());
  return later.need.required > whole.need.required ? later : whole;
}

function requiredOf(portfolio: Portfolio): Pair {
  const { maintenance, initial } = marginOf(portfolio);
  return [maintenance, initial];
}

function bindingOf(book: Portfolio, asked: Both<Asked>, required: Pair): Both<Binding> {
  const [maintenance, initial] = both(asked, ({ mode, need }): Binding => {
    const least = mulUp(mode.minimumRate, book.debt + need.notional);
    const charged = need.risk + totalOf(need.addOns);
    if (need.required < mulUp(book.graceMultiplier, max(charged, least))) return "limited";
    return least > charged ? "least" : "risk";
  });
  return [required[0] < asked[0].need.required ? "initial" : maintenance, initial];
}

function addOnsOf(needs: Both<Requirement>): Record<AddOn, Pair> {
  const entries = ADD_ONS.map((name) => [name, both(needs, ({ addOns }) => addOns[name])]);
  return Object.fromEntries(entries) as Record<AddOn, Pair>;
}

function largestOf({ addOns }: Requirement): AddOn | undefined {
  const largest = ADD_ONS.reduce((most, name) => (addOns[name] > addOns[most] ? name : most));
  return addOns[largest] > 0n ? largest : undefined;
}

function factorMargins(
  params: MarginParams,
  { exposures }: Portfolio,
  asked: Both<Asked>,
): FactorMargin[] {
  const seen = both(asked, ({ mode }) => factorsIn(exposures, mode));
  return exposures.map((exposure, i) => {
    const here = both(seen, (factors) => factors[i]!);
    return {
      name: factorName(params, exposure.factor),
      price: exposure.index,
      shock: both(here, ({ shock }) => shock),
      ladder: both(here, ({ ladder }) => ladder),
      worst: both(here, ({ worst }) => worst),
      scenario: both(here, ({ scenario }) => scenario),
      move: both(here, ({ move }) => move),
      greeks: greeksOf(exposure),
    };
  });
}

/** Each factor in one mode: judged by the scenarios that can bind, shown in all twelve. */
function factorsIn(exposures: Exposure[], mode: Mode) {
  return laddersOf(exposures, mode).map((judged, i) => {
    const scenario = scenarioOf(judged.profit);
    const moves = movesOf(judged.shock, mode.halfStep);
    return {
      shock: judged.shock,
      ladder: fullLadder(exposures[i]!, judged.shock, mode),
      worst: worstLoss(judged),
      scenario,
      move: scenario === undefined ? 0n : moves[moveOf(scenario)]!,
    };
  });
}

function factorName({ factors }: MarginParams, id: number): string {
  return Object.keys(factors).find((name) => factors[name]!.id === id)!;
}

function aloneOf(book: Book, params: MarginParams, i: number, required: Pair): Alone {
  const position = book.positions[i]!;
  const others = book.positions.filter((_, j) => j !== i);
  const portfolio = portfolioOf({ ...book, positions: [position] }, params);
  const rest = requiredOf(portfolioOf({ ...book, positions: others }, params));
  const value = portfolio.equity;
  const alone = requiredOf(portfolio);
  return {
    name: nameOf(position, params),
    amount: amountOf(position),
    value,
    required: alone,
    marginal: [required[0] - rest[0], required[1] - rest[1]],
    haircut: both(alone, (needed) => (value > 0n ? divUp(needed, value) : 0n)),
  };
}
