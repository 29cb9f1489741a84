/** What became of a pool, USD where it is money. */
export interface Tally {
  openInterest: number; // at the start: loans and the perps' notional
  badDebt: number;
  calls: number;
  pushed: number; // calls that the impact of sales caused
  cured: number; // calls that ended without any sale
  liquidated: number; // of open interest
  ownerCost: number;
  sales: number; // accounts that lost anything
  needless: number; // of those, that would have been well
}

/** The columns of the comparison, per cent. */
export interface Columns {
  /** What accounts could not pay, and what the pool paid bidders for thin ones; of open interest. */
  readonly badDebt: number;
  /** Of the accounts sold from, those that would have stayed solvent and been healthy in the end. */
  readonly needless: number;
  /** Loans and perps' notional that sales ended, of open interest. */
  readonly liquidated: number;
  /** Of calls, those that ended above h = 1.10 before anything was sold. */
  readonly cured: number;
  /** What owners lost to discounts, spreads and impact, of open interest. */
  readonly ownerCost: number;
  /** Of calls, those that would not have opened at prices without the impact of sales. */
  readonly spiral: number;
}

export function emptyTally(openInterest: number): Tally {
  return {
    ...{ openInterest, badDebt: 0, calls: 0, pushed: 0, cured: 0, liquidated: 0 },
    ...{ ownerCost: 0, sales: 0, needless: 0 },
  };
}

export function columnsOf(tally: Tally): Columns {
  const { openInterest, calls, sales } = tally;
  return {
    badDebt: share(tally.badDebt, openInterest),
    needless: share(tally.needless, sales),
    liquidated: share(tally.liquidated, openInterest),
    cured: share(tally.cured, calls),
    ownerCost: share(tally.ownerCost, openInterest),
    spiral: share(tally.pushed, calls),
  };
}

/** The mean of some runs, to six places. */
export function meanOf(runs: readonly Columns[]): Columns {
  return eachColumn(runs, mean);
}

/**
 * How far the mean of so many runs is from the mean of all that could be drawn: s/√n, s² the variance
 * with n − 1; null of one run, which does not tell. To six places.
 */
export function standardErrorsOf(runs: readonly Columns[]): Columns | null {
  return runs.length < 2 ? null : eachColumn(runs, standardError);
}

function eachColumn(runs: readonly Columns[], of: (values: readonly number[]) => number): Columns {
  const column = (one: keyof Columns) => Number(of(runs.map((run) => run[one])).toFixed(6));
  return {
    badDebt: column("badDebt"),
    needless: column("needless"),
    liquidated: column("liquidated"),
    cured: column("cured"),
    ownerCost: column("ownerCost"),
    spiral: column("spiral"),
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, one) => sum + one, 0) / values.length;
}

function standardError(values: readonly number[]): number {
  const [middle, n] = [mean(values), values.length];
  const squares = values.reduce((sum, one) => sum + (one - middle) ** 2, 0);
  return Math.sqrt(squares / (n - 1) / n);
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : (100 * part) / whole;
}
