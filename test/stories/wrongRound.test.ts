import { expect } from "chai";
import { describe, it } from "mocha";

import { getSnapshot } from "../../sdk/snapshot/getSnapshot.ts";
import { marginOf, accountHealthOf } from "../../sdk/logic/margin.ts";
import {
  borrower,
  calmPool,
  drift,
  healthOf,
  idOf,
  later,
  near,
  usd,
  withdraw,
} from "../fixtures/margin.ts";
import { calmMarket } from "../fixtures/market.ts";
import { refuses } from "../fixtures/refusal.ts";
import { future, trade } from "../fixtures/trading.ts";

describe("story: a feed tells one wrong price, and takes it back", () => {
  for (const share of [0.1, 0.5, 0.9, -0.1, -0.5, -0.9]) {
    it(`of ${100 * share} %: initial margin jumps, maintenance hardly, and no one is called`, async () => {
      const local = await calmPool();
      const { clearinghouse } = local;
      // ETH falls by 1 % an hour for 11 hours: 2 000·0.99¹¹ = 1 790.67. E = 17 906.7 − 14 600 = 3 306.7.
      // vS = 2.25·0.9895 + 0.0105·0.885 = 2.236, σ = 1.25·√(0.75·2.236 + 0.5625) = 1.8707. MM: shock
      // 4·1.8707·0.0213687 = 15.99 %, exit 0.5 %, band 0.5 %, size 0.05 %: 17.04 % of 17 906.7 = 3 051, and
      // 0.75 % of 14 600 = 110: 3 161. h = 1.046
      const alice = await borrower(local, 14_600);
      const price = await drift(local, 2_000, 11);
      near(await healthOf(local, alice), 1.046, 0.003);
      const sigma = async () => {
        await clearinghouse.write.observe([2n, 8n]);
        const [, { used, maintenance }] = await clearinghouse.read.factorOf([2n]);
        return { used: usd(BigInt(used)), maintenance: usd(BigInt(maintenance)) };
      };
      const before = await sigma();
      const [, wanted] = await clearinghouse.read.initial([alice]);

      await later(local, 60, { ETH: price * (1 + share) });
      await sigma();
      await later(local, 60, { ETH: price });

      // Two returns of ±10 % that count, each within a minute: v1 of some 60 each, ⅔·√120 = 7.3. The
      // initial shock is at its cap, 72 %, where 6·1.8707·0.0213687 = 24.0 % was asked.
      const [, required] = await clearinghouse.read.initial([alice]);
      expect(Number(required) / Number(wanted)).to.be.within(2, 3.5);
      await clearinghouse.write.call([alice]); // warned, and no more
      await refuses(local, () => clearinghouse.write.call([alice]), "AccountHealthy");

      // For an hour the price stays; σ climbs as fast as it may.
      for (let i = 0; i < 5; i++) {
        await later(local, 660, { ETH: price });
        const now = await sigma();
        expect(now.used / before.used).to.be.within(1, 1.05);
        expect(now.maintenance / before.maintenance).to.be.within(1, 1.01);
      }
      near(await healthOf(local, alice), 1.046 / 1.0095, 0.004);
      await refuses(local, () => clearinghouse.write.call([alice]), "AccountHealthy");
    });
  }

  // Ten future bought for one expiry, ten and a tenth sold for another: a hedge that charges alone ask
  // for, the same in both modes. IM/1.2 is then what bounds MM, and IM jumps with what is not hedged.
  it("opens no call of a hedged book, whose MM is bounded by an IM that jumps", async () => {
    const local = await calmMarket();
    const { pool, client } = local;
    for (const [expiry, size] of [[local.far, 10] as const, [local.near, -10.1] as const]) {
      const [buyer, seller] = size > 0 ? [local.alice, local.bob] : [local.bob, local.alice];
      const instrument = future(2, expiry);
      await trade(local, buyer, seller, { instrument, size: Math.abs(size), price: 2_000 });
    }
    await withdraw(local, local.alice, "USDC", 99_000);
    const alice = idOf(local.alice);
    const maintenance = async () => {
      await local.clearinghouse.write.observe([2n, 8n]);
      const s = await getSnapshot(client, { pool, accounts: [alice] });
      const now = Number((await client.getBlock()).timestamp);
      const [called, shown] = [accountHealthOf(s, alice, now), marginOf(s, alice, now)];
      return { called: usd(called.maintenance), shown: usd(shown.maintenance) };
    };
    await later(local, 60, { ETH: 2_000 });
    const before = await maintenance();
    await later(local, 60, { ETH: 3_000 });
    await local.clearinghouse.write.observe([2n, 8n]);
    await later(local, 60, { ETH: 2_000 });
    const after = await maintenance();
    expect(after.shown / before.shown).to.be.greaterThan(1.05);
    expect(after.called / before.called).to.be.within(0.99, 1.01);
  });
});
