import { draw, type Series } from "../picture/picture.ts";
import { columns, type Align } from "../report/table.ts";
import type { Comparison, Course, Row, Scale } from "./compare.ts";
import type { Event } from "./Event.ts";
import { isForMargin } from "./Policy.ts";
import type { Entry } from "./simulate.ts";
import type { Columns } from "./Tally.ts";

const HEADER = ["policy", "bad debt", "needless", "liquidated", "cured", "owner cost", "spiral"];
const ALIGN: Align[] = ["left", ...HEADER.slice(1).map((): Align => "right")];
const UNITS =
  "Per cent: bad debt, liquidated and owner cost of open interest; needless of the accounts sold from;\n" +
  "cured and spiral of the calls. How each is counted: docs/policies.md.";

/** A table for each crash. */
export function reportOf({ rows }: Comparison, events: readonly Event[], scale: Scale): string {
  const tables = events.map((event) => {
    const own = rows.filter((row) => row.event === event.name);
    const head = [`${event.name}: ${event.source}`, ...event.notes].join("\n");
    return `${head}\n\n${columns(HEADER, own.map(cellsOf), ALIGN)}`;
  });
  return [...tables, `${UNITS}\n${scaleText(scale)}`].join("\n");
}

const PLACES: readonly (readonly [keyof Columns, number])[] = [
  ["badDebt", 3],
  ["needless", 1],
  ["liquidated", 1],
  ["cured", 1],
  ["ownerCost", 3],
  ["spiral", 1],
];

function cellsOf(row: Row): string[] {
  return [row.policy, ...PLACES.map(([column, places]) => cellOf(row, column, places))];
}

function cellOf(row: Row, column: keyof Columns, places: number): string {
  const value = row[column].toFixed(places);
  if (row.standardErrors === null) return value;
  return `${value} ± ${row.standardErrors[column].toFixed(places)}`;
}

function scaleText({ accounts, seeds, minutes }: Scale): string {
  const drawn =
    seeds === 1
      ? "seed 1, which tells no error"
      : `the mean of seeds 1 to ${seeds} ± its standard error: of the draw, not of the crash`;
  return `${accounts} accounts, ${drawn}; a round every ${minutes} min.`;
}

/** One crash under the policies that differ, as an SVG. */
export function pictureOf(event: Event, courses: readonly Course[], scale: Scale): string {
  const shown = courses.filter((one) => one.event.name === event.name && !isForMargin(one.policy));
  const lines = (of: (entry: Entry) => number): Series[] =>
    shown.map(({ policy, entries }) => ({
      name: policy.name,
      points: entries.map((entry) => [entry.time, of(entry)] as const),
      style: { stroke: policy.rule.kind === "fuse" ? "solid" : "dashed" },
    }));
  return draw({
    title: `What each policy made of ${event.name}`,
    subtitle: `${event.source}; ${scale.accounts} accounts, seed 1`,
    height: 1_200,
    panels: [
      {
        title: `Price of ${shown[0]!.leader}, sales included`,
        unit: "USD",
        series: lines((entry) => entry.price).slice(0, 2),
      },
      {
        title: "Bad debt",
        unit: "% of open interest",
        series: lines((e) => e.badDebt),
        include: [0],
      },
      {
        title: "Liquidated",
        unit: "% of open interest",
        series: lines((entry) => entry.liquidated),
        include: [0],
      },
    ],
  });
}
