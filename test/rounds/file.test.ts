import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { NotRounds, RoundsMissing, RoundTwice, TooFewRounds } from "../../scripts/rounds/errors.ts";
import { readRounds } from "../../scripts/rounds/file.ts";
import { MalformedTape, UnknownSymbol, UnreadableTape } from "../../sdk/sim/tape/errors.ts";

const HEAD = "timestamp_utc,symbol,round_id,price";
const P1 = 1n << 64n;

describe("a file of rounds", () => {
  const folder = mkdtempSync(join(tmpdir(), "rounds-"));
  after(() => rmSync(folder, { recursive: true }));

  function file(...lines: string[]): string {
    const path = join(folder, "rounds.csv");
    writeFileSync(path, lines.join("\n"));
    return path;
  }

  function row(number: bigint, minute: number, price = "2000", symbol = "ETH-USD.CHAINLINK") {
    const time = `2023-04-05T22:${String(minute).padStart(2, "0")}:00Z`;
    return `${time},${symbol},${P1 + number},${price}`;
  }

  it("is read in the order rounds came, none left out, one second's by their ids", () => {
    const path = file(HEAD, row(3n, 7), row(2n, 7), row(1n, 5), row(9n, 8, "1", "A-USD.X"));
    const { symbol, base, decimals, rounds } = readRounds(path, "ETH");
    expect([symbol, base, decimals]).to.deep.equal(["ETH-USD.CHAINLINK", "ETH", 8]);
    expect(rounds.map(({ id }) => id - P1)).to.deep.equal([1n, 2n, 3n]);
    expect(rounds[0]).to.deep.include({ price: 2_000n * 10n ** 18n, time: 1_680_732_300 });
  });

  it("may tell a time before the round before it: it came with that one, and says what it says", () => {
    const { rounds } = readRounds(file(HEAD, row(1n, 5), row(3n, 6), row(2n, 7)), "ETH");
    expect(rounds.map(({ id }) => id - P1)).to.deep.equal([1n, 2n, 3n]);
    expect(rounds.map(({ time }) => (time / 60) % 60)).to.deep.equal([5, 7, 6]);
    expect(rounds.map(({ came }) => (came / 60) % 60)).to.deep.equal([5, 7, 7]);
  });

  it("with more than eight decimals is of a feed of eighteen", () => {
    const path = file(HEAD, row(1n, 5, "0.99631698120914"), row(2n, 6, "1"));
    expect(readRounds(path, "ETH").decimals).to.equal(18);
  });

  it("may begin a phase anywhere near its start, and go back to an older one", () => {
    const old = `2023-04-05T22:30:00Z,ETH-USD.CHAINLINK,${P1 + 900_001n},2000`;
    const next = `2023-04-05T22:31:00Z,ETH-USD.CHAINLINK,${2n * P1 + 159n},2000`;
    const beside = `2023-04-05T22:32:00Z,ETH-USD.CHAINLINK,${P1 + 900_002n},2000`;
    expect(readRounds(file(HEAD, old, next, beside), "ETH").rounds).to.have.length(3);
  });

  const bad: [
    what: string,
    lines: string[],
    error: new (...args: never[]) => Error,
    says: RegExp,
  ][] = [
    [
      "of bars",
      ["timestamp_utc,symbol,open,high,low,close", "2020-01-01,ETH,1,1,1,1"],
      NotRounds,
      /round_id/,
    ],
    [
      "of another symbol",
      [HEAD, row(1n, 5, "1", "BTC-USD.CHAINLINK")],
      UnknownSymbol,
      /"ETH".*BTC/,
    ],
    ["of one round", [HEAD, row(1n, 5)], TooFewRounds, /1 round/],
    ["with a hole", [HEAD, row(1n, 5), row(1_500n, 6)], RoundsMissing, /1498 rounds are missing/],
    ["with one twice", [HEAD, row(1n, 5), row(2n, 6), row(2n, 7)], RoundTwice, /is there twice/],
    ["with a price of zero", [HEAD, row(1n, 5), row(2n, 6, "0")], MalformedTape, /:3:4 .*zero/],
    ["with a bad id", [HEAD, row(1n, 5), "2020-01-01,ETH,x,1"], MalformedTape, /:3:3 .*round id/],
    [
      "with a bad date",
      [HEAD, row(1n, 5), "yesterday,ETH,1,1"],
      MalformedTape,
      /:3:1 .*not a date/,
    ],
    ["with a short line", [HEAD, row(1n, 5), "2020-01-01,ETH"], MalformedTape, /2 columns/],
  ];
  for (const [what, lines, error, says] of bad) {
    it(`${what} is refused`, () => {
      const symbol = what === "of another symbol" ? "ETH" : "ETH-USD.CHAINLINK";
      const text = lines.map((line) => line.replace(",ETH,", ",ETH-USD.CHAINLINK,"));
      expect(() => readRounds(file(...text), symbol)).to.throw(error, says);
    });
  }

  it("that is not there is refused", () => {
    expect(() => readRounds(join(folder, "none.csv"), "ETH")).to.throw(UnreadableTape, "none.csv");
  });
});
