import { draw, type Series } from "../picture/picture.ts";
import { columns, type Align } from "../report/table.ts";
import type { Comparison, Course, Row, Scale } from "./compare.ts";
import type { Event } from "./Event.ts";
import type { Entry } from "./simulate.ts";

const HEADER = ["policy", "bad debt", "needless", "liquidated", "cured", "owner cost", "spiral"];
const ALIGN: Align[] = ["left", ...HEADER.slice(1).map((): Align => "right")];
const UNITS =
  "Per cent: bad debt, liquidated and owner cost of open interest; needless of the accounts sold from;\n" +
  "cured and spiral of the calls. How each is counted: docs/policies.md.";

/** A table for each crash. */
export function reportOf({ rows }: Comparison, events: readonly Event[], scale: Scale): string {
  const tables = events.map((event) => {
    const own = rows.filter((row) => row.event === event.name);
    return `${event.name}: ${event.source}\n\n${columns(HEADER, own.map(cellsOf), ALIGN)}`;
  });
  return [...tables, `${UNITS}\n${scaleText(scale)}`].join("\n");
}

function cellsOf({ policy, badDebt, needless, liquidated, cured, ownerCost, spiral }: Row) {
  const some = [needless, liquidated, cured].map((one) => one.toFixed(1));
  return [policy, badDebt.toFixed(3), ...some, ownerCost.toFixed(3), spiral.toFixed(1)];
}

function scaleText({ accounts, seeds, minutes }: Scale): string {
  const drawn = seeds === 1 ? "seed 1" : `the mean of seeds 1 to ${seeds}`;
  return `${accounts} accounts, ${drawn}, a round every ${minutes} min.`;
}

/** One crash under the policies that differ, as an SVG. */
export function pictureOf(event: Event, courses: readonly Course[], scale: Scale): string {
  const shown = courses.filter(
    (one) => one.event.name === event.name && !one.policy.includes("no multiplier"),
  );
  const lines = (of: (entry: Entry) => number): Series[] =>
    shown.map(({ policy, entries }) => ({
      name: policy,
      points: entries.map((entry) => [entry.time, of(entry)] as const),
      style: { stroke: policy.startsWith("fuse") ? "solid" : "dashed" },
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
