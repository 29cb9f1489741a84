import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";
import { parseEther } from "viem";

import { MAKER } from "../../../sdk/types/Order.ts";
import type { InstrumentId } from "../../../sdk/types/Ids.ts";
import { idOf, near, usd } from "../../fixtures/margin.ts";
import { calmMarket, pair, quoteOf, settle, sign } from "../../fixtures/market.ts";
import { refuses } from "../../fixtures/refusal.ts";
import { fillOf, future, option, perp, type Trading } from "../../fixtures/trading.ts";

const ETH = 2;

describe("attack: what a fill may cost", () => {
  let local: Trading;

  beforeEach(async () => {
    local = await calmMarket();
  });

  /** A fill of one milli-unit at a price of so many wei, half an hour of the clock held still. */
  async function at(instrument: InstrumentId, limitPrice: bigint) {
    const [sell, buy] = await pair(local, local.alice, local.bob, {
      ...{ instrument, size: "0.001", price: 1 },
    });
    const maker = await sign(local, local.bob, { ...sell.order, limitPrice });
    const taker = await sign(local, local.alice, { ...buy.order, limitPrice });
    return fillOf(maker, taker);
  }

  /** The edges fill, a wei beyond is refused with both edges. */
  async function edges(instrument: InstrumentId, low: bigint, high: bigint) {
    for (const [edge, beyond] of [
      [low, -1n],
      [high, 1n],
    ] as const) {
      await settle(local, [await at(instrument, edge)]);
      const fill = await at(instrument, edge + beyond);
      const args = [instrument, edge + beyond, low, high];
      await refuses(local, () => settle(local, [fill]), "PriceOutsideBand", args);
    }
  }

  /** The same where the edges move with every second: each fill meets them as they stand in its block. */
  async function edgesNow(instrument: InstrumentId) {
    for (const [edge, beyond] of [
      ["low", -1n],
      ["high", 1n],
    ] as const) {
      const { time } = local.networkHelpers;
      await time.setNextBlockTimestamp((await time.latest()) + 10);
      const quote = await local.clearinghouse.read.quoteOf([instrument], { blockTag: "pending" });
      const [fill, bad] = [
        await at(instrument, quote[edge]),
        await at(instrument, quote[edge] + beyond),
      ];
      const args = [instrument, quote[edge] + beyond, quote.low, quote.high];
      await refuses(local, () => settle(local, [bad]), "PriceOutsideBand", args);
      await settle(local, [fill]);
    }
  }

  it("a perp: mark ± the tolerance, 3.5 % of 2 000", async () => {
    // A fill at the edge pulls the premium; the fees of a milli-unit carry it 0.07 % at most. So each
    // edge is asked for anew.
    const eth = perp(ETH);
    const { mark, low, high } = await quoteOf(local, eth);
    expect([mark, low, high]).to.deep.equal(["2000", "1930", "2070"].map((n) => parseEther(n)));
    const beyond = await at(eth, high + 1n);
    const args = [eth, high + 1n, low, high];
    await refuses(local, () => settle(local, [beyond]), "PriceOutsideBand", args);
    const under = await at(eth, low - 1n);
    const less = [eth, low - 1n, low, high];
    await refuses(local, () => settle(local, [under]), "PriceOutsideBand", less);
    await settle(local, [await at(eth, low)]);
  });

  it("a future: the same about its forward", async () => {
    const dated = future(ETH, local.near);
    const { low, high } = await quoteOf(local, dated);
    expect([low, high]).to.deep.equal([parseEther("1930"), parseEther("2070")]);
    await edges(dated, low, high);
  });

  it("three bands, where the price itself is that uncertain", async () => {
    const oracle = await local.viem.getContractAt("ChainlinkOracle", local.pool.oracle);
    await oracle.write.setFeed([0x0200, local.pool.feeds["ETH"]!, 3_600, 50_000_000, 0]); // 5 %
    const dated = future(ETH, local.near);
    const { low, high } = await quoteOf(local, dated);
    expect([low, high]).to.deep.equal([parseEther("1700"), parseEther("2300")]);
    await edges(dated, low, high);
  });

  for (const kind of ["call", "put"] as const) {
    it(`a ${kind}: Black-76 at half and at twice the volatility, ± 2`, async () => {
      const id = option(ETH, kind, local.near, 2_000);
      const { mark, low, high } = await quoteOf(local, id);
      // At the money: σ√T·F·0.4 = 0.65·√(7/365)·2 000·0.399 = 71.8; half, and twice.
      near(usd(mark), 71.8, 0.2);
      near(usd(low), 35.9 - 2, 0.2);
      near(usd(high), 143.6 + 2, 0.5);
      await edgesNow(id);
    });
  }

  it("a worthless option costs nothing, and no one is paid to take it", async () => {
    const id = option(ETH, "put", local.near, 250);
    const { mark, low } = await quoteOf(local, id);
    near(usd(mark), 0, 1e-6);
    expect(low).to.equal(0n);
    await settle(local, [await at(id, 0n)]);
    const args = [id, -1n];
    const paid = await at(id, -1n);
    const found = await refuses(local, () => settle(local, [paid]), "PriceOutsideBand");
    expect(found.slice(0, 2)).to.deep.equal(args);
  });

  it("a fee above what an order accepts: fees may rise after it was signed", async () => {
    const { alice, bob, clearinghouse } = local;
    const wish = { instrument: perp(ETH), size: 1, price: 2_000, maxFee: parseEther("1") };
    const [sell, buy] = await pair(local, alice, bob, wish); // a taker pays 0.05 % of 2 000: 1
    const [params, recipient] = await clearinghouse.read.trade();
    await clearinghouse.write.setTrade([{ ...params, takerFee: 500_001 }, recipient]);
    const most = [idOf(alice), parseEther("1.000002"), parseEther("1")];
    await refuses(local, () => settle(local, [fillOf(sell, buy)]), "FeeTooHigh", most);
    await clearinghouse.write.setTrade([{ ...params, takerFee: 500_000 }, recipient]);
    await settle(local, [fillOf(sell, buy)]);
  });

  it("a maker's fee binds a maker", async () => {
    const { alice, bob } = local;
    const wish = { instrument: perp(ETH), size: 1, price: 2_000 };
    const [sell, buy] = await pair(local, alice, bob, wish, { maxFee: parseEther("0.4") - 1n });
    const args = [idOf(bob), parseEther("0.4"), parseEther("0.4") - 1n];
    await refuses(local, () => settle(local, [fillOf(sell, buy)]), "FeeTooHigh", args);
    const none = await sign(local, bob, { ...sell.order, flags: MAKER, maxFee: -1n });
    const below = [idOf(bob), parseEther("0.4"), -1n];
    await refuses(local, () => settle(local, [fillOf(none, buy)]), "FeeTooHigh", below);
  });
});
