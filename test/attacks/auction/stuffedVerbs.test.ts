import { expect } from "chai";
import { afterEach, beforeEach, describe, it } from "mocha";
import { formatEther } from "viem";

import { TooManyTerms } from "../../../sdk/errors/pool.ts";
import { preview } from "../../../sdk/preview/preview.ts";
import { getSnapshot } from "../../../sdk/snapshot/getSnapshot.ts";
import { idOf, later } from "../../fixtures/margin.ts";
import { encoded, meet, settle, taking } from "../../fixtures/market.ts";
import { refuses } from "../../fixtures/refusal.ts";
import { Bill, indebt, MOST, ramp, rounds, stuffedMarket } from "../../fixtures/stuffed.ts";
import type { Stuffed } from "../../fixtures/stuffed.ts";
import { future, halfHour, list, perp, trade } from "../../fixtures/trading.ts";

// What the owners of such accounts do themselves.
describe("attack: the acts of a stuffed account", function () {
  this.timeout(600_000);
  let local: Stuffed;
  let bill: Bill;

  beforeEach(async () => {
    local = await stuffedMarket();
    bill = new Bill(local);
    await ramp(local);
  });

  afterEach(() => {
    bill.print();
    expect(bill.dearer(MOST)).to.deep.equal([]);
  });

  /** A fill of dust that leaves neither the worse. */
  async function bothReducing() {
    const { alice, bob, client, clearinghouse, pool } = local;
    const accounts = [idOf(alice), idOf(bob)];
    const [held] = await clearinghouse.read.positionsOf([idOf(alice)]);
    for (const { instrument } of held) {
      const { mark } = await clearinghouse.read.quoteOf([instrument]);
      const wish = { instrument, size: "0.0001", price: formatEther(mark), reducing: true };
      const fill = await meet(local, alice, bob, wish, { reducing: true });
      const snapshot = await getSnapshot(client, { pool, accounts });
      const changes = [{ verb: "settle", fills: [fill], atomic: true }] as const;
      if (preview(snapshot, changes, { timestamp: snapshot.block.timestamp + 1 }).ok) return fill;
    }
    throw new Error("no fill reduces both");
  }

  const usdc = () => local.pool.tokens["USDC"]!;

  it("walk eight rounds of each factor, and are proved", async () => {
    const { alice, bob, clearinghouse, pool } = local;
    const [id, account] = [idOf(alice), alice.account];
    const to = account.address;
    const behind = () => rounds(local, 8, 2_000);
    await behind();
    await bill.add(
      "withdraw",
      clearinghouse.write.withdraw([id, usdc(), 10n ** 9n, to], { account }),
    );
    await behind();
    const eth = pool.tokens["ETH"]!;
    await bill.add(
      "transfer",
      clearinghouse.write.transfer([id, idOf(alice, 1n), eth, 1n], { account }),
    );
    await behind();
    await bill.add("setGrace", clearinghouse.write.setGrace([id, 1], { account }));
    await behind();
    const calls = Array.from({ length: 4 }, () => taking(local, alice, id, 10));
    await bill.add("batch", clearinghouse.write.batch([calls], { account }));
    const { instrument } = (await clearinghouse.read.positionsOf([id]))[0][5]!;
    const { mark } = await clearinghouse.read.quoteOf([instrument]);
    const price = Math.max(1, Math.round(Number(mark) / 1e18));
    await behind();
    const fill = await meet(local, bob, alice, { instrument, size: "0.0001", price });
    await bill.add("settle, both sides full", settle(local, [fill]));
  });

  it("are measured before and after where they are sent as reducing", async () => {
    const { alice, clearinghouse } = local;
    const [params, recipient] = await clearinghouse.read.trade();
    await clearinghouse.write.setTrade([{ ...params, makerFee: 0, takerFee: 0 }, recipient]);
    await rounds(local, 8, 2_000);
    await bill.add("settle, both reducing", settle(local, [await bothReducing()]));
    await indebt(local, alice);
    const repaid = [encoded(local, "repay", [idOf(alice), 1_000_000n])];
    await local.fund(alice, "USDC", 10);
    const { account } = alice;
    await bill.add(
      "batchReducing",
      clearinghouse.write.batchReducing([idOf(alice), repaid], { account }),
    );
  });

  it("top up and repay in call", async () => {
    const { alice, clearinghouse } = local;
    const [id, { account }] = [idOf(alice), alice];
    await indebt(local, alice);
    for (let i = 0; i < 2; ++i) {
      await later(local, 70, { ETH: 1_200 });
      await bill.add(`call ${i + 1}`, clearinghouse.write.call([id]));
    }
    await local.fund(alice, "USDC", 1_000);
    await later(local, 70, { ETH: 1_200 });
    await bill.add(
      "deposit in call",
      clearinghouse.write.deposit([id, usdc(), 10n ** 6n], { account }),
    );
    await later(local, 70, { ETH: 1_200 });
    await bill.add("repay in call", clearinghouse.write.repay([id, 10n ** 6n], { account }));
  });

  it("settle what has expired, all of it at once", async () => {
    const { alice, networkHelpers, clearinghouse, expiries } = local;
    for (const expiry of [...expiries].sort((a, b) => a - b)) {
      await networkHelpers.time.increaseTo(expiry - 1_900);
      for (let i = 0; i < 4; ++i) await rounds(local, 1, 2_000 + i);
      for (let at = expiry - 1_600; at < expiry + 400; at += 300) {
        await networkHelpers.time.increaseTo(
          Math.max(at, (await networkHelpers.time.latest()) + 1),
        );
        await rounds(local, 1, 2_000);
      }
      for (const factor of [1n, 2n]) {
        await clearinghouse.write.observe([factor, 64n]);
        expect((await clearinghouse.read.factorOf([factor]))[1].time).to.be.above(expiry);
      }
    }
    for (const factor of [1n, 2n]) await clearinghouse.write.settleExpiries([factor]);
    await bill.add("settleExpired", clearinghouse.write.settleExpired([idOf(alice)]));
    expect((await clearinghouse.read.positionsOf([idOf(alice)]))[0]).to.have.length(0);
  });

  it("open no ninth expiry; one of theirs, or a perp, as ever", async () => {
    const { alice, bob, networkHelpers } = local;
    const expiry = halfHour((await networkHelpers.time.latest()) + 75 * 86_400);
    await list(local, 2n, expiry, 0.65);
    // 32 are held: one closes, and makes room
    const { instrument } = (await local.clearinghouse.read.positionsOf([idOf(alice)]))[0][31]!;
    const { mark } = await local.clearinghouse.read.quoteOf([instrument]);
    const price = Math.max(1, Math.round(Number(mark) / 1e18));
    await trade(local, alice, bob, { instrument, size: "0.0001", price });
    const more = { instrument: future(2, expiry), size: "0.0001", price: 2_000 };
    for (const [buyer, seller] of [
      [alice, bob],
      [bob, alice],
    ] as const) {
      const fill = await meet(local, buyer, seller, more);
      const [, limit] = await refuses(local, () => settle(local, [fill]), "TooManyTerms");
      expect(limit).to.equal(8n);
      const snapshot = await getSnapshot(local.client, {
        ...{ pool: local.pool, accounts: [idOf(alice), idOf(bob)] },
      });
      const changes = [{ verb: "settle", fills: [fill], atomic: true }] as const;
      const foretold = preview(snapshot, changes, { timestamp: snapshot.block.timestamp + 1 });
      expect(!foretold.ok && foretold.error).to.be.instanceOf(TooManyTerms);
    }
    const held = { instrument: future(2, local.far), size: "0.0001", price: 2_000 };
    await trade(local, alice, bob, held);
    await trade(local, bob, alice, held);
    await trade(local, alice, bob, { instrument: perp(2), size: "0.0001", price: 2_000 });
  });
});
