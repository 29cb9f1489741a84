/** What spreadsheets and exchanges make of a file: read rightly, or refused with what is read. */
import { expect } from "chai";
import fc from "fast-check";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decimalText } from "../../../sdk/decimal.ts";
import { MalformedTape, TapeError } from "../../../sdk/sim/tape/errors.ts";
import { load } from "../../../sdk/sim/tape/load.ts";
import { parseTape } from "../../../sdk/sim/tape/parse.ts";

const FILE = "ETHUSDT-1h.csv";
const OPEN = 1_583_971_200;
const [open, high, low, close] = [194, 195.5, 193, 194.5];
const OURS = ["open_time,open,high,low,close", `${OPEN},${open},${high},${low},${close}`];

const priceIn = (lines: readonly string[]) =>
  decimalText(parseTape(FILE, lines.join("\n")).points[0]!.prices["ETH"]!);

describe("a price history", () => {
  const orders: [venue: string, head: string, row: (number | string)[]][] = [
    ["Binance", "open_time,open,high,low,close", [OPEN, open, high, low, close]],
    ["Coinbase", "time,low,high,open,close,volume", [OPEN, low, high, open, close, 1]],
    ["Bitfinex", "mts,open,close,high,low,volume", [`${OPEN}000`, open, close, high, low, 1]],
    ["OKX", "ts,o,h,l,c,open,high,low,close", [`${OPEN}000`, 0, 0, 0, 0, open, high, low, close]],
    ["CryptoDataDownload", "unix,date,open,high,low,close", [OPEN, "x", open, high, low, close]],
    ["InfluxDB", "time,close,open,high,low", [`${OPEN}000000000`, close, open, high, low]],
  ];
  for (const [venue, head, row] of orders)
    it(`is read by its header in ${venue}'s order`, () => {
      expect(priceIn([head, row.join(",")])).to.equal("194.5");
    });

  it("without a header is Binance's of twelve columns, or refused", () => {
    const [time, end] = [`${OPEN}000`, `${OPEN + 3599}999`];
    expect(priceIn([`${time},${open},${high},${low},${close},1,${end},1,1,1,1,0`])).to.equal(
      "194.5",
    );
    const others = [
      `${OPEN},${low},${high},${open},${close},1`, // Coinbase
      `${OPEN}000,${open},${close},${high},${low},1`, // Bitfinex
      `${OPEN},${open},${high},${low},${close},1,9`, // Kraken
      `2020-03-12T00:00:00Z,ETH,${open},${high},${low},${close},1`,
    ];
    for (const line of others)
      expect(() => priceIn([line, line]))
        .to.throw(MalformedTape, "its columns have no names")
        .and.property("message")
        .contains("open_time,open,high,low,close,volume");
  });

  it("in another order than its names is refused, at its line", () => {
    const head = OURS[0]!;
    for (const row of [
      [low, high, open, close],
      [open, close, high, low],
      [open, low, high, close],
      [high, open, low, close],
    ])
      expect(() => priceIn([head, `${OPEN},${row.join(",")}`]))
        .to.throw(MalformedTape, "are the columns called what they are?")
        .with.include({ line: 2 });
  });

  it("is read if and only if low ≤ open, close ≤ high", () => {
    const price = fc.integer({ min: 1, max: 5 });
    fc.assert(
      fc.property(price, price, price, price, (...bar) => {
        const [first, most, least, last] = bar;
        const isSound = Math.min(...bar) === least && Math.max(...bar) === most;
        const lines = [OURS[0]!, [OPEN, first, most, least, last].join(",")];
        if (isSound) expect(priceIn(lines)).to.equal(String(last));
        else expect(() => priceIn(lines)).to.throw(MalformedTape, "is not the");
      }),
    );
  });

  it("with a column twice is refused", () => {
    expect(() => priceIn(["open_time,open,high,low,close,close", `${OPEN},1,1,1,1,2`])).to.throw(
      MalformedTape,
      "a column is there twice",
    );
  });
});

describe("raw answers of a feed", () => {
  it("are refused by their column's name", () => {
    const lines = ["updatedAt,symbol,roundId,answer", `${OPEN},ETH-USD,7,19450000000`];
    expect(() => priceIn(lines)).to.throw(MalformedTape, "raw answers are no dollars");
  });

  it("are refused by their size, in rounds and bars", () => {
    const head = "timestamp_utc,symbol,round_id,price";
    for (const raw of ["19450000000", "19450000000.0", "1.945e10", "100000000"])
      expect(() => priceIn([head, `${OPEN},ETH-USD,7,${raw}`]), raw)
        .to.throw(MalformedTape, "divide by 10^decimals")
        .with.include({ line: 2, column: 4, text: raw });
    const bar = Array(4).fill("790000000000").join(",");
    expect(() => priceIn([OURS[0]!, `${OPEN},${bar}`])).to.throw(MalformedTape, "raw answer");
  });

  it("are not what a pool's largest price is", () => {
    const head = "timestamp_utc,symbol,round_id,price";
    const at = (price: string) => priceIn([head, `${OPEN},ETH-USD,7,${price}`]);
    expect(at("9999999")).to.equal("9999999");
    expect(at("9999999999.5")).to.equal("9999999999.5");
    expect(() => at("10000000000.5")).to.throw(MalformedTape, "past the pool's largest price");
  });
});

describe("what a spreadsheet makes of a file", () => {
  const folder = mkdtempSync(join(tmpdir(), "forms-"));
  after(() => rmSync(folder, { recursive: true }));
  const written = (text: string | Buffer) => {
    writeFileSync(join(folder, FILE), text);
    return () => load(join(folder, FILE));
  };
  const TEXT = OURS.join("\n");

  const refused: [what: string, text: string | Buffer, says: string][] = [
    ["rounded epochs", TEXT.replace(String(OPEN), "1.58E+12"), "a spreadsheet has rounded it"],
    ["rounded epochs, in German", TEXT.replace(String(OPEN), '"1,58E+12"'), "spreadsheet"],
    ["semicolons", TEXT.replaceAll(",", ";"), "parted by semicolons"],
    ["semicolons and decimal commas", TEXT.replaceAll(",", ";").replaceAll(".", ","), "semicolons"],
    ["tabs", TEXT.replaceAll(",", "\t"), "parted by tabs"],
    ["UTF-16", Buffer.from(`\ufeff${TEXT}`, "utf16le"), "UTF-16"],
    ["UTF-16, the other end first", Buffer.from(`\ufeff${TEXT}`, "utf16le").swap16(), "UTF-16"],
    ["UTF-16 without a mark", Buffer.from(TEXT, "utf16le"), "UTF-16"],
    ["Latin-1", Buffer.from(`${OURS[0]},g\u00e9n\n${OURS[1]},1`, "latin1"), "not a text file"],
    ["a line that says the separator", `sep=,\n${TEXT}`, "is missing"],
    ["an open quote", `${OURS[0]}\n"${OURS[1]}`, "not CSV"],
  ];
  for (const [what, text, says] of refused)
    it(`with ${what} is refused, and what is read is said`, () => {
      expect(written(text))
        .to.throw(MalformedTape, says)
        .and.property("message")
        .contains("read are CSV files in UTF-8");
    });

  it("is read with a mark of UTF-8, quotes, and line ends of three kinds", () => {
    const quoted = OURS.map((line) => `"${line.replaceAll(",", '","')}"`);
    for (const end of ["\n", "\r\n", "\r"])
      expect(written(`\ufeff${quoted.join(end)}`)().points).to.have.length(1);
  });

  it("is read, or refused by a typed error, whatever is done to it", () => {
    const lines = [...OURS, `${OPEN + 3600},194.5,196,194,195`].join("\n");
    const junk = fc.constantFrom(...'0,9;.-e"\n\r\t \u0000\ufffdETH='.split(""));
    fc.assert(
      fc.property(fc.nat(lines.length), fc.nat(20), fc.array(junk), (at, gone, put) => {
        const text = lines.slice(0, at) + put.join("") + lines.slice(at + gone);
        try {
          for (const { prices } of parseTape(FILE, text).points)
            for (const price of Object.values(prices)) expect(price > 0n).to.equal(true);
        } catch (error) {
          expect(error, text).to.be.instanceOf(TapeError);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
