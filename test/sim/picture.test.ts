import { expect } from "chai";
import fc from "fast-check";
import { around, placeInLanes, spread } from "../../sdk/sim/picture/labels.ts";
import { draw, NothingToDraw, type Panel, type Picture } from "../../sdk/sim/picture/picture.ts";
import { grouped, timeScale, valueScale } from "../../sdk/sim/picture/scale.ts";
import { escape } from "../../sdk/sim/picture/svg.ts";

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

describe("draw", () => {
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

describe("scale", () => {
  const labels = (low: number, high: number) =>
    valueScale({ low, high }, 200, 0).ticks.map(({ label }) => label);

  it("ticks values at round numbers", () => {
    expect(labels(88.2, 194)).to.deep.equal(["100", "125", "150", "175", "200"]);
    expect(labels(0, 1)).to.deep.equal(["0.00", "0.25", "0.50", "0.75", "1.00"]);
    expect(labels(-2000, 9000)).to.deep.equal([
      "\u22122\u2009500",
      "0",
      "2\u2009500",
      "5\u2009000",
      "7\u2009500",
    ]);
    expect(labels(5, 5)).to.have.length.above(1);
    expect(labels(0, 3e7)).to.deep.equal(["0\u2009M", "10\u2009M", "20\u2009M", "30\u2009M"]);
  });

  it("puts low at the bottom and high at the top", () => {
    const { at } = valueScale({ low: 0, high: 100 }, 200, 0);
    expect(at(0)).to.be.within(180, 200);
    expect(at(100)).to.be.within(0, 20);
    expect(at(50)).to.be.closeTo(100, 1e-9);
  });

  it("ticks time at round hours, days or months, never too many", () => {
    const spans: [seconds: number, labels: string[]][] = [
      [600, ["00:00", "00:02", "00:04", "00:06", "00:08", "00:10"]],
      [
        86_400 * 2,
        ["00:00", "06:00", "12:00", "18:00", "00:00", "06:00", "12:00", "18:00", "00:00"],
      ],
      [
        86_400 * 5,
        ["12 Mar 2020", "13 Mar 2020", "14 Mar 2020", "15 Mar 2020", "16 Mar 2020", "17 Mar 2020"],
      ],
    ];
    for (const [seconds, expected] of spans) {
      const { ticks } = timeScale({ low: OPEN, high: OPEN + seconds }, 0, 800);
      expect(ticks.map(({ label }) => label)).to.deep.equal(expected);
    }
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400_000_000 }), (seconds) => {
        const { ticks } = timeScale({ low: OPEN, high: OPEN + seconds }, 0, 800);
        expect(ticks.length).to.be.below(12);
      }),
    );
  });

  it("groups thousands", () => {
    expect(grouped(1234567.891, 2)).to.equal("1\u2009234\u2009567.89");
    expect(grouped(-0.001, 2)).to.equal("0.00");
    expect(grouped(-1234, 0)).to.equal("\u22121\u2009234");
  });
});

describe("labels", () => {
  it("spreads labels apart within their bounds, in order", () => {
    const bounds = { from: 0, to: 100 };
    expect(spread([50, 50, 50], 20, bounds)).to.deep.equal([50, 70, 90]);
    expect(spread([99, 98], 20, bounds)).to.deep.equal([100, 80]);
    const positions = fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { maxLength: 6 });
    fc.assert(
      fc.property(positions, (all) => {
        const moved = spread(all, 20, bounds).sort((a, b) => a - b);
        for (const [i, y] of moved.entries()) {
          expect(y).to.be.within(0, 100);
          if (i > 0) expect(y - moved[i - 1]!).to.be.at.least(20 - 1e-9);
        }
      }),
    );
  });

  it("keeps labels in lanes off each other, and stems off labels", () => {
    const label = (stem: number) => ({ stem, ...around(stem, 40, { from: 0, to: 200 }) });
    expect(placeInLanes([label(50), label(120)], 3)).to.deep.equal([0, 0]);
    expect(placeInLanes([label(50), label(80)], 3)).to.deep.equal([0, 1]);
    expect(placeInLanes([label(50), label(60)], 3)).to.deep.equal([0, null]);
    expect(placeInLanes([label(50), label(80), label(80)], 1)).to.deep.equal([0, null, null]);
  });

  it("moves a label inside its bounds", () => {
    expect(around(5, 40, { from: 0, to: 200 })).to.deep.equal({ from: 0, to: 40 });
    expect(around(199, 40, { from: 0, to: 200 })).to.deep.equal({ from: 160, to: 200 });
  });

  it("escapes what XML reserves and drops what it forbids", () => {
    expect(escape(`a<b>&"'\u0001`)).to.equal("a&lt;b&gt;&amp;&quot;&#39;");
  });
});
