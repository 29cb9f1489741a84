import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { FileRefused } from "../../../sdk/params/errors.ts";
import { prepare } from "../../../scripts/replay/run.ts";
import { TapeError } from "../../../sdk/sim/tape/errors.ts";

describe("where a replay leaves its results", () => {
  const asked = { tape: "march-2020", params: "deployments/local/params.json", seed: 1 };

  for (const where of [{ out: "README.md" }, { out: "out", json: "docs" }])
    it(`is asked before the replay: ${JSON.stringify(where)}`, () => {
      expect(() => prepare({ ...asked, ...where, accounts: 200 })).to.throw(FileRefused);
    });
});

describe("what a replay is asked to replay", () => {
  const folder = mkdtempSync(join(tmpdir(), "replay-"));
  after(() => rmSync(folder, { recursive: true }));
  const params = "deployments/local/params.json";
  const asked = { params, seed: 1, accounts: 200, out: folder };
  const prepared = (file: string, text: string, symbol?: string) => {
    writeFileSync(join(folder, file), text);
    return prepare({ ...asked, tape: join(folder, file), symbol: symbol ? [symbol] : undefined });
  };

  const HOURS = [1_583_971_200, 1_583_974_800];
  const KLINES = "open_time,open,high,low,close";
  const klines = (price: string, head = KLINES) =>
    [head, ...HOURS.map((time) => [`${time}000`, price, price, price, price])].join("\n");
  const bars = (symbol: string) =>
    [`symbol,${KLINES}`, ...HOURS.map((time) => `${symbol},${time},200,200,200,200`)].join("\n");
  const rounds = (price: string) =>
    `timestamp_utc,symbol,round_id,price\n${HOURS[0]},ETH-USD,1,${price}`;

  const refused: [what: string, file: string, text: string, symbol: string, says: string][] = [
    ["euros", "a.csv", bars("ETH-EUR"), "", "ETH-EUR, is not listed by the pool"],
    ["bitcoins", "a.csv", bars("ETHBTC"), "", "ETH-BTC, is not listed by the pool"],
    ["a coin that is not listed", "a.csv", bars("DOGEUSD"), "", "DOGE, is not listed"],
    ["a dated future", "a.csv", bars("BTCUSD_230630"), "", "is not listed by the pool"],
    ["klines that nobody names", "klines.csv", klines("200"), "", "name it with --symbol ETH"],
    ["klines by a file of euros", "ETHEUR.csv", klines("200"), "ETH", "has ETHEUR"],
    ["raw answers", "a.csv", rounds("19450000000"), "", "raw answer"],
    ["a price past the bound", "a.csv", rounds("10000000000.5"), "", "largest price, 10000000000"],
    ["cents of cents", "a.csv", rounds("0.01"), "", "ETH begins at 0.01"],
    ["no header", "ETHUSDT.csv", klines("200", "1583967600,1,1,1,1"), "", "have no names"],
    [
      "a spreadsheet's times",
      "a.csv",
      bars("ETH").replace("1583971200", "1.58E+09"),
      "",
      "rounded",
    ],
    ["semicolons", "a.csv", bars("ETH").replaceAll(",", ";"), "", "parted by semicolons"],
    [
      "a low above the open",
      "a.csv",
      bars("ETH").replace(",200\n", ",210\n"),
      "",
      "not the highest",
    ],
  ];
  for (const [what, name, text, symbol, says] of refused)
    it(`is refused where it is ${what}`, () => {
      expect(() => prepared(name, text, symbol)).to.throw(TapeError, says);
    });

  it("is read under the name that is given", () => {
    expect(prepared("klines.csv", klines("200"), "ETH").market.leader).to.equal("ETH");
    expect(prepared("a.csv", bars("Schnitzel"), "SOL=Schnitzel").market.leader).to.equal("SOL");
    expect(prepared("ETHFDUSD-1h.csv", klines("200")).market.leader).to.equal("ETH");
  });
});
