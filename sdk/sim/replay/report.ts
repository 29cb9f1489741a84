import { columns, table, usd } from "../report/table.ts";
import type { Replay } from "./replay.ts";

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
}: Replay): Figures {
  return {
    ...{ tape: market.tape.name, seed, accounts: accounts.length, steps, comparisons },
    ...{ calls: tally.calls, cured: tally.cured, liquidated: tally.liquidated.size },
    ...{ auctions: tally.auctions, bids: tally.bids, takeOvers: tally.takeOvers },
    ownerCost: number(tally.ownerCost),
    badDebt: number(tally.badDebt),
    insuranceDraw: number(tally.insuranceDraw),
    lenderLoss: number(tally.lenderLoss),
    mismatches: mismatches.length,
  };
}

/** The end of `npm start`: what a newcomer reads. */
export function reportOf(replay: Replay): string {
  const { tally, market } = replay;
  const rows = [
    {
      label: "accounts",
      value: String(replay.accounts.length),
      note: "owners with books of their own",
    },
    { label: "steps", value: String(replay.steps), note: "rounds of every feed" },
    { label: "margin calls", value: String(tally.calls) },
    {
      label: "cured",
      value: String(tally.cured),
      note: "by their owners or the market, nothing sold",
    },
    {
      label: "liquidated",
      value: String(tally.liquidated.size),
      note: `accounts; ${tally.bids} slices in ${tally.auctions} auctions`,
    },
    { label: "taken over by the house", value: String(tally.takeOvers) },
    { label: "owner cost", value: usd(tally.ownerCost), note: "discounts paid to bidders" },
    { label: "bad debt", value: usd(tally.badDebt), note: "what accounts could not pay" },
    { label: "insurance draw", value: usd(tally.insuranceDraw) },
    { label: "lenders' loss", value: usd(tally.lenderLoss) },
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
    market.tape.source,
  ].join("\n");
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
