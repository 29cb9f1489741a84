import type { Params } from "../../params/params.ts";
import type { Market } from "../tape/market.ts";
import { range } from "../tape/Tape.ts";
import { isoTime } from "../tape/time.ts";
import { factorsOf } from "./Path.ts";

/** What the tape tells, what follows it by how much, and what stands still. */
export function movesText({ tape, leader, following, unlisted }: Market): string {
  const follows = new Set(following.map(({ symbol }) => symbol));
  const told = tape.symbols.filter((symbol) => !follows.has(symbol));
  const behind = following
    .filter(({ beta }) => beta !== null)
    .map(({ symbol, beta }) => `${symbol} by ${beta}`);
  const still = following.filter(({ beta }) => beta === null).map(({ symbol }) => symbol);
  return [
    `told: ${told.join(", ")}`,
    ...(behind.length > 0 ? [`following ${leader}'s log returns: ${behind.join(", ")}`] : []),
    ...(still.length > 0 ? [`standing still: ${still.join(", ")}`] : []),
    ...(unlisted.length > 0 ? [`not listed, left out: ${unlisted.join(", ")}`] : []),
  ].join("; ");
}

/** Prices of the time before an event. */
export interface Past {
  readonly market: Market;
  readonly source: string;
}

/** What σ has learnt from before an event begins. */
export function knownText(past: Past | undefined, params: Params): string {
  if (past === undefined)
    return `σ at the start: nothing is known before, so stress: ${stress(params)}`;
  const { market, source } = past;
  const { from, to } = range(market.tape);
  const span = `${isoTime(from)} to ${isoTime(to)}`;
  return `σ at the start: learnt from ${source}, ${span} (${movesText(market)})`;
}

function stress(params: Params): string {
  const percent = (factor: string) => Math.round(100 * params.factors[factor]!.volatilityStress);
  return factorsOf(params)
    .map((factor) => `${factor} ${percent(factor)} %`)
    .join(", ");
}
