import { expect } from "chai";
import { MalformedTape } from "../../../sdk/sim/tape/errors.ts";
import { parseTape } from "../../../sdk/sim/tape/parse.ts";

const HEAD = "timestamp_utc,symbol,open,high,low,close,volume";
const GOOD = "2020-03-12T00:00:00Z,ETH,1,1,1,1,";
const ROUND_HEAD = "timestamp_utc,symbol,round_id,price";
const KLINE_HEAD = "open_time,symbol,open,high,low,close";
const ROUND = "2020-03-12T00:00:00Z,ETH,7,1";

const BINANCE = (time: string, close: string) => `${time},1,1,1,${close},1,${time},1,1,1,1,0`;

/** What is wrong, the text, and where: line, column, column name, offending text, reason. */
type Case = readonly [string, string[], number, number, string, string, string];

const CASES: Case[] = [
  [
    "a bad date",
    [HEAD, GOOD, "12/03/2020,ETH,1,1,1,1,"],
    3,
    1,
    "timestamp_utc",
    "12/03/2020",
    "not a date",
  ],
  [
    "a day that no month has",
    [HEAD, "2020-02-30T00:00:00Z,ETH,1,1,1,1,"],
    2,
    1,
    "timestamp_utc",
    "2020-02-30T00:00:00Z",
    "not a date",
  ],
  [
    "a bad close",
    [HEAD, GOOD, "2020-03-12T01:00:00Z,ETH,1,1,1,abc,"],
    3,
    6,
    "close",
    "abc",
    "not a number",
  ],
  [
    "a bad high",
    [HEAD, "2020-03-12T01:00:00Z,ETH,1,1.2.3,1,1,"],
    2,
    4,
    "high",
    "1.2.3",
    "not a number",
  ],
  ["no close", [HEAD, "2020-03-12T01:00:00Z,ETH,1,1,1,,"], 2, 6, "close", "", "not a number"],
  [
    "a zero price",
    [HEAD, "2020-03-12T01:00:00Z,ETH,1,1,1,0,"],
    2,
    6,
    "close",
    "0",
    "price is zero",
  ],
  [
    "a price under a wad's last place",
    [HEAD, "2020-03-12T01:00:00Z,ETH,1,1,1,1e-19,"],
    2,
    6,
    "close",
    "1e-19",
    "price is zero",
  ],
  [
    "a negative price",
    [HEAD, "2020-03-12T01:00:00Z,ETH,1,1,-1,1,"],
    2,
    5,
    "low",
    "-1",
    "price is negative",
  ],
  ["no symbol", [HEAD, "2020-03-12T01:00:00Z,,1,1,1,1,"], 2, 2, "symbol", "", "no symbol"],
  [
    "a missing close column",
    ["timestamp_utc,symbol,open,high,low,volume", "x"],
    1,
    7,
    "close",
    "timestamp_utc,symbol,open,high,low,volume",
    "column close is missing",
  ],
  [
    "a header of another kind",
    ["day,value", "2020-03-12,1"],
    1,
    3,
    "timestamp_utc",
    "day,value",
    "column timestamp_utc is missing",
  ],
  [
    "too few columns",
    [HEAD, GOOD, "2020-03-12T01:00:00Z,ETH,1,1"],
    3,
    5,
    "low",
    "2020-03-12T01:00:00Z,ETH,1,1",
    "4 columns where the first line has 7",
  ],
  ["too many columns", [HEAD, `${GOOD},9`], 2, 8, "", "9", "8 columns where the first line has 7"],
  [
    "time going back",
    [HEAD, "2020-03-12T02:00:00Z,ETH,1,1,1,1,", "2020-03-12T01:00:00Z,ETH,1,1,1,1,"],
    3,
    1,
    "timestamp_utc",
    "2020-03-12T01:00:00Z",
    "time goes back, after line 2",
  ],
  [
    "a bar told twice",
    [HEAD, GOOD, GOOD],
    3,
    1,
    "timestamp_utc",
    "2020-03-12T00:00:00Z",
    "same time as line 2",
  ],
  ["an empty file", [""], 1, 1, "", "", "empty file"],
  ["blank lines only", ["", "  ", ""], 1, 1, "", "", "empty file"],
  ["a header alone", [HEAD], 1, 1, "timestamp_utc", "timestamp_utc", "no rows after the header"],
  [
    "binary junk",
    [HEAD, "2020-03-12T00:00:00Z,ETH,1\u0000,1,1,1,"],
    2,
    3,
    "",
    "2020-03-12T00:00:00Z,ETH,1\u0000,1,1,1,",
    "not a text file",
  ],
  ["broken UTF-8", ["\ufffd\ufffd"], 1, 1, "", "\ufffd\ufffd", "not a text file"],
  [
    "a bad round price",
    [ROUND_HEAD, "2020-03-12T00:00:00Z,ETH,7,one"],
    2,
    4,
    "price",
    "one",
    "not a number",
  ],
  [
    "a negative round",
    [ROUND_HEAD, "2020-03-12T00:00:00Z,ETH,7,-0.5"],
    2,
    4,
    "price",
    "-0.5",
    "price is negative",
  ],
  [
    "a round without its id column",
    ["timestamp_utc,symbol,price", "x"],
    1,
    4,
    "round_id",
    "timestamp_utc,symbol,price",
    "column round_id is missing",
  ],
  [
    "a round told twice",
    [ROUND_HEAD, ROUND, ROUND],
    3,
    1,
    "timestamp_utc",
    "2020-03-12T00:00:00Z",
    "same round as line 2",
  ],
  [
    "an id that is none, in one second",
    [ROUND_HEAD, ROUND, "2020-03-12T00:00:00Z,ETH,x,1"],
    3,
    3,
    "round_id",
    "x",
    "not a round id",
  ],
  [
    "rounds going back",
    [ROUND_HEAD, ROUND, "2020-03-11T00:00:00Z,ETH,8,1"],
    3,
    1,
    "timestamp_utc",
    "2020-03-11T00:00:00Z",
    "time goes back, after line 2",
  ],
  [
    "a kline of no epoch",
    [KLINE_HEAD, "158397120000,ETH,1,1,1,1"],
    2,
    1,
    "open_time",
    "158397120000",
    "not a date",
  ],
  [
    "a bad kline price without a header",
    [BINANCE("1583971200000", "1"), BINANCE("1583974800000", "?")],
    2,
    5,
    "close",
    "?",
    "not a number",
  ],
  [
    "a kline cut short",
    [BINANCE("1583971200000", "1"), "1583974800000,1,1"],
    2,
    4,
    "low",
    "1583974800000,1,1",
    "3 columns where the first line has 12",
  ],
  [
    "a kline told twice",
    [BINANCE("1583971200000", "1"), BINANCE("1583971200000", "1")],
    2,
    1,
    "open_time",
    "1583971200000",
    "same time as line 1",
  ],
  [
    "a kline header without a close",
    ["open_time,open,high,low,volume", "x"],
    1,
    6,
    "close",
    "open_time,open,high,low,volume",
    "column close is missing",
  ],
];

describe("MalformedTape", () => {
  for (const [what, lines, line, column, columnName, text, reason] of CASES)
    it(`places ${what} at ${line}:${column}`, () => {
      expect(() => parseTape("ETHUSD.csv", lines.join("\n")))
        .to.throw(MalformedTape)
        .with.include({ file: "ETHUSD.csv", line, column, columnName, text, reason });
    });

  it("shows file, line, column, name, reason and text", () => {
    const text = [HEAD, "2020-03-12T01:00:00Z,ETH,1,1,1,abc,"].join("\n");
    expect(() => parseTape("tape.csv", text)).to.throw('tape.csv:2:6 (close): not a number: "abc"');
  });

  it("counts blank lines as lines", () => {
    const text = [HEAD, "", "", "2020-03-12T01:00:00Z,ETH,1,1,1,abc,"].join("\r\n");
    expect(() => parseTape("tape.csv", text))
      .to.throw(MalformedTape)
      .with.include({ line: 4 });
  });

  it("leaves prices and repeats outside the window alone, and other symbols'", () => {
    const hour = "2020-03-12T01:00:00Z,ETH,1,1,1,0,";
    const other = "2020-03-12T05:00:00Z,BTC,1,1,1,x,";
    const bad = [GOOD, GOOD, hour, other, "2020-03-13T05:00:00Z,ETH,2,2,2,2,"];
    const text = [HEAD, ...bad].join("\n");
    const options = { symbol: "ETH", from: "2020-03-13" };
    expect(parseTape("tape.csv", text, options).points).to.have.length(1);
  });

  it("shortens long texts in the message, not in the field", () => {
    const long = "x".repeat(500);
    expect(() => parseTape("tape.csv", [HEAD, GOOD.replace(",1,", `,${long},`)].join("\n")))
      .to.throw(MalformedTape)
      .with.include({ text: long })
      .and.property("message")
      .with.length.below(140);
  });
});
