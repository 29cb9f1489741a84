// σ by plain doubles, for comparison: shares no line with the twin or the contracts. DESIGN §7.1.

const YEAR_SECONDS = 31_536_000;

/** A price at a time, as numbers. */
interface Quote {
  readonly time: number; // Unix seconds
  readonly price: number;
}

/** √vF and √vS after the last of these rounds, both σstress at the first. */
export function referenceOf(quotes: readonly Quote[], stress: number) {
  let [fast, slow] = [stress ** 2, stress ** 2];
  let { time, price } = quotes[0]!;
  for (const quote of quotes) {
    const seconds = quote.time - time;
    if (seconds < 60) continue;
    const move = Math.max(-0.1, Math.min(0.1, Math.log(quote.price / price)));
    const annual = (move * move * YEAR_SECONDS) / seconds;
    fast = decayed(fast, annual, seconds / 86_400);
    slow = decayed(slow, annual, seconds / (30 * 86_400));
    ({ time, price } = quote);
  }
  return { fast: Math.sqrt(fast), slow: Math.sqrt(slow) };
}

function decayed(variance: number, sample: number, halfLives: number): number {
  const weight = 0.5 ** halfLives;
  return weight * variance + (1 - weight) * sample;
}
