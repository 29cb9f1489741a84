import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";

import {
  borrower,
  calmPool,
  fuseOf,
  healthOf,
  idOf,
  later,
  near,
  offer,
  phaseOf,
  usd,
  withdraw,
  type Local,
} from "../../fixtures/margin.ts";
import { calmMarket, encoded, meet, settle, taking } from "../../fixtures/market.ts";
import { refuses } from "../../fixtures/refusal.ts";
import { perp, trade, type Trading } from "../../fixtures/trading.ts";

const eth = perp(2);

describe("attack: a call that someone would force", () => {
  let local: Trading;

  /** Open interest counts from 10 ETH on, twice from 20 on; dave owes against 10 ETH, at h a little over 1. */
  beforeEach(async () => {
    local = await calmMarket((p) => {
      p.factors["ETH"]!.openInterest = { low: 10, high: 20, cap: 200 };
      return p;
    });
    await local.deposit(local.dave, "ETH", 10);
    await withdraw(local, local.dave, "USDC", 14_000);
    await later(local, 60, { ETH: 1_705 });
    near(await healthOf(local, idOf(local.dave)), 1.01, 0.005);
  });

  const dave = () => idOf(local.dave);

  it("is not, by open interest pumped in the same transaction, nor in the next", async () => {
    const { alice, bob, clearinghouse } = local;
    await clearinghouse.write.call([dave()]); // a warning, once
    await local.deposit(alice, "USDC", 1_000_000);
    await local.deposit(bob, "USDC", 1_000_000);
    const pump = await meet(local, alice, bob, { instrument: eth, size: 100, price: 1_705 });
    const calls = [encoded(local, "settle", [[pump], true]), encoded(local, "call", [dave()])];
    const batch = () => clearinghouse.write.batch([calls], { account: local.carol.account });
    await refuses(local, batch, "BatchMixed", []);
    const [, before] = await clearinghouse.read.health([dave()]);
    await settle(local, [pump]);
    await refuses(local, () => clearinghouse.write.call([dave()]), "AccountHealthy");
    const [, after] = await clearinghouse.read.health([dave()]);
    near(Number(after) / Number(before), 1, 1e-3); // rounds walked: 1 % an hour at most
    expect(await phaseOf(local, dave())).to.equal("Clear");
  });

  it("comes no sooner by a wild asset that a stranger gives a little of", async () => {
    const { alice, clearinghouse, pool, units } = local;
    await local.deposit(local.dave, "LINK", "0.001");
    await later(local, 60, { ETH: 1_690 });
    await clearinghouse.write.call([dave()]);
    /** The fuse after five minutes in which LINK goes up and down by a fifth. */
    const burnt = async (gift: number) => {
      const { restore } = await local.networkHelpers.takeSnapshot();
      await local.fund(alice, "LINK", gift);
      const args = [dave(), pool.tokens["LINK"]!, units("LINK", gift)] as const;
      await clearinghouse.write.deposit(args, { account: alice.account });
      for (const price of [5, 4, 5, 4]) {
        await later(local, 60, { LINK: price });
        await clearinghouse.write.observe([4n, 8n]);
      }
      await later(local, 20, { ETH: 1_690 });
      await clearinghouse.write.call([dave()]);
      const fuse = await fuseOf(local, dave());
      await restore();
      return fuse;
    };
    const [dust, some] = [await burnt(0.001), await burnt(5)];
    expect(dust).to.be.above(0.4);
    expect(some).to.be.within(dust * 0.9, dust * 1.02); // 20 USD of margin, 0.1 % of what is at risk
    await local.fund(alice, "SOL", 1);
    const other = [dave(), pool.tokens["SOL"]!, units("SOL", 1)] as const;
    const give = () => clearinghouse.write.deposit(other, { account: alice.account });
    await refuses(local, give, "NotHeld"); // and nothing at all of what is not held
  });
});

describe("attack: a hedged book whose equity is thin beside what it holds", () => {
  it("is neither called nor backed nor taken over while it is healthy", async () => {
    const local = await calmMarket();
    const { alice, bob, carol, clearinghouse } = local;
    const id = await local.deposit(alice, "ETH", 100);
    await trade(local, bob, alice, { instrument: eth, size: 100, price: 2_000 });
    for (const part of [200_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 1_000]) {
      await withdraw(local, alice, "USDC", part).catch(() => "too much");
    }
    const [equity] = (await clearinghouse.read.health([id])).map(usd);
    expect(equity! / 400_000).to.be.below(0.05); // of V, 200 000 of spot and as much of perps
    for (const price of [2_000, 1_960, 1_920]) {
      await later(local, 61, { ETH: price });
      expect(await healthOf(local, id)).to.be.above(1);
      await clearinghouse.write.call([id]).catch(() => "healthy");
      const { phase, call } = await clearinghouse.read.accountOf([id]);
      expect([phase, call.thinSeen, call.backed, call.lowSeen]).to.deep.equal([0, 0, 0, 0]);
    }
    await refuses(local, () => clearinghouse.write.takeOver([id]), "NotInAuction", [id, 0]);
    const bid = () => clearinghouse.write.bid([offer(id, idOf(carol))], { account: carol.account });
    await refuses(local, bid, "NotInAuction", [id, 0]);
  });
});

describe("attack: a lender who bids, and would leave without its share of the loss", () => {
  /** Bob lends, and bids for alice's book of less than nothing. He takes cash out before, after, or not. */
  async function run(order: (bid: `0x${string}`, out: `0x${string}`) => `0x${string}`[]) {
    const local: Local = await calmPool();
    const { clearinghouse, bob, dave } = local;
    const alice = await borrower(local, 14_000, 50_000);
    await local.deposit(dave, "USDC", 50_000); // who lends and does nothing
    for (let i = 0; i < 3; ++i) {
      await later(local, 61, { ETH: 1_000 }); // E = −4 000, and the fund has nothing
      await clearinghouse.write.call([alice]);
    }
    const account = bob.account;
    const bid = encoded(local, "bid", [offer(alice, idOf(bob))]);
    const taken = 10_000;
    const calls = order(bid, taking(local, bob, idOf(bob), taken));
    for (const call of calls) await clearinghouse.write.batch([[call]], { account });
    const worth = async (id: `0x${string}`) => usd((await clearinghouse.read.health([id]))[0]);
    const out = calls.length === 2 ? taken : 0;
    return { bob: (await worth(idOf(bob))) + out, dave: await worth(idOf(dave)) };
  }

  it("bears its part of the loss: the debt it takes over is not paid with what it had lent", async () => {
    const { bob, dave } = await run((bid) => [bid]);
    near(dave, 50_000 - 4_025 / 2, 1); // −E and X = 0.25 % of V, half of it
    near(bob - dave, 25, 1); // X is what bidding earned
  });

  it("gains nothing by leaving after, and by leaving first no more than its part of what bidders get", async () => {
    const stays = await run((bid) => [bid]);
    const first = await run((bid, out) => [out, bid]);
    const after = await run((bid, out) => [bid, out]);
    near(after.bob, stays.bob, 0.01);
    near(after.dave, stays.dave, 0.01);
    // What is seen of a loss is −E. What its bidder is due beyond that, X, is known once it bids: a tenth of
    // the lenders' cash that left before bears no part of it.
    expect(first.bob - stays.bob).to.be.within(-0.01, 0.1 * 26);
    near(first.bob + first.dave, stays.bob + stays.dave, 0.01);
  });
});
