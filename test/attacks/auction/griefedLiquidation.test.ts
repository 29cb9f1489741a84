import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";

import { assetId, FUND, STABLES, type AccountId } from "../../../sdk/types/Ids.ts";
import { listNew } from "../../fixtures/listing.ts";
import {
  auctioned,
  borrower,
  calmPool,
  drift,
  fuseOf,
  idOf,
  later,
  near,
  offer,
  phaseOf,
  usd,
  WAD,
  type Local,
} from "../../fixtures/margin.ts";
import { refuses } from "../../fixtures/refusal.ts";

// Acts that would cost little and slow, hasten or block a liquidation. 10 ETH against 14 000.
const SHORT = 1_690; // h = 0.97

describe("attack: a liquidation that someone would rather have otherwise", () => {
  let local: Local;
  let alice: AccountId;

  beforeEach(async () => {
    local = await calmPool();
  });

  const call = () => local.clearinghouse.write.call([alice]);

  async function called() {
    alice = await borrower(local, 14_000);
    await later(local, 60, { ETH: SHORT });
    await call();
  }

  /** The share of its fuse that a call burns through rounds two minutes apart; lived again after it. */
  async function burntBy(prices: readonly number[]): Promise<number> {
    const { restore } = await local.networkHelpers.takeSnapshot();
    let burnt = await fuseOf(local, alice);
    for (const ETH of prices) {
      await later(local, 118, { ETH }); // and a second each for its block and the call's
      await call();
      const fuse = await fuseOf(local, alice);
      expect(fuse).to.be.at.least(burnt);
      burnt = fuse;
    }
    expect(await phaseOf(local, alice)).to.equal("Called");
    await restore();
    return burnt;
  }

  it("is not undone by toggling around h = 1", async () => {
    alice = await borrower(local, 14_000);
    const low = await drift(local, 2_000, 17); // h = 0.96; slowly, so that G is ten minutes throughout
    await call();
    const high = low * 1.02; // h = 1.05

    // Three intervals are below 1 at both ends, with or without those that are not.
    const still = await burntBy([low, low, low]);
    near(still, 360 / 600, 1e-9);
    expect(await burntBy([low, low, high, low, low, high])).to.equal(still);
  });

  it("comes no sooner by poking many times", async () => {
    await called();
    const fork = await local.networkHelpers.takeSnapshot();
    await later(local, 300);
    await call();
    const once = await fuseOf(local, alice);
    await fork.restore();
    for (let i = 0; i < 10; i++) {
      await later(local, 29); // and a second for its block
      await call();
    }
    near(await fuseOf(local, alice), once, 0.02);
    expect(once).to.be.within(0.4, 1);
  });

  it("burns ten minutes for hours that no one saw", async () => {
    local = await calmPool((p) => {
      Object.assign(p.listings["ETH"]!.feed, { heartbeat: 86_400 });
      return p;
    });
    await called();
    await local.clearinghouse.write.observe([2n, 8n]);
    const before = await fuseOf(local, alice);
    await later(local, 3 * 3_600);
    await call();
    // Ten minutes at most, at a grace of ten minutes at most.
    expect((await fuseOf(local, alice)) - before).to.be.within(0.9, 1);
  });

  it("stands a stranger's dust on either account", async () => {
    const { clearinghouse, dave, carol, pool } = local;
    alice = await auctioned(local);
    const bidder = await local.deposit(carol, "USDC", 100_000);
    await local.fund(dave, "ETH", 1);
    await local.fund(dave, "USDC", 1);
    for (const id of [alice, bidder]) {
      await clearinghouse.write.deposit([id, pool.tokens["USDC"]!, 1n], { account: dave.account });
    }
    await clearinghouse.write.deposit([alice, pool.tokens["ETH"]!, 1n], { account: dave.account });
    await clearinghouse.write.bid([offer(alice, bidder)], { account: carol.account });
    expect(await phaseOf(local, alice)).to.equal("Clear");
  });

  it("is not slowed by a unit of an asset whose feed is dead", async () => {
    const { clearinghouse, alice: owner, pool } = local;
    const dead = await listNew(local, 40);
    await clearinghouse.write.deposit([idOf(owner), dead, 1n], { account: owner.account });
    await called();
    const oracle = await local.viem.getContractAt("ChainlinkOracle", pool.oracle);
    await oracle.write.setFeed([assetId(STABLES, 40), dead, 60, 0, 0]); // a token tells no price
    const more = () => clearinghouse.write.deposit([alice, dead, 1n], { account: owner.account });
    await refuses(local, more, "PriceNotOk");
    await later(local, 300, { ETH: SHORT });
    const before = await fuseOf(local, alice);
    await call();
    expect(await fuseOf(local, alice)).to.be.greaterThan(before + 0.4);
  });

  it("is no cheaper for the owner who buys least slices: the discount grows as if nobody had", async () => {
    const { clearinghouse, alice: owner } = local;
    alice = await auctioned(local);
    const friend = await local.deposit(owner, "USDC", 50_000, 1n);
    const { opened } = (await clearinghouse.read.accountOf([alice])).call;
    for (let bids = 0; bids < 3; ++bids) {
      await later(local, 61, { ETH: 1_600 }); // h = 0.73: a third is for sale
      const least = { ...offer(alice, friend, WAD / 10n), smallest: WAD / 10n };
      const dust = { ...least, fraction: WAD / 10n - 1n, smallest: 0n };
      const account = owner.account;
      await refuses(local, () => clearinghouse.write.bid([dust], { account }), "BidTooSmall");
      await clearinghouse.write.bid([least], { account });
      const { holdings } = await clearinghouse.read.accountOf([alice]);
      const gross = usd(holdings[0]! >> 16n) * 1_600;
      const elapsed = (await local.networkHelpers.time.latest()) - opened;
      const { discount } = await clearinghouse.read.quote([alice, WAD]);
      near(usd(discount) / gross, 0.0025 + (0.0975 * elapsed) / 1_800, 1e-6);
    }
    expect(await phaseOf(local, alice)).to.equal("Auction");
  });

  it("earns its owner nothing who buys the slice with another account", async () => {
    const { clearinghouse, alice: owner } = local;
    alice = await auctioned(local);
    const friend = await local.deposit(owner, "USDC", 50_000, 1n);
    const worth = async () => {
      const [one, two] = await Promise.all(
        [alice, friend].map((id) => clearinghouse.read.health([id])),
      );
      return usd(one![0] + two![0]);
    };
    const [before, fund] = [await worth(), await clearinghouse.read.cashOf([FUND])];
    await later(local, 1_800, { ETH: SHORT });
    await clearinghouse.write.bid([offer(alice, friend, WAD)], { account: owner.account });
    expect(await phaseOf(local, alice)).to.equal("Clear");
    expect(await worth()).to.be.within(before - 5, before + 0.01); // but for interest
    expect((await clearinghouse.read.cashOf([FUND])) - fund).to.be.greaterThan(-1n);
  });
});
