import { expect } from "chai";
import { before, describe, it } from "mocha";

import { bidProfit } from "../../sdk/preview/bidProfit.ts";
import { plan } from "../../sdk/keeper/plan.ts";
import { preview } from "../../sdk/preview/preview.ts";
import type { Snapshot } from "../../sdk/snapshot/Snapshot.ts";
import { getSnapshot } from "../../sdk/snapshot/getSnapshot.ts";
import { marginOf } from "../../sdk/logic/index.ts";
import { type AccountId, assetId, FUND } from "../../sdk/types/Ids.ts";
import { auctioned, calmPool, idOf, later, near, offer, usd, WAD } from "../fixtures/margin.ts";

const GWEI = 10n ** 9n;

describe("the profit of a bid", () => {
  let snapshot: Snapshot;
  let sold: AccountId;
  let receiver: AccountId;
  let timestamp: number;

  before(async () => {
    const local = await calmPool();
    sold = await auctioned(local);
    receiver = await local.deposit(local.carol, "USDC", 50_000);
    await later(local, 600);
    const accounts = [FUND, sold, receiver, idOf(local.bob)];
    snapshot = await getSnapshot(local.client, { pool: local.pool, accounts });
    timestamp = snapshot.block.timestamp + 1;
  });

  const gas = { used: 500_000n, price: 20n * GWEI, coin: assetId(2, 0) };

  it("is the equity that the receiver gains, less gas at the coin's price", () => {
    const bid = offer(sold, receiver, WAD / 10n);
    const { profit, ...parts } = bidProfit(snapshot, bid, { timestamp, gas });
    // 500 000 units of 20 gwei are 0.01 ETH, of 1 690.
    expect(parts.gas).to.equal(16_900_000_000_000_000_000n);
    near(usd(parts.value), 290, 0.2);
    expect(profit).to.equal(parts.value - parts.price - parts.gas);
    const done = preview(snapshot, [{ verb: "bid", offer: bid }], { timestamp });
    if (!done.ok) throw done.error;
    const [before, after] = [snapshot, done.state].map((s) => marginOf(s, receiver, timestamp));
    near(usd(profit + parts.gas), usd(after!.equity - before!.equity), 0.001);
  });

  it("is before gas if none is named, and refused like the bid", () => {
    const bid = offer(sold, receiver, WAD / 10n);
    const free = bidProfit(snapshot, bid, { timestamp });
    expect(free.gas).to.equal(0n);
    expect(free.profit - bidProfit(snapshot, bid, { timestamp, gas }).profit).to.equal(
      16_900n * 10n ** 15n,
    );
    const dear = { ...bid, maxPrice: 1n };
    expect(() => bidProfit(snapshot, dear, { timestamp })).to.throw("PriceTooHigh");
  });

  it("is what the keeper decides by", () => {
    const means = { receiver, minProfit: WAD, capital: 10_000n * WAD };
    const policy = { ...means, pokeAfter: 300, observeFrom: 1 };
    const [bid] = plan(snapshot, policy, timestamp).filter(({ verb }) => verb === "bid");
    if (bid?.verb !== "bid") return expect.fail("no bid");
    near(usd(bid.profit), 85, 5);
    const dear = { ...policy, gas: { ...gas, price: 200n * GWEI } }; // 169
    const steps = plan(snapshot, dear, timestamp);
    expect(steps.map(({ verb }) => verb))
      .to.include("pass")
      .and.not.include("bid");
    const cheap = plan(snapshot, { ...policy, gas }, timestamp).find(({ verb }) => verb === "bid");
    expect(cheap?.verb === "bid" && bid.profit - cheap.profit).to.equal(16_900n * 10n ** 15n);
  });
});
