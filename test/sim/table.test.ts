import { expect } from "chai";
import fc from "fast-check";
import { columns, grouped, percent, table, usd } from "../../sdk/sim/report/table.ts";

const USD = 10n ** 18n;
const CENT = USD / 100n;
const widest = (text: string) => Math.max(...text.split("\n").map((line) => [...line].length));

describe("usd, percent", () => {
  it("writes dollars with two places and a space between thousands", () => {
    expect(usd(12_345n * USD + 60n * CENT)).to.equal("$12 345.60");
    expect(usd(1_234_567n * USD)).to.equal("$1 234 567.00");
    expect(usd(999n * USD)).to.equal("$999.00");
    expect(usd(0n)).to.equal("$0.00");
    expect(usd(-50n * CENT)).to.equal("-$0.50");
  });

  it("rounds half away from zero", () => {
    expect(usd(CENT / 2n)).to.equal("$0.01");
    expect(usd(CENT / 2n - 1n)).to.equal("$0.00");
    expect(usd(-CENT / 2n)).to.equal("-$0.01");
    expect(usd(-CENT / 2n + 1n)).to.equal("$0.00");
    expect(usd((999_995n * CENT) / 10n)).to.equal("$1 000.00");
  });

  it("takes other places", () => {
    expect(usd(1999n * CENT, 0)).to.equal("$20");
    expect(usd((880_012n * USD) / 1_000_000n, 4)).to.equal("$0.8800");
    expect(usd(1n, 18)).to.equal("$0.000000000000000001");
    expect(usd(-USD / 2n, 0)).to.equal("-$1");
  });

  it("writes per cent", () => {
    expect(percent(USD)).to.equal("100.00 %");
    expect(percent((123_456n * USD) / 1_000_000n)).to.equal("12.35 %");
    expect(percent((-5n * USD) / 1000n, 1)).to.equal("-0.5 %");
    expect(percent(25n * USD)).to.equal("2 500.00 %");
  });

  it("is within half a place of the exact value, for any wad and places", () => {
    fc.assert(
      fc.property(
        fc.bigInt(-(10n ** 40n), 10n ** 40n),
        fc.integer({ min: 0, max: 18 }),
        (wad, places) => {
          const written =
            BigInt(grouped(wad, places).replace(/[ .]/g, "")) * 10n ** BigInt(18 - places);
          const off = written < wad ? wad - written : written - wad;
          expect(off * 2n <= 10n ** BigInt(18 - places)).to.equal(true);
        },
      ),
    );
  });
});

describe("table", () => {
  it("lines up labels, values and notes under a title", () => {
    const rows = [
      { label: "equity", value: usd(1234n * USD) },
      { label: "maintenance margin", value: usd(98n * USD), note: "h = 12.59" },
    ];
    expect(table(rows, "alice")).to.equal(
      [
        "alice",
        "=====",
        "equity              $1 234.00",
        "maintenance margin     $98.00  h = 12.59",
        "",
      ].join("\n"),
    );
  });

  it("wraps long notes under themselves, within 100 columns", () => {
    const note =
      "sold in an auction that began at the call and ended when the bid met the limit ".repeat(3);
    const text = table([{ label: "ETH", value: "$1", note }], "");
    const lines = text.trimEnd().split("\n");
    expect(lines).to.have.length.above(2);
    expect(widest(text)).to.be.at.most(100);
    for (const line of lines.slice(1)) expect(line).to.match(/^ {9}\S/);
    expect(
      lines
        .map((line) => line.slice(9))
        .join(" ")
        .replace(/\s+/g, " "),
    ).to.equal(note.trim());
  });

  it("cuts a label, value or title that is too long", () => {
    const text = table(
      [{ label: "l".repeat(90), value: "v".repeat(90), note: "n" }],
      "t".repeat(200),
    );
    const [title, rule, line] = text.split("\n");
    expect(title).to.equal(`${"t".repeat(99)}\u2026`);
    expect(rule).to.equal("=".repeat(100));
    expect(line).to.equal(`${"l".repeat(43)}\u2026  ${"v".repeat(35)}\u2026  n`);
  });

  it("passes 100 columns for no content", () => {
    const row = fc.record({
      label: fc.string({ maxLength: 90 }),
      value: fc.string({ maxLength: 90 }),
      note: fc.string({ maxLength: 300 }),
    });
    fc.assert(
      fc.property(fc.array(row), fc.string({ maxLength: 200 }), (rows, title) => {
        expect(widest(table(rows, title))).to.be.at.most(100);
      }),
    );
  });
});

describe("columns", function () {
  this.timeout(20_000);

  it("aligns each column under its header", () => {
    const text = columns(
      ["asset", "price", "haircut"],
      [
        ["ETH", "$194.70", "18 %"],
        ["USDC", "$0.88", "4 %"],
      ],
      ["left", "right", "right"],
    );
    expect(text).to.equal(
      [
        "asset    price  haircut",
        "-----  -------  -------",
        "ETH    $194.70     18 %",
        "USDC     $0.88      4 %",
        "",
      ].join("\n"),
    );
  });

  it("takes rows that are short, and none at all", () => {
    expect(columns(["a", "b"], [["1"]])).to.equal("a  b\n-  -\n1\n");
    expect(columns(["a", "b"], [])).to.equal("a  b\n-  -\n");
  });

  it("makes the widest column give way at 100, with an ellipsis", () => {
    const text = columns(["id", "note"], [["7", "x".repeat(200)]]);
    expect(widest(text)).to.equal(100);
    expect(text).to.match(/7 {3}x+\u2026\n$/);
  });

  it("passes 100 columns for no content of up to 12 columns", () => {
    const cells = fc.array(fc.string({ maxLength: 60 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(cells, fc.array(cells), (header, rows) => {
        expect(widest(columns(header, rows))).to.be.at.most(100);
      }),
    );
  });
});
