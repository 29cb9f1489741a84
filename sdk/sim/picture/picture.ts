/**
 * A picture of a run: stacked panels over one time axis, as a self-contained SVG without scripts,
 * fonts or links.
 */
import { EDGE, LANE, layOut, PANEL_HEAD, SIZE, SMALL } from "./layout.ts";
import type { Layout, PlacedBand } from "./layout.ts";
import type { Picture } from "./Panel.ts";
import { drawPanel, FAINT, INK } from "./plot.ts";
import { element, escape, fit, line, text } from "./svg.ts";

export type { Band, Mark, Panel, Picture, Series, SeriesStyle } from "./Panel.ts";

const FONT = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif";
const HEAD = 24;

/** A picture needs a panel. */
export class NothingToDraw extends Error {
  override readonly name = "NothingToDraw";
  constructor(readonly title: string) {
    super(`the picture ${JSON.stringify(title)} has no panel`);
  }
}

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

function header({ title, subtitle = "" }: Picture, { width }: Layout): string {
  const room = width - 2 * EDGE;
  const bold = { "font-size": HEAD, "font-weight": "bold", fill: INK };
  return (
    text(EDGE, 42, fit(title, HEAD, room), bold) +
    text(EDGE, 68, fit(subtitle, SIZE, room), { fill: FAINT })
  );
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
  const stem = line([words.stem, baseline + 4], [words.stem, foot], { stroke: FAINT });
  return stem + text((words.from + words.to) / 2, baseline, label, look);
}

function timeAxis({ boxes, time }: Layout): string {
  const { right, bottom } = boxes.at(-1)!;
  const look = { "font-size": SMALL, "text-anchor": "middle", fill: FAINT };
  const ticks = time.ticks.map(({ value, label, under }) => {
    const x = time.at(value);
    const date = under === undefined ? "" : text(x, bottom + 42, under, { ...look, fill: INK });
    const nick = line([x, bottom], [x, bottom + 6], { stroke: FAINT });
    return nick + text(x, bottom + 22, label, look) + date;
  });
  const zone = text(right + 30, bottom + 22, "UTC", { "font-size": SMALL, fill: FAINT });
  return ticks.join("") + zone;
}
