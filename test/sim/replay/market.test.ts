import { expect } from "chai";

import { readParams } from "../../../sdk/files/params.ts";
import { marketOf } from "../../../sdk/sim/tape/market.ts";
import { NotInDollars, PriceOutOfBounds, UnlistedLeader } from "../../../sdk/sim/tape/errors.ts";
import { parseTape } from "../../../sdk/sim/tape/parse.ts";
import type { Tape } from "../../../sdk/sim/tape/Tape.ts";

const USD = 10n ** 18n;
const params = readParams("deployments/local/params.json"); // BTC ETH SOL LINK wstETH USDC

const tapeOf = (...series: (readonly [string, ...bigint[]])[]): Tape => ({
  name: "crash",
  source: "by hand",
  symbols: series.map(([symbol]) => symbol),
  points: series[0]!.slice(1).map((_, i) => ({
    time: 600 * i,
    prices: Object.fromEntries(series.map(([symbol, ...prices]) => [symbol, prices[i]!])),
  })),
});

const HEAD = "timestamp_utc,symbol,open,high,low,close";
const named = (symbol: string) => {
  const text = `${HEAD}\n2020-03-12T00:00:00Z,${symbol},200,200,200,200`;
  return marketOf(parseTape("crash.csv", text), params);
};

describe("the market that a tape makes for a pool", () => {
  it("leads by what the pool lists, as each venue calls it", () => {
    for (const symbol of ["ETHUSD", "ETHBUSD", "ETHFDUSD", "tETHUSD", "ETHUSD_PERP"])
      expect(named(symbol).leader, symbol).to.equal("ETH");
    for (const symbol of ["XBTUSD", "tBTCUSD", "BTCUSD_PERP"])
      expect(named(symbol).leader, symbol).to.equal("BTC");
  });

  it("refuses a leader that is not listed, and says three ways out", () => {
    for (const symbol of ["ETH-EUR", "ETHBTC", "AVAX-USD", "BTCUSD_230630", "Schnitzel"])
      expect(() => named(symbol), symbol)
        .to.throw(UnlistedLeader, "or let it lead all the same with --unlisted")
        .and.property("message")
        .contains("is not listed by the pool, which has BTC, ETH, SOL, LINK, wstETH, USDC");
  });

  it("lets it lead if asked", () => {
    const tape = tapeOf(["ETH-EUR", 200n * USD, 100n * USD]);
    const { leader, following, tape: whole } = marketOf(tape, params, { leaders: "any", beta: 1 });
    expect(leader).to.equal("ETH-EUR");
    expect(following.map(({ symbol }) => symbol)).to.include("ETH");
    expect(whole.points[1]!.prices["ETH"]).to.equal(whole.points[0]!.prices["ETH"]! / 2n);
  });

  it("says what of the tape it leaves out, and what follows by what", () => {
    const tape = tapeOf(["ETH", 200n * USD], ["ETH-EUR", 180n * USD], ["AVAX", 4n * USD]);
    const { unlisted, following } = marketOf(tape, params);
    expect(unlisted).to.deep.equal(["ETH-EUR", "AVAX"]);
    expect(following).to.deep.include({ symbol: "SOL", beta: 0.75 });
    expect(following).to.deep.include({ symbol: "USDC", beta: null });
  });

  it("refuses prices in another unit than the pool's first: 195 for ETH", () => {
    const raw = (price: bigint) => () => marketOf(tapeOf(["ETH", price]), params);
    expect(raw(195n * 10_000n * USD)).not.to.throw();
    expect(raw(195n * 10_000n * USD + 1n)).to.throw(NotInDollars, "where the pool's parameters");
    expect(raw(USD / 100n)).to.throw(NotInDollars, "ETH begins at 0.01");
  });

  it("refuses prices that no feed can tell: past 10^10 USD, or below its last decimal", () => {
    const later = (price: bigint) => () =>
      marketOf(tapeOf(["ETH", 195n * USD, price]), params, { beta: 0 });
    expect(later(10n ** 28n)).not.to.throw();
    expect(later(10n ** 28n + 1n)).to.throw(PriceOutOfBounds, "0.00000001 to 10000000000");
    expect(later(10n ** 10n)).not.to.throw();
    expect(later(10n ** 10n - 1n)).to.throw(PriceOutOfBounds, "ETH at 0.000000009999999999");
  });

  it("refuses what a wild beta makes of what follows", () => {
    const tape = tapeOf(["ETH", 200n * USD, 400n * USD]);
    expect(() => marketOf(tape, params, { beta: 50 })).to.throw(PriceOutOfBounds, "BTC at ");
  });
});
