/**
 * The loader against the market data that lies beside the project, read in place. A clone has no
 * such folder; these tests then say so and are skipped.
 */
import { expect } from "chai";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { decimalText } from "../../../sdk/decimal.ts";
import { AmbiguousSymbol, MalformedTape } from "../../../sdk/sim/tape/errors.ts";
import { load } from "../../../sdk/sim/tape/load.ts";
import type { ParseOptions } from "../../../sdk/sim/tape/parse.ts";
import { roundsOf, type Tape } from "../../../sdk/sim/tape/Tape.ts";
import { isoTime } from "../../../sdk/sim/tape/time.ts";

const FOLDER = fileURLToPath(new URL("../../../../shared/data/", import.meta.url));
const SPOT = "spot_1h_bitstamp_2018-05_2022-02.csv.gz";
const PERP = "perp_1h_2020-01_2022-09.csv.gz";
const ROUNDS = "chainlink_rounds.csv.gz";
const STRESS = "eth_10m_stress_days_2020_2021.csv.gz";

function lowOf(tape: Tape, symbol: string): string {
  const rounds = roundsOf(tape, symbol);
  const low = rounds.reduce((a, b) => (b.price < a.price ? b : a));
  return `${decimalText(low.price)} at ${isoTime(low.time)}`;
}

describe("load: the record", function () {
  this.timeout(20_000);

  before(function () {
    if (existsSync(FOLDER)) return;
    console.log(`      no market data at ${FOLDER}: skipped`);
    this.skip();
  });

  const lows: [file: string, options: ParseOptions, symbol: string, low: string][] = [
    [SPOT, { from: "2020-03-12", to: "2020-03-13", price: "low" }, "ETH", "88.2"],
    [SPOT, { from: "2020-03-12", to: "2020-03-13", price: "low" }, "BTC", "3850"],
    [PERP, { day: "2020-03-13", symbol: "ETH", price: "low" }, "ETH", "84.23"],
    [PERP, { day: "2020-03-13", symbol: ["ETH", "BTC"], price: "low" }, "BTC", "3621.81"],
    [SPOT, { day: "2021-05-19", price: "low" }, "BTC", "30066"],
    [SPOT, { day: "2021-05-19", price: "low" }, "ETH", "1850"],
    [ROUNDS, { symbol: "USDC" }, "USDC", "0.88 at 2023-03-11T07:51:23Z"],
    [ROUNDS, { day: "2022-06-18" }, "STETH-ETH", "0.93501933 at 2022-06-18T09:09:38Z"],
  ];
  for (const [file, options, symbol, low] of lows)
    it(`finds ${symbol} at ${low} in ${file}`, () => {
      const found = lowOf(load(FOLDER + file, options), symbol);
      expect(found).to.match(new RegExp(`^${low.replaceAll(".", "\\.")}($| at )`));
    });

  it("stamps the bar of the low at its end", () => {
    const tape = load(FOLDER + SPOT, { day: "2020-03-13", symbol: "ETH", price: "low" });
    expect(lowOf(tape, "ETH")).to.equal("88.2 at 2020-03-13T03:00:00Z");
  });

  it("reads a day of ten-minute bars, and tells closes", () => {
    const tape = load(FOLDER + STRESS, { day: "2020-03-12" });
    expect(tape.points).to.have.length(144);
    expect(tape.symbols).to.deep.equal(["ETH"]);
    expect(isoTime(tape.points[0]!.time)).to.equal("2020-03-12T00:10:00Z");
  });

  it("refuses the day whose bar is told three times, at its line", () => {
    expect(() => load(FOLDER + STRESS, { day: "2020-09-05" }))
      .to.throw(MalformedTape)
      .with.include({ line: 147, column: 1, reason: "same time as line 146" });
  });

  it("keeps the later of two rounds in one second", () => {
    const options = { symbol: "BTC", from: "2023-08-17T21:45:00Z", to: "2023-08-17T21:45:30Z" };
    const [round, ...none] = roundsOf(load(FOLDER + ROUNDS, options), "BTC");
    expect(decimalText(round!.price)).to.equal("25755");
    expect(none).to.deep.equal([]);
  });

  it("merges every series of a file, one point per time", () => {
    const tape = load(FOLDER + PERP, { day: "2021-05-19" });
    expect(tape.points).to.have.length(25);
    for (const { prices } of tape.points) expect(Object.keys(prices)).to.have.length(7);
  });

  it("has each series once: none is ambiguous", () => {
    expect(() => load(FOLDER + SPOT, { day: "2020-03-12" })).not.to.throw(AmbiguousSymbol);
  });
});
