/** Where the parts of a picture stand, and their colours. */
import { around, placeInLanes, type Interval, type Stemmed } from "./labels.ts";
import type { Band, Panel, Picture, Series } from "./Panel.ts";
import { extentOf, timeScale, valueScale, type Scale } from "./scale.ts";
import { widthOf } from "./svg.ts";

/** A plot's edges, pixels. */
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** A picture's measures, one box per panel. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[];
  readonly time: Scale;
  readonly bands: readonly PlacedBand[];
  readonly colors: ReadonlyMap<string, string>;
}

/** A band with its shade and the place of its label. */
export interface PlacedBand extends Band {
  readonly color: string;
  /** Null where there was no room for its label. */
  readonly lane: number | null;
  readonly words: Stemmed;
}

/**
 * M. Okabe and K. Ito, "Color Universal Design" (2008), which colour-blind readers can tell apart;
 * its yellow, which fades on white, is for shading only.
 */
const PALETTE = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#000000", "#56B4E9", "#E69F00"];
const SHADES = ["#F0E442", "#D55E00", "#56B4E9", "#CC79A7", "#009E73"];

/** Text sizes, pixels. */
export const SIZE = 16;
export const SMALL = 14;
/** Left and right of everything. */
export const EDGE = 24;
/** Height of the title and subtitle, of a lane of band labels, and of a panel's heading. */
const HEADER = 84;
export const LANE = 22;
export const PANEL_HEAD = 34;
/** Labels of bands or marks stand in at most so many lanes. */
export const LANES = 3;
/** Beyond this a number has no places left after the point, and is no price. */
const LARGEST = 1e15;
/** Height of the time axis. */
const AXIS = 58;

/** Where everything of a picture stands. */
export function layOut(picture: Picture): Layout {
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

/** A label centred over its stem, as far as the plot allows. */
export function labelOver(stem: number, label: string, plot: Interval): Stemmed {
  return { stem, ...around(stem, widthOf(label, SMALL) + 10, plot) };
}

/** The value axis of a panel between two pixels. */
export function scaleOf(panel: Panel, bottom: number, top: number): Scale {
  const values = panel.series.flatMap(({ points }) =>
    points.map(([, value]) => (isNumber(value) ? value : NaN)),
  );
  const extent = extentOf([...values, ...(panel.include ?? [])]);
  return valueScale(extent ?? { low: 0, high: 1 }, bottom, top);
}

/** The label at a line's end: its name and last value. */
export function endLabel(series: Series, format: Scale["format"]): string {
  const last = lastOf(series);
  return last === null ? series.name : `${series.name} ${format(last[1])}`;
}

/** The last point with a value. */
export function lastOf({ points }: Series): readonly [number, number] | null {
  const last = points.findLast(([, value]) => isNumber(value));
  return last === undefined ? null : (last as readonly [number, number]);
}

function timeOf([time]: readonly [number, number | null]): number {
  return time;
}

/** Whether there is a value to draw. */
export function isNumber(value: number | null): value is number {
  return value !== null && Math.abs(value) < LARGEST;
}
