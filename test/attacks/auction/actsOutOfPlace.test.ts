import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";
import type { Hex } from "viem";

import {
  calmPool,
  auctioned,
  borrower,
  idOf,
  later,
  offer,
  WAD,
  type Local,
} from "../../fixtures/margin.ts";
import { refuses } from "../../fixtures/refusal.ts";

describe("attack: calls, bids and takeovers out of place", () => {
  let local: Local;

  beforeEach(async () => {
    local = await calmPool();
  });

  const bid = (change: Partial<ReturnType<typeof offer>> & { account: Hex }) => () =>
    local.clearinghouse.write.bid([{ ...offer(change.account, idOf(local.carol)), ...change }], {
      account: local.carol.account,
    });

  it("a healthy account cannot be called", async () => {
    const id = await borrower(local, 5_000);
    const [equity, maintenance] = await local.clearinghouse.read.health([id]);
    const args = await refuses(local, () => local.clearinghouse.write.call([id]), "AccountHealthy");
    expect(args[0]).to.equal(id);
    expect(Math.abs(Number(args[1]) - Number(equity)) < 1e15).to.equal(true);
    expect(Math.abs(Number(args[2]) - Number(maintenance)) < 1e15).to.equal(true);
  });

  it("who owes nothing cannot be called, nor an empty account", async () => {
    const { clearinghouse, alice, bob } = local;
    await local.deposit(alice, "ETH", 1);
    await local.setPrice("ETH", "0.00000001");
    for (const id of [idOf(alice), idOf(bob)]) {
      await refuses(local, () => clearinghouse.write.call([id]), "AccountHealthy");
    }
  });

  it("no slice is sold but in auction", async () => {
    const id = await borrower(local, 14_000);
    await refuses(local, bid({ account: id }), "NotInAuction", [id, 0]);
    await later(local, 60, { ETH: 1_690 });
    await local.clearinghouse.write.call([id]);
    await refuses(local, bid({ account: id }), "NotInAuction", [id, 1]);
    const act = () => local.clearinghouse.read.quote([id, WAD]);
    await refuses(local, act, "NotInAuction", [id, 1]);
  });

  it("no account buys itself", async () => {
    const id = await auctioned(local);
    const act = () =>
      local.clearinghouse.write.bid([offer(id, id)], { account: local.alice.account });
    await refuses(local, act, "SelfBid", [id]);
  });

  it("a bid below a tenth, or below the bidder's own least, is refused", async () => {
    const id = await auctioned(local);
    await local.deposit(local.carol, "USDC", 100_000);
    const tenth = WAD / 10n;
    const small = bid({ account: id, fraction: tenth - 1n });
    await refuses(local, small, "BidTooSmall", [id, tenth - 1n, tenth]);
    await refuses(local, bid({ account: id, fraction: 0n }), "BidTooSmall", [id, 0n, tenth]);
    await refuses(local, bid({ account: id, fraction: -WAD }), "OutOfBounds", [-WAD, 0n, WAD]);
    const whole = bid({ account: id, smallest: WAD });
    const [, fraction, smallest] = await refuses(local, whole, "BidTooSmall");
    expect(smallest).to.equal(WAD);
    expect((fraction as bigint) < WAD).to.equal(true);
  });

  it("a price above the bidder's is refused", async () => {
    const id = await auctioned(local);
    await local.deposit(local.carol, "USDC", 100_000);
    const args = await refuses(local, bid({ account: id, maxPrice: 1n }), "PriceTooHigh");
    expect([args[0], args[2]]).to.deep.equal([id, 1n]);
  });

  it("a health outside the bidder's range is refused", async () => {
    const id = await auctioned(local);
    await local.deposit(local.carol, "USDC", 100_000);
    const low = await refuses(local, bid({ account: id, minHealth: WAD }), "HealthOutside");
    expect([low[0], low[2]]).to.deep.equal([id, WAD]);
    const high = await refuses(local, bid({ account: id, maxHealth: WAD / 2n }), "HealthOutside");
    expect([high[0], high[3]]).to.deep.equal([id, WAD / 2n]);
  });

  it("a bidder without capacity is refused", async () => {
    const id = await auctioned(local);
    await refuses(local, bid({ account: id }), "MarginTooLow");
  });

  it("no book is taken over early", async () => {
    const { clearinghouse } = local;
    const id = await borrower(local, 14_000);
    const act = () => clearinghouse.write.takeOver([id]);
    await refuses(local, act, "NotInAuction", [id, 0]);
    for (let i = 0; i < 3; ++i) {
      await later(local, 61, { ETH: 1_300 }); // seen low; confirmed, and seen thin; backed
      await clearinghouse.write.call([id]);
    }
    const { backed } = (await clearinghouse.read.accountOf([id])).call;
    await later(local, 1_700, { ETH: 1_300 });
    const early = [id, BigInt(backed), BigInt(backed + 1_800)];
    await refuses(local, act, "TakeOverTooEarly", early);
    await later(local, 100);
    await act();
  });

  it("an auction that is not backed is never taken over", async () => {
    const id = await auctioned(local);
    await later(local, 7_200, { ETH: 1_690 });
    const act = () => local.clearinghouse.write.takeOver([id]);
    const [, backed] = await refuses(local, act, "TakeOverTooEarly");
    expect(backed).to.equal(0n);
  });
});
