import { columns, table, usd, type TableRow } from "../../sdk/sim/report/table.ts";
import type { Replay } from "./replay.ts";
import { allFills, type Tally } from "./Tally.ts";

/** The figures of a replay as plain numbers, for a machine. Money in USD. */
export interface Figures {
  readonly tape: string;
  readonly seed: number;
  readonly accounts: number;
  readonly steps: number;
  readonly comparisons: number;
  readonly calls: number;
  readonly cured: number;
  readonly liquidated: number;
  readonly auctions: number;
  readonly bids: number;
  readonly takeOvers: number;
  readonly ownerCost: number;
  readonly badDebt: number;
  readonly insuranceDraw: number;
  readonly lenderLoss: number;
  readonly mismatches: number;
  readonly traders: number; // who wanted derivatives
  readonly tradersWithoutBook: number; // and got none
  readonly fills: number;
  readonly fillsOf: Tally["fills"]; // by kind
  readonly refusals: Readonly<Record<string, number>>; // of orders, by error
  readonly openInterestPeak: number;
  readonly funding: number; // from one side of the perps to the other
  readonly expiriesSettled: number;
  readonly optionsExercised: number; // paid to longs
  readonly liquidatedWithDerivatives: number;
  readonly instruments: number; // held in the end
  readonly unbalanced: number; // of those: longs are not shorts
}

function number(wad: bigint): number {
  return Number(wad) / 1e18;
}

/** The figures of a replay. */
export function figuresOf({
  market,
  seed,
  accounts,
  steps,
  comparisons,
  mismatches,
  tally,
  ...rest
}: Replay): Figures {
  const { turnover, traders, refusals, balance } = rest;
  return {
    ...{ tape: market.tape.name, seed, accounts: accounts.length, steps, comparisons },
    ...{ calls: tally.calls, cured: tally.cured, liquidated: tally.liquidated.size },
    ...{ auctions: tally.auctions, bids: tally.bids, takeOvers: tally.takeOvers },
    ownerCost: number(tally.ownerCost),
    badDebt: number(tally.badDebt),
    insuranceDraw: number(tally.insuranceDraw),
    lenderLoss: number(tally.lenderLoss),
    mismatches: mismatches.length,
    ...{ traders: traders.all, tradersWithoutBook: traders.out, fills: allFills(tally) },
    fillsOf: tally.fills,
    refusals: Object.fromEntries(refusals),
    openInterestPeak: number(turnover.peak),
    funding: number(turnover.funding),
    expiriesSettled: tally.expiriesSettled,
    optionsExercised: number(tally.exercised),
    liquidatedWithDerivatives: tally.withDerivatives.size,
    ...balance,
  };
}

/** The end of `npm start`: what a newcomer reads. */
export function reportOf(replay: Replay): string {
  const { tally, market, traders } = replay;
  const rows = [
    {
      label: "accounts",
      value: String(replay.accounts.length),
      note: `owners with books of their own, ${traders.all - traders.out} with derivatives`,
    },
    { label: "steps", value: String(replay.steps), note: "rounds of every feed" },
    ...tradingRows(replay),
    { label: "margin calls", value: String(tally.calls) },
    {
      label: "cured",
      value: String(tally.cured),
      note: "by their owners or the market, nothing sold",
    },
    {
      label: "liquidated",
      value: String(tally.liquidated.size),
      note:
        `accounts, ${tally.withDerivatives.size} with derivatives; ` +
        `${tally.bids} slices in ${tally.auctions} auctions`,
    },
    { label: "taken over by the house", value: String(tally.takeOvers) },
    { label: "owner cost", value: usd(tally.ownerCost), note: "discounts paid to bidders" },
    { label: "bad debt", value: usd(tally.badDebt), note: "what accounts could not pay" },
    { label: "insurance draw", value: usd(tally.insuranceDraw) },
    { label: "payouts cut", value: usd(tally.payoutCut) },
    { label: "lenders' loss", value: usd(tally.lenderLoss) },
    longsAndShorts(replay),
    {
      label: "chain = SDK",
      value: replay.mismatches.length === 0 ? "yes" : "NO",
      note: `${replay.comparisons} margins compared to the wei, ${replay.mismatches.length} differ`,
    },
  ];
  const symbols = Object.keys(market.tape.points[0]!.prices);
  const prices = symbols.map((symbol) => priceRow(replay, symbol));
  return [
    table(rows, `${market.tape.name}, seed ${replay.seed}`),
    columns(["asset", "first", "lowest", "last", "moves by"], prices, [
      "left",
      "right",
      "right",
      "right",
    ]),
    sourceOf(market),
  ].join("\n");
}

function sourceOf({ tape, unlisted }: Replay["market"]): string {
  if (unlisted.length === 0) return tape.source;
  return `${tape.source}; not listed by the pool, and left out: ${unlisted.join(", ")}`;
}

/** What was traded. */
function tradingRows({ tally, turnover, refusals, traders }: Replay): TableRow[] {
  const refused = [...refusals.values()].reduce((sum, one) => sum + one, 0);
  const { perp, future, call, put } = tally.fills;
  const short = refusals.get("MarginTooLow") ?? 0;
  return [
    {
      label: "fills",
      value: String(allFills(tally)),
      note: `${perp} of perps, ${future} of futures, ${call} of calls, ${put} of puts`,
    },
    {
      label: "refused",
      value: String(refused),
      note: `${short} for margin; ${traders.out} traders stayed out`,
    },
    { label: "open interest", value: usd(turnover.peak), note: "at the peak" },
    { label: "funding", value: usd(turnover.funding), note: "from one side of perps to the other" },
    {
      label: "expiries settled",
      value: String(tally.expiriesSettled),
      note: `options paid ${usd(tally.exercised)} to who held them`,
    },
  ];
}

function longsAndShorts({ balance: { instruments, unbalanced } }: Replay): TableRow {
  const note = `of ${instruments} instruments held in the end, ${unbalanced} differ`;
  return { label: "longs = shorts", value: unbalanced === 0 ? "yes" : "NO", note };
}

function priceRow({ market }: Replay, symbol: string): string[] {
  const prices = market.tape.points.map((point) => point.prices[symbol]!);
  const lowest = prices.reduce((a, b) => (b < a ? b : a));
  const shown = [prices[0]!, lowest, prices.at(-1)!].map((price) => usd(price, 4));
  return [symbol, ...shown, moves(market, symbol)];
}

function moves(market: Replay["market"], symbol: string): string {
  const following = market.following.find((f) => f.symbol === symbol);
  if (!following) return "the tape";
  if (following.beta === null) return "stands still";
  return `${following.beta} × ${market.leader}`;
}
