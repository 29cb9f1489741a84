import { expect } from "chai";
import { describe, it } from "mocha";
import type { Address } from "viem";

import { listFactor, listNew } from "../../fixtures/listing.ts";
import { idOf, later, offer, phaseOf } from "../../fixtures/margin.ts";
import { calmMarket, meet, settle } from "../../fixtures/market.ts";
import { requireMatched } from "../../fixtures/open.ts";
import { refuses } from "../../fixtures/refusal.ts";
import { future, option, perp, trade, type Trading } from "../../fixtures/trading.ts";

const BID_GAS = 6_100_000n; // 5 055 000 measured at 32 positions, and a fifth

describe("attack: an account's places", () => {
  /** Alice sells, bob buys: so many options of ETH, four strikes an expiry and kind. */
  async function strip(local: Trading, count: number, size: number | string, index = 0n) {
    const { alice, bob, near, far } = local;
    const account = idOf(alice, index);
    for (let i = 0; i < count; i += 4) {
      const fills = [];
      for (let k = i; k < Math.min(i + 4, count); ++k) {
        const kind = k % 2 === 0 ? "call" : "put";
        const expiry = k % 4 < 2 ? near : far;
        const id = option(2, kind, expiry, 1_700 + 75 * Math.floor(k / 4));
        const { mark } = await local.clearinghouse.read.quoteOf([id]);
        const price = Math.max(1, Math.round(Number(mark) / 1e18));
        fills.push(await meet(local, bob, alice, { instrument: id, size, price }, { account }));
      }
      await settle(local, fills);
    }
  }

  it("end at 32 positions; one closed makes room for another", async () => {
    const local = await calmMarket();
    const { alice, bob } = local;
    await strip(local, 32, "0.01");
    const [list] = await local.clearinghouse.read.positionsOf([idOf(alice)]);
    expect(list).to.have.length(32);
    const more = { instrument: perp(2), size: "0.01", price: 2_000 };
    for (const [buyer, seller] of [
      [alice, bob],
      [bob, alice],
    ] as const) {
      const fill = await meet(local, buyer, seller, more);
      const [, limit] = await refuses(local, () => settle(local, [fill]), "TooManyPositions");
      expect(limit).to.equal(32n);
    }
    const { instrument } = list[5]!;
    const { mark } = await local.clearinghouse.read.quoteOf([instrument]);
    const price = Math.max(1, Math.round(Number(mark) / 1e18));
    await trade(local, alice, bob, { instrument, size: "0.01", price });
    await trade(local, alice, bob, more);
    const [after] = await local.clearinghouse.read.positionsOf([idOf(alice)]);
    expect(after).to.have.length(32);
    expect(new Set(after.map((held) => held.instrument)).size).to.equal(32);
    expect(after.some((held) => held.instrument === instrument)).to.equal(false);
  });

  it("end at eight factors, in holdings and positions together, whichever comes last", async () => {
    const local = await calmMarket();
    const { alice, bob, clearinghouse } = local;
    for (const symbol of ["BTC", "ETH", "SOL"]) await local.deposit(alice, symbol, "0.001");
    const tokens: Address[] = [];
    for (let factor = 10; factor < 15; ++factor) tokens.push(await listFactor(local, factor));
    const put = (token: Address) =>
      clearinghouse.write.deposit([idOf(alice), token, 1n], { account: alice.account });
    for (const token of tokens.slice(0, 4)) await put(token);
    await trade(local, alice, bob, { instrument: perp(1), size: "0.001", price: 20_000 }); // held
    await put(await listNew(local, 30)); // a stable is no factor
    await trade(local, alice, bob, { instrument: perp(4), size: 1, price: 4 }); // the eighth
    await refuses(local, () => put(tokens[4]!), "TooManyFactors", [idOf(alice), 8n]);
    await trade(local, bob, alice, { instrument: perp(4), size: 1, price: 4 });
    await put(tokens[4]!); // the eighth
    const fill = await meet(local, alice, bob, { instrument: perp(4), size: 1, price: 4 });
    await refuses(local, () => settle(local, [fill]), "TooManyFactors", [idOf(alice), 8n]);
    await trade(local, alice, bob, { instrument: future(2, local.near), size: 1, price: 2_000 });
  });

  it("are not filled by strangers, in tokens or in positions", async () => {
    const local = await calmMarket();
    const { alice, bob, clearinghouse } = local;
    await trade(local, alice, bob, { instrument: perp(2), size: 1, price: 2_000 });
    const token = await listNew(local, 31, undefined, bob);
    const drop = () =>
      clearinghouse.write.deposit([idOf(alice), token, 1n], { account: bob.account });
    const [account, asset] = await refuses(local, drop, "NotHeld");
    expect([account, String(asset).toLowerCase()]).to.deep.equal([idOf(alice), token]);
  });

  it("all full are sold by a bid that fits a transaction", async () => {
    const local = await calmMarket();
    const { alice, carol, clearinghouse, pool } = local;
    await local.deposit(carol, "USDC", 1_000_000);
    await local.deposit(local.bob, "USDC", 1_000_000);
    const id = idOf(alice, 1n);
    const usdc = pool.tokens["USDC"]!;
    const move = [idOf(alice), id, usdc, 60_000_000_000n] as const;
    await clearinghouse.write.transfer(move, { account: alice.account });
    await strip(local, 32, "1.5", 1n);
    let price = 2_000;
    for (let i = 0; i < 12 && (await phaseOf(local, id)) === "Clear"; ++i) {
      price = Math.round(price * 1.06);
      await later(local, 60, { ETH: price });
      await clearinghouse.write.observe([2n, 8n]);
      await clearinghouse.write.call([id]).catch(() => undefined);
    }
    for (let i = 0; i < 6 && (await phaseOf(local, id)) !== "Auction"; ++i) {
      await later(local, 600, { ETH: price });
      await clearinghouse.write.observe([2n, 8n]);
      await clearinghouse.write.call([id]);
    }
    expect(await phaseOf(local, id)).to.equal("Auction");
    const fund = [idOf(carol), idOf(carol, 1n), usdc, 900_000_000_000n] as const;
    await clearinghouse.write.transfer(fund, { account: carol.account });
    const bid = offer(id, idOf(carol, 1n));
    const hash = await clearinghouse.write.bid([bid], { account: carol.account });
    const { gasUsed } = await local.client.getTransactionReceipt({ hash });
    const [taken] = await clearinghouse.read.positionsOf([idOf(carol, 1n)]);
    expect(taken).to.have.length(32);
    await requireMatched(local, [id, idOf(local.bob), idOf(carol, 1n)]);
    expect(gasUsed < BID_GAS, `${gasUsed}`).to.equal(true);
  });
});
