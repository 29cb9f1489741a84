import { expect } from "chai";
import fc from "fast-check";
import { draw, NothingToDraw, type Panel, type Picture } from "../../sdk/sim/picture/picture.ts";

const OPEN = Date.UTC(2020, 2, 12) / 1000;
const HOUR = 3600;

const panel: Panel = {
  title: "Price",
  unit: "USD",
  series: [
    {
      name: "ETH",
      points: [
        [OPEN, 194],
        [OPEN + 24 * HOUR, 88.2],
        [OPEN + 48 * HOUR, 133],
      ],
    },
  ],
};
const picture = (changes: Partial<Picture> = {}): string =>
  draw({ title: "A run", panels: [panel], ...changes });
const withSeries = (changes: object): string =>
  picture({ panels: [{ ...panel, series: [{ ...panel.series[0]!, ...changes }] }] });
const textsOf = (svg: string): string[] =>
  [...svg.matchAll(/<text[^>]*>(.*?)<\/text>/g)].map(([, inside]) =>
    inside!.replace(/<[^>]*>/g, ""),
  );
const countOf = (svg: string, pattern: RegExp): number => [...svg.matchAll(pattern)].length;

/** Throws where elements do not close in order, or a character is bare. */
function requireWellFormed(svg: string): void {
  const open: string[] = [];
  for (const [tag, slash, name, close] of svg.matchAll(/<(\/?)([a-z]+)(?:\s[^<>]*?)?(\/?)>/g)) {
    if (slash === "/") expect(open.pop(), tag).to.equal(name);
    else if (close === "") open.push(name!);
  }
  expect(open).to.deep.equal([]);
  const outside = svg.replace(/<\/?[a-z]+(?:\s[^<>]*?)?\/?>/g, "");
  expect(outside).not.to.match(/[<>]|&(?!amp;|lt;|gt;|quot;|#39;)/);
}

describe("draw", function () {
  this.timeout(20_000);

  it("is one self-contained SVG of the size asked for", () => {
    const svg = picture({ width: 800, height: 400 });
    expect(svg).to.match(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" width="800" height="400"/);
    expect(svg).not.to.match(/<script|href|url\(|@import|<image/);
    requireWellFormed(svg);
    expect(picture()).to.contain('viewBox="0 0 1100 900"');
  });

  it("is the same for the same picture", () => {
    expect(picture()).to.equal(picture());
  });

  it("shows title, subtitle, panel, unit, and the line's name with its last value", () => {
    const texts = textsOf(picture({ subtitle: "of alice" }));
    expect(texts).to.include.members(["A run", "of alice", "Price  USD", "ETH 133", "UTC"]);
  });

  it("dates the axis in UTC", () => {
    const texts = textsOf(picture());
    expect(texts).to.include.members([
      "00:00",
      "12:00",
      "12 Mar 2020",
      "13 Mar 2020",
      "14 Mar 2020",
    ]);
  });

  it("escapes every text and attribute", () => {
    const evil = `<script>alert("x")</script> & 'y' \u0000`;
    const svg = draw({
      title: evil,
      subtitle: evil,
      bands: [{ from: OPEN, to: OPEN + 9 * HOUR, label: evil }],
      panels: [
        {
          title: evil,
          unit: evil,
          series: [{ name: evil, points: panel.series[0]!.points, style: { color: evil } }],
          marks: [{ time: OPEN + 9 * HOUR, label: evil }],
        },
      ],
    });
    requireWellFormed(svg);
    expect(svg).not.to.contain("<script>");
    expect(svg).not.to.contain("\u0000");
    expect(svg).to.contain("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39;y&#39;");
  });

  it("stays well-formed whatever is drawn", () => {
    const value = fc.oneof(fc.double(), fc.constant(null));
    const point = fc.tuple(fc.integer({ min: 0, max: 4_000_000_000 }), value);
    const series = fc.record({ name: fc.string(), points: fc.array(point) });
    fc.assert(
      fc.property(fc.string(), fc.array(series, { maxLength: 9 }), (text, all) => {
        const svg = draw({ title: text, panels: [{ title: text, unit: text, series: all }] });
        requireWellFormed(svg);
        expect(svg).not.to.match(/NaN|Infinity|undefined/);
      }),
    );
  });

  it("leaves a gap at null and at what is no number", () => {
    const points = [1, 2, null, 3, 4, NaN, 5, 6].map((value, i) => [OPEN + i * HOUR, value]);
    const d = /<path d="([^"]*)"/.exec(withSeries({ points }))![1]!;
    expect(countOf(d, /M/g)).to.equal(3);
    expect(countOf(d, /L/g)).to.equal(3);
  });

  it("shows a lone point as a dot", () => {
    expect(withSeries({ points: [[OPEN, 5]] })).to.contain("<circle");
    expect(picture()).not.to.contain("<circle");
  });

  it("draws steps, areas, dashes and colours as asked", () => {
    expect(withSeries({ style: { shape: "steps" } })).to.match(/<path d="M[\d.]+ [\d.]+H[\d.]+V/);
    expect(withSeries({ style: { shape: "area" } })).to.match(/<path d="[^"]*Z" fill=/);
    expect(withSeries({ style: { stroke: "dashed" } })).to.contain("stroke-dasharray");
    expect(withSeries({ style: { color: "#123456", width: 5 } })).to.match(
      /stroke="#123456" stroke-width="5"/,
    );
  });

  it("gives a name one colour in every panel", () => {
    const svg = picture({ panels: [panel, { ...panel, title: "Volatility" }] });
    const colors = [...svg.matchAll(/<path [^>]*stroke="(#\w+)"/g)].map(([, color]) => color);
    expect(colors).to.deep.equal(["#0072B2", "#0072B2"]);
  });

  it("gives two names two colours", () => {
    const [eth] = panel.series;
    const svg = picture({ panels: [{ ...panel, series: [eth!, { ...eth!, name: "BTC" }] }] });
    const colors = [...svg.matchAll(/<path [^>]*stroke="(#\w+)"/g)].map(([, color]) => color);
    expect(colors).to.deep.equal(["#0072B2", "#D55E00"]);
  });

  it("says so where a panel has nothing", () => {
    expect(textsOf(withSeries({ points: [] }))).to.include("no data");
    expect(() => picture({ panels: [] })).to.throw(NothingToDraw, '"A run"');
  });

  it("shades a band over all panels, from the picture or a panel, with its label", () => {
    const band = { from: OPEN + HOUR, to: OPEN + 9 * HOUR, label: "margin call" };
    for (const svg of [
      picture({ bands: [band] }),
      picture({ panels: [{ ...panel, bands: [band] }, panel] }),
    ]) {
      expect(textsOf(svg)).to.include("margin call");
      const [, y, height] =
        /<rect x="[\d.]+" y="([\d.]+)" width="[\d.]+" height="([\d.]+)" fill="#F0E442"/.exec(svg)!;
      expect(+y!).to.be.below(130);
      expect(+y! + +height!).to.be.above(800);
    }
  });

  it("leaves out a band outside the time shown", () => {
    const label = "auction";
    const bands = [
      { from: OPEN - 9, to: OPEN - 1, label },
      { from: OPEN + 99 * HOUR, to: OPEN + 100 * HOUR, label },
    ];
    expect(textsOf(picture({ bands }))).not.to.include("auction");
  });

  it("gives bands of one label one shade, of two labels two", () => {
    const bands = ["call", "auction", "call"].map((label, i) => ({
      from: OPEN + i * 9 * HOUR,
      to: OPEN + (i * 9 + 5) * HOUR,
      label,
    }));
    const shades = [...picture({ bands }).matchAll(/fill="(#\w+)" opacity/g)].map(
      ([, shade]) => shade,
    );
    expect(shades.sort()).to.deep.equal(["#D55E00", "#F0E442", "#F0E442"]);
  });

  it("marks moments in their own panel", () => {
    const marks = [
      { time: OPEN + 24 * HOUR, label: "the low" },
      { time: OPEN - HOUR, label: "too early" },
    ];
    const texts = textsOf(picture({ panels: [{ ...panel, marks }] }));
    expect(texts).to.include("the low").and.not.include("too early");
  });

  it("reaches the values an axis must include", () => {
    expect(textsOf(picture({ panels: [{ ...panel, include: [0] }] }))).to.include("0");
    expect(textsOf(picture())).not.to.include("0");
  });

  it("gives a panel height by its weight", () => {
    const svg = picture({ panels: [{ ...panel, weight: 3 }, panel] });
    const frames = [...svg.matchAll(/height="([\d.]+)" fill="none"/g)].map(
      ([, height]) => +height!,
    );
    expect(frames[0]! / frames[1]!).to.be.closeTo(3, 0.01);
  });

  it("cuts a title that is too long", () => {
    const [title] = textsOf(picture({ title: "word ".repeat(60) }));
    expect(title).to.match(/^word word .*\u2026$/);
    expect(title!.length).to.be.below(90);
  });
});
