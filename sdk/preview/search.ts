// The largest accepted integer, in as few questions as a near-linear limit allows.

/** The answer to one amount; `slack` is what is left of the limit, negative past it, if it is known. */
export interface Probe {
  readonly accepted: boolean;
  readonly slack: bigint | null;
}

interface End extends Probe {
  readonly amount: bigint;
}

interface Bracket {
  readonly yes: End; // accepted
  readonly no: End; // refused
}

const HALVING = 4; // every so many steps, whatever the shape of the limit

/**
 * An amount in [low, high) that is accepted while one more is refused; `low` counts as accepted and
 * `high` as refused. Regula falsi in the Illinois variant (M. Dowell and P. Jarratt, BIT 11, 1971),
 * with a bisection at every fourth step.
 */
export function largestAccepted(
  low: bigint,
  high: bigint,
  probe: (amount: bigint) => Probe,
): bigint {
  const ask = (amount: bigint): End => ({ amount, ...probe(amount) });
  const last = ask(high - 1n);
  if (last.accepted || high - 1n <= low) return high - 1n;
  let bracket: Bracket = { yes: { ...ask(low), accepted: true }, no: last };
  for (let step = 1; bracket.no.amount - bracket.yes.amount > 1n; ++step) {
    const amount = step % HALVING === 0 ? middle(bracket) : between(bracket);
    bracket = narrowed(bracket, ask(amount));
  }
  return bracket.yes.amount;
}

/** The end that stays counts half next time, so that both ends close in. */
function narrowed({ yes, no }: Bracket, end: End): Bracket {
  return end.accepted ? { yes: end, no: halved(no) } : { yes: halved(yes), no: end };
}

function halved(end: End): End {
  return { ...end, slack: end.slack === null ? null : end.slack / 2n };
}

function middle({ yes, no }: Bracket): bigint {
  return (yes.amount + no.amount) / 2n;
}

/** Where the line through both ends crosses zero, if their slacks are known and of different sign. */
function between(bracket: Bracket): bigint {
  const { yes, no } = bracket;
  if (yes.slack === null || no.slack === null || yes.slack <= 0n || no.slack >= 0n) {
    return middle(bracket);
  }
  const width = no.amount - yes.amount;
  const guess = yes.amount + (yes.slack * width) / (yes.slack - no.slack);
  return guess <= yes.amount ? yes.amount + 1n : guess < no.amount ? guess : no.amount - 1n;
}
