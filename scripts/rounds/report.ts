import { rootUp } from "../../sdk/math/VolatilityMath.ts";
import { decimalText, toNumber } from "../../sdk/decimal.ts";
import { ADVERSARIES } from "./greedy.ts";
import type { LaneResult } from "./play.ts";
import type { ReplayedRounds } from "./replayRounds.ts";

/** The figures as `--json` writes them; σ are decimal texts, as of the last round. */
export function figuresOf(replayed: ReplayedRounds) {
  const { rounds, factor, played, reference, schedules, onChain, distinctStates } = replayed;
  const { final } = played.honest;
  return {
    rounds: rounds.rounds.length,
    symbol: rounds.symbol,
    factor,
    sigma: {
      fast: decimalText(rootUp(final.day)),
      slow: decimalText(rootUp(final.month)),
      used: decimalText(final.used),
      maintenance: decimalText(final.maintenance),
    },
    reference: { fast: String(reference.fast), slow: String(reference.slow) },
    randomSchedules: { count: schedules, distinctStates, onChain },
    honestBorrow: decimalText(lastRead(played.honest)),
    greedySchedules: played.greedy.map((result) => decimalText(lastRead(result))),
    greedy: played.greedy.map((result, i) => ({
      name: ADVERSARIES[i]!.name,
      sigma: decimalText(lastRead(result)),
      gain: gainOf(result, played.honest),
      refused: result.refusals,
      fastOfChosen: String(replayed.naive[i]!),
    })),
  };
}

export type Figures = ReturnType<typeof figuresOf>;

function lastRead({ readings }: LaneResult): bigint {
  return readings.at(-1)!.sigma;
}

/** By how much σIM was lower than the honest one at best, over every borrow: a share of it. */
function gainOf(result: LaneResult, honest: LaneResult): number {
  const gains = result.readings.map(({ sigma }, i) => {
    const own = honest.readings[i]!.sigma;
    return toNumber(own - sigma) / toNumber(own);
  });
  return Math.max(...gains.map((gain) => (gain === 0 ? 0 : gain)));
}

/** The figures in words. */
export function reportOf(figures: Figures, borrows: number): string {
  const { sigma, reference, randomSchedules: random, greedy } = figures;
  const heading = `${figures.symbol}: ${figures.rounds} rounds, parameters of ${figures.factor}`;
  const states = `${random.distinctStates} distinct ${random.distinctStates === 1 ? "state" : "states"}`;
  const both = (which: "fast" | "slow") => [cut(sigma[which]), cut(reference[which])];
  return [
    ...[heading, "=".repeat(heading.length)],
    line("σ after the last round", "chain", "plain doubles", "relative difference"),
    line("fast, 24 h", ...both("fast"), apart(sigma, reference, "fast")),
    line("slow, 30 d", ...both("slow"), apart(sigma, reference, "slow")),
    line("used", cut(sigma.used)),
    line("maintenance", cut(sigma.maintenance)),
    "",
    `${random.count} random schedules in the SDK, ${random.onChain} of them on the chain too: ${states}`,
    "",
    `${borrows} borrows under each schedule, on the chain`,
    line("", "σ it read last", "largest gain", "sent to observe", "fast, chosen alone"),
    line("honest: every round", cut(figures.honestBorrow), "", "", cut(reference.fast)),
    ...greedy.map((one) =>
      line(one.name, cut(one.sigma), `${one.gain}`, `${one.refused}`, cut(one.fastOfChosen)),
    ),
  ].join("\n");
}

const NAME = 38;
const CELL = 18;

function line(title: string, ...cells: string[]): string {
  return [title.padEnd(NAME), ...cells.map((cell) => cell.padStart(CELL))].join("  ").trimEnd();
}

function cut(text: string): string {
  return Number(text).toFixed(12);
}

type Pair = { readonly fast: string; readonly slow: string };

function apart(sigma: Pair, reference: Pair, which: keyof Pair): string {
  const share = Number(sigma[which]) / Number(reference[which]) - 1;
  return share.toExponential(1);
}
