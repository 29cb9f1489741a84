import { expect } from "chai";
import { EmptyTape, MalformedWindow, UnknownSymbol } from "../../../sdk/sim/tape/errors.ts";
import { parseTape, type ParseOptions } from "../../../sdk/sim/tape/parse.ts";
import { roundsOf } from "../../../sdk/sim/tape/Tape.ts";
import { decimalText } from "../../../sdk/decimal.ts";
import { isoTime } from "../../../sdk/sim/tape/time.ts";

const BARS = `timestamp_utc,symbol,open,high,low,close,volume
2020-03-12T00:00:00Z,BTC-USD.BITSTAMP,7900,7950,7850,7910,1
2020-03-12T01:00:00Z,BTC-USD.BITSTAMP,7910,7920,7600,7650,
2020-03-12T03:00:00Z,BTC-USD.BITSTAMP,7650,7660,7500,7550.5,2
2020-03-12T00:00:00Z,ETH-USD.BITSTAMP,194,195,193,194.5,1
2020-03-12T01:00:00Z,ETH-USD.BITSTAMP,194.5,194.5,180,1.9e2,1
`;
const ROUNDS = `timestamp_utc,symbol,round_id,price
2023-03-11T07:51:23Z,USDC-USD.CHAINLINK,36893488147419103822,0.88
2023-03-11T07:52:23Z,USDC-USD.CHAINLINK,36893488147419103824,0.89
2023-03-11T07:52:23Z,USDC-USD.CHAINLINK,36893488147419103823,0.885
`;
const OPEN = 1_583_971_200;

/** `2020-03-12T01:00:00Z ETH 194.5 BTC 7910`, a line per point. */
function told(text: string, options: ParseOptions = {}): string[] {
  return parseTape("tape.csv", text, options).points.map(({ time, prices }) =>
    [isoTime(time), ...Object.entries(prices).map(([s, p]) => `${s} ${decimalText(p)}`)].join(" "),
  );
}

describe("parseTape: bars", () => {
  it("tells each close when its bar ends, one point per time", () => {
    expect(told(BARS)).to.deep.equal([
      "2020-03-12T01:00:00Z BTC 7910 ETH 194.5",
      "2020-03-12T02:00:00Z BTC 7650 ETH 190",
      "2020-03-12T04:00:00Z BTC 7550.5",
    ]);
  });

  it("names the tape after its file, and its series in the source", () => {
    const tape = parseTape("data/crash.csv.gz", BARS, { symbol: ["ETH", "BTC"] });
    expect(tape.name).to.equal("crash");
    expect(tape.source).to.equal("data/crash.csv.gz: ETH-USD.BITSTAMP, BTC-USD.BITSTAMP");
    expect(tape.symbols).to.deep.equal(["ETH", "BTC"]);
  });

  it("takes a symbol alone", () => {
    expect(told(BARS, { symbol: "ETH" })).to.have.length(2);
    expect(() => told(BARS, { symbol: "SOL" })).to.throw(UnknownSymbol);
  });

  it("tells another price of the bar if asked", () => {
    expect(told(BARS, { symbol: "ETH", price: "low" })[1]).to.contain("ETH 180");
  });

  it("finds columns by name, whatever their order", () => {
    const text = "symbol,close,low,high,open,timestamp_utc\nETH,5,4,6,5,2020-03-12 00:00\n";
    expect(told(text)).to.deep.equal(["2020-03-12T00:00:00Z ETH 5"]);
  });

  it("takes the file's bar length for a lone bar", () => {
    const lone = "2020-03-12T00:00:00Z,SOL,1,1,1,1,\n";
    expect(told(BARS + lone, { symbol: "SOL" })).to.deep.equal(["2020-03-12T01:00:00Z SOL 1"]);
  });

  it("reads CRLF, a byte order mark, blank lines and quotes", () => {
    const text = `\ufeff${BARS.replaceAll("\n", "\r\n\r\n").replaceAll(/194\.5/g, '"194.5"')}`;
    expect(told(text)).to.deep.equal(told(BARS));
  });
});

describe("parseTape: rounds", () => {
  it("tells each round at its own time; the higher id of one second stands", () => {
    expect(told(ROUNDS)).to.deep.equal([
      "2023-03-11T07:51:23Z USDC 0.88",
      "2023-03-11T07:52:23Z USDC 0.89",
    ]);
    const swapped = ROUNDS.replace("3822,0.88", "3822,0.88").split("\n");
    [swapped[2], swapped[3]] = [swapped[3]!, swapped[2]!];
    expect(told(swapped.join("\n"))[1]).to.contain("USDC 0.89");
  });
});

describe("parseTape: klines", () => {
  const kline = (open: number | string, close: string) => `${open},1,9,1,${close},10,0,0,0,0,0,0`;
  const hours = ["2020-03-12T01:00:00Z ETH 5", "2020-03-12T02:00:00Z ETH 6"];
  for (const [unit, factor] of [
    ["seconds", 1],
    ["milliseconds", 1e3],
    ["microseconds", 1e6],
  ] as const)
    it(`reads ${unit}`, () => {
      const text = [kline(OPEN * factor, "5"), kline((OPEN + 3600) * factor, "6")].join("\n");
      expect(told(text, { symbol: "ETH" })).to.deep.equal(hours);
    });

  it("reads a header, with spaces or underscores", () => {
    for (const head of ["open_time", "Open time"]) {
      const text = `${head},open,high,low,close,volume\n${OPEN}000,1,9,1,5,1\n${OPEN + 3600}000,1,9,1,6,1`;
      expect(told(text, { symbol: "ETH" })).to.deep.equal(hours);
    }
  });

  it("calls the series what symbol says", () => {
    expect(told(kline(OPEN, "5"), { symbol: "BTCUSDT" })).to.deep.equal([
      "2020-03-12T00:00:00Z BTC 5",
    ]);
    expect(() => told(kline(OPEN, "5"), { symbol: ["BTC", "ETH"] })).to.throw(
      UnknownSymbol,
      '"ETH"',
    );
  });
});

describe("parseTape: windows", () => {
  const eth = { symbol: "ETH" };
  it("includes both ends", () => {
    const window = { from: "2020-03-12T01:00:00Z", to: "2020-03-12T02:00:00Z" };
    expect(told(BARS, { ...eth, ...window })).to.have.length(2);
    expect(told(BARS, { ...eth, from: "2020-03-12T01:00:01Z" })).to.have.length(1);
  });

  it("reads a date as the whole day", () => {
    for (const window of [{ day: "2020-03-12" }, { from: "2020-03-12", to: "2020-03-12" }])
      expect(told(BARS, window)).to.have.length(3);
  });

  it("names the tape's real range where a window leaves nothing", () => {
    expect(() => told(BARS, { ...eth, day: "2021-05-19" }))
      .to.throw(EmptyTape)
      .with.deep.include({ range: { from: OPEN + 3600, to: OPEN + 7200 } })
      .and.property("message")
      .that.contains("it runs from 2020-03-12T01:00:00Z to 2020-03-12T02:00:00Z");
    expect(() => told(BARS, { day: "2021-05-19" })).to.throw("to 2020-03-12T04:00:00Z");
  });

  it("refuses dates that are none, and an end before its start", () => {
    expect(() => told(BARS, { day: "12 March" })).to.throw(MalformedWindow, 'day "12 March"');
    expect(() => told(BARS, { day: "2020-03-12T01:00" })).to.throw(MalformedWindow);
    expect(() => told(BARS, { from: "soon" })).to.throw(MalformedWindow, 'from "soon"');
    expect(() => told(BARS, { from: "2020-03-13", to: "2020-03-11" })).to.throw(MalformedWindow);
    expect(() => told(BARS, { day: "2020-03-12", to: "2020-03-12" })).to.throw(MalformedWindow);
  });
});

describe("parseTape: roundsOf", () => {
  it("skips the points where a symbol has no new round", () => {
    const tape = parseTape("tape.csv", BARS);
    expect(roundsOf(tape, "ETH").map(({ time }) => time - OPEN)).to.deep.equal([3600, 7200]);
    expect(() => roundsOf(tape, "SOL")).to.throw(UnknownSymbol);
  });
});
