/** One panel: grid, lines, marks and end labels. */
import { placeInLanes, spread, type Interval, type Stemmed } from "./labels.ts";
import {
  endLabel,
  isNumber,
  labelOver,
  LANES,
  lastOf,
  scaleOf,
  SIZE,
  SMALL,
  type Box,
  type Layout,
} from "./layout.ts";
import type { Mark, Panel, Series } from "./Panel.ts";
import type { Scale } from "./scale.ts";
import { element, escape, fit, line, pixel, text, type At, type Attributes } from "./svg.ts";

interface PlacedMark {
  readonly label: string;
  readonly words: Stemmed;
  /** Null where there was no room for its label. */
  readonly baseline: number | null;
}

/** Colours of text: what is said, and what is beside it. */
export const INK = "#222222";
export const FAINT = "#666666";
const GRID = "#E4E4E4";
const FRAME = "#B0B0B0";
const LABEL_GAP = 19;
const DASHES = { solid: undefined, dashed: "9 5", dotted: "2 5" } as const;

/** A panel's elements. */
export function drawPanel(panel: Panel, box: Box, layout: Layout): string {
  const scale = scaleOf(panel, box.bottom, box.top);
  const marks = placeMarks(panel.marks ?? [], box, layout.time);
  return [
    panelHead(panel, box),
    grid(scale, box, layout.time),
    ...marks.map((mark) => markLine(mark, box)),
    ...panel.series.map((series) => drawSeries(series, scale, layout, box)),
    ...marks.map(markLabel),
    endLabels(panel.series, scale, box, layout),
    isEmpty(panel) ? emptyNote(box) : "",
  ].join("");
}

function panelHead({ title, unit }: Panel, { left, top }: Box): string {
  const name = element("tspan", { "font-weight": "bold" }, escape(title));
  const after = unit === "" ? "" : element("tspan", { fill: FAINT }, escape(`  ${unit}`));
  return element("text", { x: left, y: top - 9, fill: INK, "xml:space": "preserve" }, name, after);
}

function grid(scale: Scale, { left, right, top, bottom }: Box, time: Scale): string {
  const look = { stroke: GRID, "stroke-width": 1 };
  const tick = { "font-size": SMALL, "text-anchor": "end", fill: FAINT };
  const rows = scale.ticks.map(({ value, label }) => {
    const y = scale.at(value);
    return line([left, y], [right, y], look) + text(left - 8, y + 5, label, tick);
  });
  const columns = time.ticks.map(({ value }) =>
    line([time.at(value), top], [time.at(value), bottom], look),
  );
  const frame = { x: left, y: top, width: right - left, height: bottom - top };
  const border = element("rect", { ...frame, fill: "none", stroke: FRAME });
  return [...rows, ...columns, border].join("");
}

function drawSeries(series: Series, scale: Scale, layout: Layout, box: Box): string {
  const { stroke = "solid", shape = "line", width = 2 } = series.style ?? {};
  const color = colorOf(series, layout);
  const runs = runsOf(series, layout.time, scale);
  const d = runs.map((run) => pathOf(run, shape)).join("");
  const look = { fill: "none", stroke: color, "stroke-width": width, "stroke-linejoin": "round" };
  const path = element("path", { d, ...look, "stroke-dasharray": DASHES[stroke] });
  const lone = runs.filter((run) => run.length === 1).map(([at]) => dot(at!, color));
  return (shape === "area" ? areaUnder(runs, color, box) : "") + path + lone.join("");
}

function runsOf({ points }: Series, time: Scale, scale: Scale): At[][] {
  const runs: At[][] = [[]];
  for (const [when, value] of points) {
    if (isNumber(value)) runs.at(-1)!.push([time.at(when), scale.at(value)]);
    else runs.push([]);
  }
  return runs.filter((run) => run.length > 0);
}

function pathOf(run: readonly At[], shape: "line" | "steps" | "area"): string {
  const [[x, y], ...rest] = run as [At, ...At[]];
  const to = ([a, b]: At) =>
    shape === "steps" ? `H${pixel(a)}V${pixel(b)}` : `L${pixel(a)} ${pixel(b)}`;
  return `M${pixel(x)} ${pixel(y)}${rest.map(to).join("")}`;
}

function areaUnder(runs: readonly At[][], fill: string, { bottom }: Box): string {
  const areas = runs.map((run) => {
    const [first, last] = [run[0]!, run.at(-1)!];
    return `${pathOf(run, "line")}L${pixel(last[0])} ${pixel(bottom)}H${pixel(first[0])}Z`;
  });
  return element("path", { d: areas.join(""), fill, opacity: "0.15" });
}

function dot([cx, cy]: At, fill: string): string {
  return element("circle", { cx, cy, r: 3, fill });
}

function endLabels(all: readonly Series[], scale: Scale, box: Box, layout: Layout): string {
  const shown = all.filter((series) => lastOf(series) !== null);
  const ends = shown.map((series) => scale.at(lastOf(series)![1]));
  const gap = Math.min(LABEL_GAP, (box.bottom - box.top - 12) / Math.max(1, shown.length - 1));
  const places = spread(ends, gap, { from: box.top + 6, to: box.bottom - 6 });
  const room = layout.width - box.right - 20;
  const labels = shown.map((series, i) => {
    const leader = leaderTo(box.right, ends[i]!, places[i]!, colorOf(series, layout));
    const words = fit(endLabel(series, scale.format), SIZE, room);
    return leader + text(box.right + 16, places[i]! + 5, words, { fill: INK });
  });
  return labels.join("");
}

/** From a line's end to its label, which may stand higher or lower. */
function leaderTo(right: number, end: number, place: number, stroke: string): string {
  return line([right, end], [right + 12, place], { stroke, "stroke-width": 1.5 });
}

function placeMarks(marks: readonly Mark[], box: Box, time: Scale): PlacedMark[] {
  const bounds = { from: box.left, to: box.right };
  const inside = marks.filter((mark) => isWithin(time.at(mark.time), bounds));
  const words = inside.map((mark) => labelOver(time.at(mark.time), mark.label, bounds));
  const lanes = placeInLanes(words, LANES);
  const deepest = Math.max(0, ...lanes.map((lane) => lane ?? 0));
  return inside.map(({ label }, i) => {
    const lane = lanes[i]!;
    const baseline = lane === null ? null : box.top + 18 + (deepest - lane) * 18;
    return { label, words: words[i]!, baseline };
  });
}

function markLine({ words, baseline }: PlacedMark, box: Box): string {
  const top = baseline === null ? box.top : baseline + 5;
  const look = { stroke: INK, "stroke-width": 1, "stroke-dasharray": "4 3" };
  return line([words.stem, top], [words.stem, box.bottom], look);
}

function markLabel({ label, words, baseline }: PlacedMark): string {
  if (baseline === null) return "";
  const halo = { stroke: "#FFFFFF", "stroke-width": 4, "paint-order": "stroke" };
  const look: Attributes = { "font-size": SMALL, "text-anchor": "middle", fill: INK, ...halo };
  return text((words.from + words.to) / 2, baseline, label, look);
}

function isEmpty({ series }: Panel): boolean {
  return series.every((one) => lastOf(one) === null);
}

function emptyNote({ left, right, top, bottom }: Box): string {
  const look = { "text-anchor": "middle", fill: FAINT };
  return text((left + right) / 2, (top + bottom) / 2 + 5, "no data", look);
}

function colorOf({ name, style }: Series, { colors }: Layout): string {
  return style?.color ?? colors.get(name)!;
}

function isWithin(value: number, { from, to }: Interval): boolean {
  return from <= value && value <= to;
}
