/** How exchanges and data vendors call ETH and BTC, and what is another market. */
import { expect } from "chai";
import fc from "fast-check";
import { COINS, DOLLARS, OTHER_MONEY } from "../../../sdk/sim/tape/coins.ts";
import { baseName, pairOf } from "../../../sdk/sim/tape/symbol.ts";

const NAMES: [venue: string, symbols: string, base: string][] = [
  ["Binance", "ETHUSDT ETHBUSD ETHFDUSD ETHUSDC ETHTUSD ETHUSD_PERP", "ETH"],
  ["Binance COIN-M", "BTCUSD_PERP", "BTC"],
  ["Bitstamp", "ethusd ETH/USD", "ETH"],
  ["Coinbase", "ETH-USD ETH-USDC ETH-PERP-INTX", "ETH"],
  ["Kraken", "XBTUSD XXBTZUSD XBT/USD PF_XBTUSD PI_XBTUSD XBTUSDT", "BTC"],
  ["Kraken's dogs", "XDGUSD XDG/USD", "DOGE"],
  ["Bitfinex", "tBTCUSD tBTCUST tBTC:USD tBTCF0:USTF0", "BTC"],
  ["OKX", "ETH-USDT-SWAP ETH-USD-SWAP ETH-USDT", "ETH"],
  ["FTX", "ETH-PERP ETH/USD ETH/USDT", "ETH"],
  ["Deribit", "ETH-PERPETUAL ETH_USDC-PERPETUAL ETH_USDC", "ETH"],
  ["BitMEX", "XBTUSD XBTUSDT XBT_USDT", "BTC"],
  ["Bybit", "ETHPERP ETHUSD ETHUSDT", "ETH"],
  ["KuCoin", "XBTUSDTM XBTUSDM XBTUSDCM BTC-USDT", "BTC"],
  ["vendors", "BINANCE:ETHUSDT.P BITSTAMP_SPOT_ETH_USD ETH/USDT:USDT Crypto.ETH/USD", "ETH"],
  ["our record", "ETH-USDT-PERP.BINANCE ETH-USD.CHAINLINK ETH.CHAINLINK", "ETH"],
  ["Chainlink", "ETH / USD", "ETH"],
];

const OTHERS: [what: string, symbols: string][] = [
  ["in another currency", "ETH-EUR ETHEUR XETHZEUR ETH/GBP tETHEUR ETH-EUR.KRAKEN ETH.EUR ETHTRY"],
  ["in another coin", "ETHBTC ETH-BTC tETHBTC STETH-ETH.CHAINLINK ETH_XBT"],
  ["the wrong way round", "USDT_ETH USD-ETH KRW-ETH"],
  [
    "a dated future",
    "ETHUSD_230630 ETH-USD-230630 ETH-30JUN23 ETH-0930 FI_ETHUSD_230331 ETH/USD:ETH-230630 ETHUSD.Z23 ETHUSD.230630 ETHUSD_QUARTER",
  ],
  ["an option", "ETH-30JUN23-2000-C ETH-USD-230630-2000-P"],
  ["a token of its own", "STETHUSDT WETH-USD ETHBULL/USD 1000ETHUSDT ETHW-USD"],
];

describe("the market that a symbol names", () => {
  for (const [venue, symbols, base] of NAMES)
    it(`is ${base} by ${venue}'s names`, () => {
      const told = symbols.includes(" / ") ? [symbols] : symbols.split(" ");
      for (const symbol of told) expect(baseName(symbol), symbol).to.equal(base);
    });

  for (const [what, symbols] of OTHERS)
    it(`is not ETH where it is ${what}`, () => {
      for (const symbol of symbols.split(" ")) {
        expect(baseName(symbol), symbol).not.to.equal("ETH");
        expect(baseName(symbol), symbol).not.to.match(/^(USDT?|EUR|GBP|KRW)$/);
      }
    });

  it("is cut where a coin is known on the left, not where the longest currency would", () => {
    expect(pairOf("BNBUSD")).to.deep.equal({ base: "BNB", quote: "USD" }); // not BN in BUSD
    expect(pairOf("DOTUSD")).to.deep.equal({ base: "DOT", quote: "USD" }); // not DO in TUSD
    expect(pairOf("BNBBUSD")).to.deep.equal({ base: "BNB", quote: "BUSD" });
    expect(baseName("XYZBUSD")).to.equal("XYZBUSD"); // XYZ or XYZB
  });

  const coins = [...COINS].filter((coin) => coin === baseName(coin));
  const dollars = [...DOLLARS];
  const others = [...OTHER_MONEY];
  const cases = fc.constantFrom(
    (s: string) => s,
    (s: string) => s.toLowerCase(),
  );
  const separators = fc.constantFrom("", "-", "/", "_");

  it("is the coin for each coin in each dollar, however they are joined", () => {
    fc.assert(
      fc.property(
        ...([fc.constantFrom(...coins), separators, fc.constantFrom(...dollars), cases] as const),
        (coin, separator, dollar, write) => {
          const symbol = write(coin + separator + dollar);
          const name = baseName(symbol);
          if (separator !== "") expect(name, symbol).to.equal(coin);
          else expect([coin, coin + dollar], symbol).to.include(name); // or nothing's name
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it("is never a coin's own in any other money", () => {
    fc.assert(
      fc.property(
        ...([fc.constantFrom(...coins), separators, fc.constantFrom(...others), cases] as const),
        (coin, separator, money, write) => {
          const symbol = write(coin + separator + money);
          if (COINS.has(symbol.toUpperCase())) return; // ST in ETH is STETH
          expect(coins, symbol).not.to.include(baseName(symbol));
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it("has a name for any text, and takes no stand on what it does not know", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[G-Z]{3}[0-9]{2,6}$/), (text) => {
        expect(baseName(text)).to.equal(text);
        expect(baseName(`${text}-USD`)).to.equal(text);
      }),
    );
  });
});
