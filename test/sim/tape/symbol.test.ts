import { expect } from "chai";
import { AmbiguousSymbol, UnknownSymbol } from "../../../sdk/sim/tape/errors.ts";
import { baseName, chooseSeries } from "../../../sdk/sim/tape/symbol.ts";

describe("symbol", () => {
  const names: [full: string, base: string][] = [
    ["ETH-USDT-PERP.BINANCE", "ETH"],
    ["ETH-USD.BITSTAMP", "ETH"],
    ["ETH-USD.COINAPI", "ETH"],
    ["ETH-USD.CHAINLINK", "ETH"],
    ["STETH-ETH.CHAINLINK", "STETH-ETH"],
    ["USDC-USD.DEX15M", "USDC"],
    ["USDC-USDT", "USDC"],
    ["ETH/USD", "ETH"],
    ["BTCUSDT", "BTC"],
    ["LUSD", "LUSD"],
    ["USDT", "USDT"],
    ["eth", "ETH"],
  ];
  for (const [full, base] of names)
    it(`calls ${full} ${base}`, () => {
      expect(baseName(full)).to.equal(base);
    });

  const series = ["ETH-USD.BITSTAMP", "ETH-USDT-PERP.BINANCE", "BTC-USD.BITSTAMP"];

  it("lists the candidates where one name has two series", () => {
    expect(() => chooseSeries("tape.csv", series, [])).to.throw(
      AmbiguousSymbol,
      "tape.csv: ETH is quoted by ETH-USD.BITSTAMP and ETH-USDT-PERP.BINANCE",
    );
    expect(() => chooseSeries("tape.csv", series, ["ETH"])).to.throw(AmbiguousSymbol);
  });

  it("takes what is named in full, in the order named", () => {
    const chosen = chooseSeries("tape.csv", series, ["BTC", "eth-usd.bitstamp"]);
    expect([...chosen]).to.deep.equal([
      ["BTC-USD.BITSTAMP", "BTC"],
      ["ETH-USD.BITSTAMP", "ETH"],
    ]);
  });

  it("takes a series named twice once", () => {
    expect(chooseSeries("tape.csv", series, ["BTC", "BTC-USD.BITSTAMP"]).size).to.equal(1);
  });

  it("says what a file has instead", () => {
    const refused = () => chooseSeries("tape.csv", series, ["SOL"]);
    expect(refused).to.throw(UnknownSymbol, 'no "SOL"; it has ETH-USD.BITSTAMP,');
  });
});
