import { draw, type Band } from "../../sdk/sim/picture/picture.ts";
import { stretches, type Entry } from "./EventLog.ts";
import type { Replay } from "./replay.ts";

const WAD = 10n ** 18n;

function usd(wad: bigint): number {
  return Number(wad) / Number(WAD);
}

function bandsOf(entries: readonly Entry[]): Band[] {
  const called = stretches(entries, ({ phase }) => phase === 1);
  const sold = stretches(entries, ({ phase }) => phase === 2);
  return [
    ...called.map((span) => ({ ...span, label: "margin call" })),
    ...sold.map((span) => ({ ...span, label: "auction" })),
  ];
}

/** Price, σ, margin and fuse of one account over the replay, as an SVG. */
export function storyOf(replay: Replay, account: string): string {
  const entries = replay.diary.get(account)!;
  const { shown } = replay;
  const margin = (name: string, of: (entry: Entry) => bigint, stroke: "solid" | "dashed") => ({
    name,
    points: entries.map((e) => [e.time, usd(of(e))] as const),
    style: { stroke },
  });
  return draw({
    title: `One account in ${replay.market.tape.name}: ${replay.describe(account)}`,
    subtitle: replay.market.tape.source,
    bands: bandsOf(entries),
    panels: [
      {
        title: `Price of ${shown}`,
        unit: "USD",
        series: [
          {
            name: shown,
            points: replay.market.tape.points.map((p) => [p.time, usd(p.prices[shown]!)]),
          },
        ],
      },
      {
        title: `Volatility of ${shown}`,
        unit: "% per year",
        series: [
          { name: "σ used", points: replay.volatility.map((v) => [v.time, 100 * usd(v.used)]) },
          {
            name: "σ maintenance",
            points: replay.volatility.map((v) => [v.time, 100 * usd(v.maintenance)]),
          },
        ],
      },
      {
        title: "Equity against what the book needs",
        unit: "USD",
        include: [0],
        series: [
          margin("equity", (e) => e.margin.equity, "solid"),
          margin("maintenance", (e) => e.margin.maintenance, "solid"),
          margin("initial", (e) => e.margin.initial, "dashed"),
        ],
      },
      {
        title: "Fuse",
        unit: "% burnt",
        include: [0, 100],
        weight: 0.7,
        series: [
          { name: "fuse", points: entries.map((e) => [e.time, 100 * usd(e.fuse)] as const) },
        ],
      },
    ],
  });
}
