import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";
import { maxInt256, parseEther } from "viem";

import { hashOrder } from "../../../sdk/orders/index.ts";
import { REDUCE_ONLY } from "../../../sdk/types/Order.ts";
import { idOf } from "../../fixtures/margin.ts";
import { calmMarket, meet, pair, settle, sign } from "../../fixtures/market.ts";
import { refuses } from "../../fixtures/refusal.ts";
import {
  domainOf,
  fillOf,
  future,
  option,
  perp,
  sizeOf,
  trade,
  type Trading,
} from "../../fixtures/trading.ts";

const ETH = 2;
const eth = perp(ETH);
const one = parseEther("1");
const MAX_AMOUNT = 10n ** 34n;
const wish = { instrument: eth, size: 1, price: 2_000 };

describe("attack: sizes", () => {
  let local: Trading;

  beforeEach(async () => {
    local = await calmMarket();
  });

  /** Both orders, and the fill, of so many wei; `flags` are the taker's. */
  async function ofWei(size: bigint, flags = 0, instrument = eth) {
    const [sell, buy] = await pair(local, local.alice, local.bob, { ...wish, instrument });
    const maker = await sign(local, local.bob, { ...sell.order, size: -size });
    const taker = await sign(local, local.alice, { ...buy.order, size, flags });
    return fillOf(maker, taker, size);
  }

  it("one wei trades, and pays a wei for each side", async () => {
    const { clearinghouse, alice, bob } = local;
    const cash = await Promise.all(
      [alice, bob].map((one) => clearinghouse.read.cashOf([idOf(one)])),
    );
    await settle(local, [await ofWei(1n)]);
    const [list] = await clearinghouse.read.positionsOf([idOf(alice)]);
    expect(list.map(({ size }) => size)).to.deep.equal([1n]);
    const after = await Promise.all(
      [alice, bob].map((one) => clearinghouse.read.cashOf([idOf(one)])),
    );
    for (const i of [0, 1]) expect(after[i]! - cash[i]! <= -1n).to.equal(true);
    expect((await clearinghouse.read.interestOf([eth])).open).to.equal(1n);
  });

  it("past 1e34 are refused, up to what an int256 can say", async () => {
    for (const size of [MAX_AMOUNT + 1n, 2n ** 127n, 2n ** 128n, 2n ** 192n, maxInt256]) {
      for (const flags of [0, REDUCE_ONLY]) {
        const fill = await ofWei(size, flags);
        const args = [-size, -MAX_AMOUNT, MAX_AMOUNT];
        await refuses(local, () => settle(local, [fill]), "OutOfBounds", args);
      }
    }
    const [sell, buy] = await pair(local, local.alice, local.bob, wish);
    const lowest = await sign(local, local.bob, { ...sell.order, size: -maxInt256 - 1n });
    const args = [-maxInt256 - 1n, -MAX_AMOUNT, MAX_AMOUNT];
    await refuses(local, () => settle(local, [fillOf(lowest, buy, 1n)]), "OutOfBounds", args);
  });

  it("past the cap on open interest are refused, however far past", async () => {
    const cap = parseEther("30000000");
    for (const size of [cap + 1n, 2n ** 96n + 1n, 2n ** 112n, MAX_AMOUNT]) {
      const fill = await ofWei(size);
      const act = () => settle(local, [fill]);
      await refuses(local, act, "OpenInterestCapExceeded", [2n, cap, size]);
    }
  });

  it("of a coin worth next to nothing are counted to the last unit", async () => {
    const thin = await calmMarket((p) => {
      p.listings["LINK"]!.feed.price = 0.00001;
      p.factors["LINK"]!.openInterest = { low: 1e12, high: 2e12, cap: 4e12 };
      return p;
    });
    // 100 billion units are 1 000 000 USD; 2^96 wei are 79 billion units.
    for (const actor of [thin.alice, thin.bob]) await thin.deposit(actor, "USDC", 10_000_000);
    await trade(thin, thin.alice, thin.bob, {
      ...{ instrument: perp(4), size: "100000000000", price: "0.00001" },
    });
    const [market] = await thin.clearinghouse.read.marketOf([4n]);
    expect(market.openInterest).to.equal(parseEther("100000000000"));
  });

  it("a fee of any size may be accepted", async () => {
    const { alice, bob } = local;
    await settle(local, [await meet(local, alice, bob, { ...wish, maxFee: maxInt256 })]);
  });

  it("reduce-only neither grows a position, nor opens, nor turns one", async () => {
    const { alice, bob } = local;
    const grow = await meet(local, alice, bob, { ...wish, reduceOnly: true });
    const opens = [idOf(alice), eth, 0n, one];
    await refuses(local, () => settle(local, [grow]), "WouldGrow", opens);
    await trade(local, alice, bob, wish);
    const more = await meet(local, alice, bob, { ...wish, reduceOnly: true });
    const grows = [idOf(alice), eth, one, one];
    await refuses(local, () => settle(local, [more]), "WouldGrow", grows);
    const [turn, buy] = await pair(local, bob, alice, { ...wish, size: 2 }, { reduceOnly: true });
    const turns = [idOf(alice), eth, one, -one - 1n];
    await refuses(local, () => settle(local, [fillOf(turn, buy, one + 1n)]), "WouldGrow", turns);
    await settle(local, [fillOf(turn, buy, one)]);
    expect(await sizeOf(local, idOf(alice), eth)).to.equal(0);
  });

  for (const size of ["0.000000000000000001", "5"]) {
    it(`no account trades ${size} with itself: its bid and its offer stay what they were`, async () => {
      const { alice, bob, clearinghouse } = local;
      for (const [instrument, price, edge] of [
        [eth, 2_000, 2_060],
        [future(ETH, local.near), 2_000, 1_940],
        [option(ETH, "call", local.near, 2_100), 35, 20],
      ] as const) {
        await trade(local, alice, bob, { instrument, size: 1, price });
        const before = await state(instrument);
        const [sell, buy] = await pair(local, alice, alice, { instrument, size, price: edge });
        const fill = fillOf(sell, buy);
        await refuses(local, () => settle(local, [fill]), "SelfMatch", [idOf(alice)]);
        await settle(local, [fill], false); // left out
        expect(await state(instrument)).to.deep.equal(before);
        for (const { order } of [sell, buy]) {
          expect(
            await clearinghouse.read.filledOf([hashOrder(order, await domainOf(local))]),
          ).to.equal(0n);
        }
      }
    });
  }

  async function state(instrument: bigint) {
    const { clearinghouse, alice } = local;
    const [market] = await clearinghouse.read.marketOf([2n]);
    const { openInterest, funding, premium } = market;
    const [list, entries, gains] = await clearinghouse.read.positionsOf([idOf(alice)]);
    const interest = await clearinghouse.read.interestOf([instrument]);
    const all = { openInterest, funding, premium, interest, list, entries, gains };
    const rest = JSON.stringify(all, (_, v: unknown) => (typeof v === "bigint" ? `${v}` : v));
    return { rest, cash: await clearinghouse.read.cashOf([idOf(alice)]) };
  }
});
