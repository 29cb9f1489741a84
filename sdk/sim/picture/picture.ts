/**
 * A picture of a run: stacked panels over one time axis, as a self-contained SVG without scripts,
 * fonts or links. Colours: M. Okabe and K. Ito, "Color Universal Design" (2008), which colour-blind
 * readers can tell apart; its yellow, which fades on white, is for shading only.
 */
import { around, placeInLanes, spread, type Interval, type Stemmed } from "./labels.ts";
import { extentOf, timeScale, valueScale, type Scale } from "./scale.ts";
import { element, escape, fit, line, pixel, text, widthOf, type Attributes } from "./svg.ts";

/** What to draw. */
export interface Picture {
  readonly title: string;
  readonly subtitle?: string | undefined;
  /** From top to bottom, at least one. */
  readonly panels: readonly Panel[];
  /** Shaded across all panels, with a label above. */
  readonly bands?: readonly Band[] | undefined;
  /** Pixels; 1100 by 900 if left out. */
  readonly width?: number | undefined;
  readonly height?: number | undefined;
}

/** One plot with a vertical axis of its own. */
export interface Panel {
  readonly title: string;
  /** Of the axis, such as `USD` or `% per year`. */
  readonly unit: string;
  readonly series: readonly Series[];
  /** Times of one moment, as dashed lines in this panel. */
  readonly marks?: readonly Mark[] | undefined;
  /** As the picture's bands: shaded across all panels. */
  readonly bands?: readonly Band[] | undefined;
  /** Values that the axis must reach, such as 0. */
  readonly include?: readonly number[] | undefined;
  /** Height relative to the other panels; 1 if left out. */
  readonly weight?: number | undefined;
}

/** One line, labelled at its right end with its name and last value. */
export interface Series {
  /** The same name has the same colour in every panel. */
  readonly name: string;
  /** [unix seconds, value] in rising time; null leaves a gap. */
  readonly points: readonly (readonly [time: number, value: number | null])[];
  readonly style?: SeriesStyle | undefined;
}

/** How a line looks; all optional. */
export interface SeriesStyle {
  /** A CSS colour instead of the palette's. */
  readonly color?: string | undefined;
  readonly stroke?: "solid" | "dashed" | "dotted" | undefined;
  /** `steps` holds each value until the next, as a price feed does. */
  readonly shape?: "line" | "steps" | "area" | undefined;
  /** Pixels. */
  readonly width?: number | undefined;
}

/** A moment. */
export interface Mark {
  readonly time: number;
  readonly label: string;
}

/** A stretch of time, such as a margin call or an auction. The same label has the same shade. */
export interface Band {
  readonly from: number;
  readonly to: number;
  readonly label: string;
}

/** A picture needs a panel. */
export class NothingToDraw extends Error {
  override readonly name = "NothingToDraw";
  constructor(readonly title: string) {
    super(`the picture ${JSON.stringify(title)} has no panel`);
  }
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

interface Layout {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[];
  readonly time: Scale;
  readonly bands: readonly PlacedBand[];
  readonly colors: ReadonlyMap<string, string>;
}

interface PlacedBand extends Band {
  readonly color: string;
  /** Null where there was no room for its label. */
  readonly lane: number | null;
  readonly words: Stemmed;
}

interface PlacedMark {
  readonly label: string;
  readonly words: Stemmed;
  /** Null where there was no room for its label. */
  readonly baseline: number | null;
}

const PALETTE = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000"];
const SHADES = ["#F0E442", "#D55E00", "#56B4E9", "#CC79A7", "#009E73"];
const INK = "#222222";
const FAINT = "#666666";
const GRID = "#E4E4E4";
const FONT = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif";
const SIZE = 16;
const SMALL = 14;
const HEAD = 24;
const EDGE = 24;
const HEADER = 84;
const LANE = 22;
const LANES = 3;
const PANEL_HEAD = 34;
const AXIS = 58;
const LABEL_GAP = 19;
const DASHES = { solid: undefined, dashed: "9 5", dotted: "2 4" } as const;

/**
 * The SVG of a picture.
 *
 * @throws NothingToDraw it has no panel
 */
export function draw(picture: Picture): string {
  if (picture.panels.length === 0) throw new NothingToDraw(picture.title);
  const layout = layOut(picture);
  const { width, height } = layout;
  const parts = [
    element("title", {}, escape(picture.title)),
    element("desc", {}, escape(describe(picture))),
    element("rect", { width, height, fill: "#FFFFFF" }),
    header(picture, layout),
    ...layout.bands.map((band) => shade(band, layout)),
    ...picture.panels.map((panel, i) => drawPanel(panel, layout.boxes[i]!, layout)),
    timeAxis(layout),
  ];
  const xmlns = "http://www.w3.org/2000/svg";
  const root = { xmlns, width, height, viewBox: `0 0 ${width} ${height}`, role: "img" };
  return `${element("svg", { ...root, "font-family": FONT, "font-size": SIZE }, ...parts)}\n`;
}

function describe({ panels }: Picture): string {
  const told = panels.map(({ title, unit, series }) => {
    const names = series.map(({ name }) => name).join(", ");
    return `${title} (${unit}): ${names}`;
  });
  return told.join("; ");
}

function layOut(picture: Picture): Layout {
  const { panels, width = 1100, height = 900 } = picture;
  const left = EDGE + Math.max(...panels.map(axisWidth));
  const right = width - EDGE - Math.max(...panels.map(labelWidth));
  const times = panels.flatMap(({ series }) => series.flatMap(({ points }) => points.map(timeOf)));
  const time = timeScale(extentOf(times) ?? { low: 0, high: 86400 }, left, right);
  const bands = placeBands(picture, time, { from: left, to: right });
  const lanes = Math.max(0, ...bands.map(({ lane }) => (lane ?? -1) + 1));
  const top = HEADER + lanes * LANE;
  const boxes = stack(panels, { left, right, top, bottom: height - AXIS });
  return { width, height, boxes, time, bands, colors: colorsOf(panels) };
}

/** Room for the widest tick of an axis; the scale's own pixels don't matter to its labels. */
function axisWidth(panel: Panel): number {
  const labels = scaleOf(panel, 200, 0).ticks.map(({ label }) => widthOf(label, SMALL));
  return Math.max(40, ...labels) + 12;
}

function labelWidth(panel: Panel): number {
  const { format } = scaleOf(panel, 200, 0);
  const widths = panel.series.map((series) => widthOf(endLabel(series, format), SIZE));
  return Math.min(260, Math.max(60, ...widths) + 20);
}

function stack(panels: readonly Panel[], { left, right, top, bottom }: Box): Box[] {
  const weights = panels.map(({ weight = 1 }) => weight);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const plots = bottom - top - panels.length * PANEL_HEAD;
  let next = top;
  return weights.map((weight) => {
    const start = next + PANEL_HEAD;
    next = start + (plots * weight) / total;
    return { left, right, top: start, bottom: next };
  });
}

function colorsOf(panels: readonly Panel[]): Map<string, string> {
  const names = new Set(panels.flatMap(({ series }) => series.map(({ name }) => name)));
  return new Map([...names].map((name, i) => [name, PALETTE[i % PALETTE.length]!]));
}

function placeBands(picture: Picture, time: Scale, plot: Interval): PlacedBand[] {
  const all = [...(picture.bands ?? []), ...picture.panels.flatMap(({ bands }) => bands ?? [])];
  const kinds = [...new Set(all.map(({ label }) => label))];
  const seen = all.filter((band) => time.at(band.to) > plot.from && time.at(band.from) < plot.to);
  const isFirst = (band: Band) => seen.find(({ label }) => label === band.label) === band;
  const ordered = [...seen.filter(isFirst), ...seen.filter((band) => !isFirst(band))];
  const words = ordered.map(({ from, to, label }) => {
    const [start, end] = [Math.max(plot.from, time.at(from)), Math.min(plot.to, time.at(to))];
    return labelOver((start + end) / 2, label, plot);
  });
  const lanes = placeInLanes(words, LANES);
  return ordered.map((band, i) => {
    const color = SHADES[kinds.indexOf(band.label) % SHADES.length]!;
    return { ...band, color, lane: lanes[i]!, words: words[i]! };
  });
}

function header({ title, subtitle = "" }: Picture, { width }: Layout): string {
  const room = width - 2 * EDGE;
  const bold = { "font-size": HEAD, "font-weight": "bold", fill: INK };
  return (
    text(EDGE, 42, fit(title, HEAD, room), bold) +
    text(EDGE, 68, fit(subtitle, SIZE, room), { fill: FAINT })
  );
}

function labelOver(stem: number, label: string, plot: Interval): Stemmed {
  return { stem, ...around(stem, widthOf(label, SMALL) + 10, plot) };
}

function shade(band: PlacedBand, { boxes, time }: Layout): string {
  const [first, last] = [boxes[0]!, boxes.at(-1)!];
  const x = Math.max(first.left, time.at(band.from));
  const width = Math.max(2, Math.min(first.right, time.at(band.to)) - x);
  const y = first.top - PANEL_HEAD;
  const look = { fill: band.color, opacity: "0.22" };
  const area = element("rect", { x, y, width, height: last.bottom - y, ...look });
  return area + bandLabel(band, y);
}

function bandLabel({ label, lane, words }: PlacedBand, foot: number): string {
  if (lane === null) return "";
  const baseline = foot - 6 - lane * LANE;
  const look = { "font-size": SMALL, "text-anchor": "middle", fill: INK };
  const stem = line(words.stem, baseline + 4, words.stem, foot, { stroke: FAINT });
  return stem + text((words.from + words.to) / 2, baseline, label, look);
}

function drawPanel(panel: Panel, box: Box, layout: Layout): string {
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
    return line(left, y, right, y, look) + text(left - 8, y + 5, label, tick);
  });
  const columns = time.ticks.map(({ value }) =>
    line(time.at(value), top, time.at(value), bottom, look),
  );
  const frame = { x: left, y: top, width: right - left, height: bottom - top };
  const border = element("rect", { ...frame, fill: "none", stroke: "#B0B0B0" });
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

type At = readonly [x: number, y: number];

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
  const labels = shown.map((series, i) =>
    endLabelAt(series, ends[i]!, places[i]!, scale, box, layout),
  );
  return labels.join("");
}

function endLabelAt(
  series: Series,
  end: number,
  y: number,
  scale: Scale,
  { right }: Box,
  layout: Layout,
): string {
  const color = colorOf(series, layout);
  const words = fit(endLabel(series, scale.format), SIZE, layout.width - right - 20);
  const leader = { points: `${pixel(right)},${pixel(end)} ${pixel(right + 12)},${pixel(y)}` };
  const look = { fill: "none", stroke: color, "stroke-width": 1.5 };
  return (
    element("polyline", { ...leader, ...look }) + text(right + 16, y + 5, words, { fill: INK })
  );
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
  return line(words.stem, top, words.stem, box.bottom, look);
}

function markLabel({ label, words, baseline }: PlacedMark): string {
  if (baseline === null) return "";
  const halo = { stroke: "#FFFFFF", "stroke-width": 4, "paint-order": "stroke" };
  const look: Attributes = { "font-size": SMALL, "text-anchor": "middle", fill: INK, ...halo };
  return text((words.from + words.to) / 2, baseline, label, look);
}

function timeAxis({ boxes, time }: Layout): string {
  const { right, bottom } = boxes.at(-1)!;
  const look = { "font-size": SMALL, "text-anchor": "middle", fill: FAINT };
  const ticks = time.ticks.map(({ value, label, under }) => {
    const x = time.at(value);
    const date = under === undefined ? "" : text(x, bottom + 42, under, { ...look, fill: INK });
    const nick = line(x, bottom, x, bottom + 6, { stroke: FAINT });
    return nick + text(x, bottom + 22, label, look) + date;
  });
  const zone = text(right + 30, bottom + 22, "UTC", { "font-size": SMALL, fill: FAINT });
  return ticks.join("") + zone;
}

function scaleOf(panel: Panel, bottom: number, top: number): Scale {
  const values = panel.series.flatMap(({ points }) => points.map(([, value]) => value ?? NaN));
  const extent = extentOf([...values, ...(panel.include ?? [])]);
  return valueScale(extent ?? { low: 0, high: 1 }, bottom, top);
}

function isEmpty({ series }: Panel): boolean {
  return series.every((one) => lastOf(one) === null);
}

function emptyNote({ left, right, top, bottom }: Box): string {
  const look = { "text-anchor": "middle", fill: FAINT };
  return text((left + right) / 2, (top + bottom) / 2 + 5, "no data", look);
}

function endLabel(series: Series, format: Scale["format"]): string {
  const last = lastOf(series);
  return last === null ? series.name : `${series.name} ${format(last[1])}`;
}

function lastOf({ points }: Series): readonly [number, number] | null {
  const last = points.findLast(([, value]) => isNumber(value));
  return last === undefined ? null : (last as readonly [number, number]);
}

function colorOf({ name, style }: Series, { colors }: Layout): string {
  return style?.color ?? colors.get(name)!;
}

function timeOf([time]: readonly [number, number | null]): number {
  return time;
}

function isNumber(value: number | null): value is number {
  return value !== null && Number.isFinite(value);
}

function isWithin(value: number, { from, to }: Interval): boolean {
  return from <= value && value <= to;
}
