import type { Params } from "../../params/params.ts";
import { bridge, type Figures } from "../tape/bridge.ts";
import { toNumber } from "../../decimal.ts";
import { roundsOf, select, type Tape } from "../tape/Tape.ts";
import { YEAR } from "../tape/time.ts";
import { TooShort } from "./errors.ts";

const SHORTEST = 3_600; // seconds

/** The prices of a pool's factors without anyone's sales, step by step. */
export interface Path {
  readonly factors: readonly string[];
  readonly step: number; // seconds from one round, and one look of keepers, to the next
  readonly times: readonly number[];
  readonly prices: readonly (readonly bigint[])[]; // by step, then by factor; USD
}

/** How to draw what the record does not tell. */
export interface Draw {
  readonly seed: number;
  readonly step: number; // seconds
}

/** A record of prices, and its name. */
export interface Recorded {
  readonly name: string;
  readonly tape: Tape;
}

/** The factors of a pool: what it lists itself, not at a rate. */
export function factorsOf({ listings, assets }: Params): string[] {
  return Object.keys(listings).filter((symbol) => assets[symbol]?.index === 0);
}

/**
 * The path of an event: between two prices of the record a Brownian bridge as wild as the record itself, so
 * that no one sells at a price an hour old.
 *
 * @throws TooShort
 */
export function pathOf({ name, tape }: Recorded, params: Params, draw: Draw): Path {
  const { seed, step } = draw;
  const factors = factorsOf(params);
  const span = tape.points.at(-1)!.time - tape.points[0]!.time;
  if (span < SHORTEST) throw new TooShort(name, span, SHORTEST);
  const figures = factors.map((symbol) => figuresOf(tape, symbol, params));
  const points = bridge(figures, { name, step, seed });
  const start = points[0]!.time;
  const told = select({ ...tape, points }, factors).points.filter(
    ({ time }) => (time - start) % step === 0,
  );
  return {
    factors,
    step,
    times: told.map(({ time }) => time),
    prices: told.map(({ prices }) => factors.map((symbol) => prices[symbol]!)),
  };
}

function figuresOf(tape: Tape, symbol: string, params: Params): Figures {
  const figures = roundsOf(tape, symbol);
  const correlation = params.factors[symbol]!.correlation;
  return { symbol, figures, correlation, volatility: volatilityOf(figures) };
}

/** Realised volatility, per year. */
function volatilityOf(figures: Figures["figures"]): number {
  const span = figures.at(-1)!.time - figures[0]!.time;
  const squares = figures.slice(1).map(({ price }, i) => {
    return Math.log(toNumber(price) / toNumber(figures[i]!.price)) ** 2;
  });
  const sum = squares.reduce((total, one) => total + one, 0);
  return Math.min(100, Math.sqrt((sum * YEAR) / span));
}
