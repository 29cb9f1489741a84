/**
 * Joins the key figures of a crash by Brownian bridges in log space.
 *
 * Between two figures a < b of one symbol, with W a Brownian motion and s = (t - a) / (b - a):
 *
 *   log P(t) = (1 - s) log P(a) + s log P(b) + volatility * (W(t) - (1 - s) W(a) - s W(b))
 *
 * (P. Glasserman, "Monte Carlo Methods in Financial Engineering", 2003, section 3.1). W of each
 * symbol is correlation * W0 + sqrt(1 - correlation^2) * W1, W0 common to the tape, W1 its own, so
 * that the symbols of one tape fall together between their figures as at them.
 *
 * A path is reflected at the symbol's lowest and highest figure: the lows of a tape are the lows
 * of the record. Equal seeds give equal tapes.
 */
import { feedWad, toNumber } from "../../decimal.ts";
import { MalformedFigures } from "./errors.ts";
import { merge, type TapePoint } from "./Tape.ts";
import { YEAR } from "./time.ts";
import { createRandom, seedFor } from "../random.ts";

/** One price of the record. */
export interface Figure {
  /** Unix seconds. */
  readonly time: number;
  /** USD, wad. */
  readonly price: bigint;
}

/** What is known of one symbol. */
export interface Figures {
  readonly symbol: string;
  /** In rising time, at least one. */
  readonly figures: readonly Figure[];
  /** Of the noise between figures, per year: 1.5 is 150 %. */
  readonly volatility: number;
  /** Of the noise with the tape's common one, in [-1, 1]. */
  readonly correlation: number;
}

/** How to join the figures. */
export interface BridgeOptions {
  /** The tape's name, for errors. */
  readonly name: string;
  /** Seconds from one round to the next. */
  readonly step: number;
  /** Any safe integer. */
  readonly seed: number;
}

type Path = ReadonlyMap<number, number>;

/**
 * The points of a tape: one round per symbol and step, from its first figure to its last, and one
 * at each of its figures, whose prices it meets exactly. Other prices are rounded to 8 decimals.
 *
 * @throws MalformedFigures no figure, times that do not rise, a price, volatility, correlation or
 * step out of bounds
 */
export function bridge(all: readonly Figures[], { name, step, seed }: BridgeOptions): TapePoint[] {
  if (all.length === 0) return [];
  for (const one of all) requireFigures(name, one, step);
  const steps = stepsOf(all, step);
  const grid = withFigures(steps, all);
  const common = brownian(grid, seedFor(seed, "common"));
  return merge(
    all.flatMap((one) => {
      const own = brownian(grid, seedFor(seed, one.symbol));
      return roundsOf(one, steps, mix(grid, common, own, one));
    }),
  );
}

function stepsOf(all: readonly Figures[], step: number): number[] {
  const start = Math.min(...all.map(({ figures }) => figures[0]!.time));
  const end = Math.max(...all.map(({ figures }) => figures.at(-1)!.time));
  return Array.from({ length: Math.floor((end - start) / step) + 1 }, (_, i) => start + i * step);
}

function withFigures(steps: readonly number[], all: readonly Figures[]): number[] {
  const figures = all.flatMap((one) => one.figures.map(({ time }) => time));
  return [...new Set([...steps, ...figures])].sort((a, b) => a - b);
}

function brownian(grid: readonly number[], seed: number): Path {
  const random = createRandom(seed);
  let [level, before] = [0, grid[0]!];
  return new Map(
    grid.map((time) => {
      level += random.normal() * Math.sqrt((time - before) / YEAR);
      before = time;
      return [time, level];
    }),
  );
}

function mix(grid: readonly number[], common: Path, own: Path, { correlation }: Figures): Path {
  const rest = Math.sqrt(1 - correlation * correlation);
  const level = (time: number) => correlation * common.get(time)! + rest * own.get(time)!;
  return new Map(grid.map((time) => [time, level(time)]));
}

function roundsOf(one: Figures, steps: readonly number[], noise: Path) {
  const { symbol, figures } = one;
  const [first, last] = [figures[0]!.time, figures.at(-1)!.time];
  const inside = steps.filter((time) => first <= time && time <= last);
  const rounds = inside.map((time) => ({ symbol, time, price: priceAt(one, time, noise) }));
  return [...rounds, ...figures.map(({ time, price }) => ({ symbol, time, price }))];
}

function priceAt(one: Figures, time: number, noise: Path): bigint {
  const next = one.figures.findIndex((figure) => figure.time >= time);
  const to = one.figures[next]!;
  if (to.time === time) return to.price;
  const from = one.figures[next - 1]!;
  const share = (time - from.time) / (to.time - from.time);
  const between = (a: number, b: number) => (1 - share) * a + share * b;
  const wander = noise.get(time)! - between(noise.get(from.time)!, noise.get(to.time)!);
  const straight = between(logOf(from.price), logOf(to.price));
  return insideRecord(one, straight + one.volatility * wander);
}

function insideRecord({ figures }: Figures, log: number): bigint {
  const prices = figures.map((figure) => figure.price);
  const low = prices.reduce((a, b) => (b < a ? b : a));
  const high = prices.reduce((a, b) => (b > a ? b : a));
  const price = feedWad(Math.exp(reflect(log, logOf(low), logOf(high))));
  if (price < low) return low;
  return price > high ? high : price;
}

function reflect(value: number, low: number, high: number): number {
  const up = value < low ? 2 * low - value : value;
  return up > high ? 2 * high - up : up;
}

function logOf(price: bigint): number {
  return Math.log(toNumber(price));
}

function requireFigures(name: string, one: Figures, step: number): void {
  const flaw = flawOf(one, step);
  if (flaw !== null) throw new MalformedFigures(name, one.symbol, flaw);
}

function flawOf({ figures, volatility, correlation }: Figures, step: number): string | null {
  if (figures.length === 0) return "there is none";
  if (figures.some(({ price }) => price <= 0n)) return "a price is not positive";
  if (figures.some(({ time }, i) => i > 0 && time <= figures[i - 1]!.time))
    return "times must rise";
  if (!(volatility >= 0 && volatility <= 100)) return `volatility ${volatility} is not in [0, 100]`;
  if (!(Math.abs(correlation) <= 1)) return `correlation ${correlation} is not in [-1, 1]`;
  return step > 0 && Number.isSafeInteger(step) ? null : `step ${step} is no count of seconds`;
}
