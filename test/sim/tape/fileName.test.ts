import { expect } from "chai";
import { AmbiguousSymbol, UnknownSymbol, UnnamedMarket } from "../../../sdk/sim/tape/errors.ts";
import { marketIn } from "../../../sdk/sim/tape/fileName.ts";
import { parseTape } from "../../../sdk/sim/tape/parse.ts";

const BARS = "open_time,open,high,low,close\n1583971200000,194,195,193,194\n";
const symbolsOf = (file: string, symbol?: string) => parseTape(file, BARS, { symbol }).symbols;

describe("the market that a file's name says", () => {
  const says: [file: string, market: string | null][] = [
    ["ETHUSDT-1h-2020-03.csv", "ETHUSDT"],
    ["data/Bitstamp_ethusd_1h.csv.gz", "ethusd"],
    ["XBTUSD_60.csv", "XBTUSD"],
    ["ETH-USDT-SWAP_1H.csv", "ETH-USDT"],
    ["ETH-PERPETUAL.csv", "ETH-PERPETUAL"],
    ["kraken_ETH-EUR_60.csv", "ETH-EUR"],
    ["BTCUSD_PERP-1m-2023-01.csv", "BTCUSD"],
    ["BTCUSD_230630-1m-2023-01.csv", "BTCUSD_230630"],
    ["BTCUSD_quarter_1h.csv", "BTCUSD_quarter"],
    ["crash.csv", null],
    ["march-2020.csv", null],
    ["eth.csv", null],
    ["klines-in-usd.csv", null],
    ["btc-usd-and-eth-usd.csv", null],
  ];
  for (const [file, market] of says)
    it(`is ${market ?? "none"} of ${file}`, () => {
      expect(marketIn(file)).to.equal(market);
    });
});

describe("bars without a symbol", () => {
  it("are what the file's name says, never what it does not", () => {
    expect(symbolsOf("XBTUSD_60.csv")).to.deep.equal(["BTC"]);
    expect(symbolsOf("ETHBTC-1h.csv")).to.deep.equal(["ETH-BTC"]);
    expect(() => symbolsOf("crash.csv"))
      .to.throw(UnnamedMarket, "name it with --symbol ETH")
      .with.include({ file: "crash.csv" });
  });

  it("are what the symbol option says where the name says nothing", () => {
    expect(symbolsOf("crash.csv", "XBTUSD")).to.deep.equal(["BTC"]);
    expect(symbolsOf("crash.csv", "SOL=what it is")).to.deep.equal(["SOL"]);
  });

  it("are not another market's because the option says so, unless by name", () => {
    expect(() => symbolsOf("ETHEUR-1h.csv", "ETH")).to.throw(UnknownSymbol, "it has ETHEUR");
    expect(symbolsOf("ETHEUR-1h.csv", "ETH=ETHEUR")).to.deep.equal(["ETH"]);
  });
});

describe("a symbol beside open_time", () => {
  const text = (...symbols: string[]) =>
    ["open_time,symbol,open,high,low,close"]
      .concat(symbols.map((symbol) => `1583971200000,${symbol},7900,7950,7850,7910`))
      .join("\n");

  it("names the series, whatever the file is called", () => {
    const told = (file: string) => parseTape(file, text("BTCUSDT")).points[0]!.prices;
    expect(told("klines.csv")).to.deep.equal({ BTC: 7_910n * 10n ** 18n });
    expect(told("ETHUSDT-1h.csv")).to.deep.equal({ BTC: 7_910n * 10n ** 18n });
  });

  it("is found under the names that exchanges give it", () => {
    for (const name of ["pair", "market", "instrument_name", "product_id", "instId"]) {
      const renamed = text("XBTUSD").replace("symbol", name);
      expect(parseTape("klines.csv", renamed).symbols, name).to.deep.equal(["BTC"]);
    }
  });

  it("is joined with the currency that stands beside it", () => {
    const told = (coin: string, money: string) => {
      const head = "open_time,base,quote,open,high,low,close";
      const line = `1583971200000,${coin},${money},200,200,200,200`;
      return parseTape("klines.csv", `${head}\n${line}`).symbols[0];
    };
    expect(told("ETH", "USDT")).to.equal("ETH");
    expect(told("ETH", "EUR")).to.equal("ETH-EUR");
    expect(told("ETHUSDT", "USDT")).to.equal("ETH");
    expect(told("XBT", "")).to.equal("BTC");
  });

  it("leaves several series apart, and two of one market ambiguous", () => {
    expect(parseTape("klines.csv", text("BTCUSDT", "ETHBUSD")).symbols).to.deep.equal([
      "BTC",
      "ETH",
    ]);
    expect(() => parseTape("klines.csv", text("XBTUSD", "tBTCUSD"))).to.throw(AmbiguousSymbol);
    const symbol = "BTC=tBTCUSD";
    expect(parseTape("klines.csv", text("XBTUSD", "tBTCUSD"), { symbol }).symbols).to.deep.equal([
      "BTC",
    ]);
  });
});
