import { expect } from "chai";
import { describe, it } from "mocha";

import { later, near, phaseOf, usd } from "../../fixtures/margin.ts";
import { ETH, TEN, WAD, whaleStage, type Whale } from "../../stories/whales.ts";

// Acts that would use the throttle against others, or get past it.
const GMAX = 600; // seconds, of the first tier
const FIVE: Whale = { units: 5, debt: 7_000 };
const DUST: Whale = { units: 0.05, debt: 70 }; // gross below 100 goes whole

describe("attack: the throttle", function () {
  this.timeout(240_000);

  // Every bid for a book of one's own sells a tenth of it, or f_max, of what is really held, is on offer to
  // anyone else, and needs the book short of margin: eight accounts of 5 ETH keep a bucket of 1 ETH low.
  it("is kept empty by sales to oneself, and delays others by at most their Gmax", async () => {
    const stage = await whaleStage(4, [TEN, ...Array.from({ length: 8 }, () => FIVE)]);
    const { local, ids, act, bidOf, other, take, waits, openedOf } = stage;
    await local.deposit(local.alice, "USDC", 500_000, 99n);
    await stage.auction();
    const [victim, ...own] = ids;
    const end = (await openedOf(victim!)) + GMAX;
    for (let sold = 0; (await local.networkHelpers.time.latest()) < end - 70;) {
      const { fraction } = await take(own[sold % own.length]!, other);
      if (fraction > 0n) sold++;
      expect((await waits(victim!)).left < WAD).to.equal(true);
      await later(local, 45);
    }
    expect((await waits(victim!, end - 1)).units).to.equal(WAD);
    expect((await act(bidOf(victim!), end)).ok).to.equal(true);
  });

  it("is used by dust as far as dust goes", async () => {
    const { ids, act, auction, bidOf, other, local, used } = await whaleStage(16, [DUST]);
    await local.deposit(local.alice, "USDC", 10_000, 99n);
    await auction();
    expect((await act(bidOf(ids[0]!, 0n, other))).ok).to.equal(true);
    expect(await used()).to.equal(WAD / 20n);
    expect(await phaseOf(local, ids[0]!)).to.equal("Clear");
  });

  it("is not passed by a book split over accounts", async () => {
    const whole = await whaleStage(16, [{ units: 40, debt: 56_000 }]);
    await whole.auction();
    const { fraction, reason } = await whole.take(whole.ids[0]!);
    expect(reason).to.equal("throttle");
    expect(40n * fraction).to.equal(4n * WAD); // all of the bucket, of 40·0.12 = 4.8

    const split = await whaleStage(16, [TEN, TEN, TEN, TEN]);
    await split.auction();
    let sold = 0n;
    for (const id of split.ids) sold += 10n * (await split.take(id)).fraction;
    near(usd(sold), 3.6, 0.3); // three times f_max: the fourth waits
    expect(sold <= 4n * WAD).to.equal(true);
    const { units, left } = await split.waits(split.ids[3]!);
    expect(left < units).to.equal(true);
  });

  it("is refilled once, however long ago it was used", async () => {
    const stage = await whaleStage(16, [TEN, { units: 100, debt: 140_000 }]);
    const [first, large] = stage.ids;
    await stage.auction([first!]);
    await stage.take(first!);
    expect((await stage.used()) > WAD).to.equal(true);
    await later(stage.local, 7_200);
    await stage.auction([large!], 1_670);
    const { units, left } = await stage.waits(large!);
    expect([units, left]).to.deep.equal([10n * WAD, 4n * WAD]);
  });

  it("holds nothing where its depth was lowered under what was sold, and is gone without one", async () => {
    const stage = await whaleStage(16, [TEN, TEN, TEN, TEN]);
    const { clearinghouse } = stage.local;
    const setDepth = async (onePercent: bigint) => {
      const [, market, depth] = await clearinghouse.read.marketOf([BigInt(ETH)]);
      await clearinghouse.write.setMarket([BigInt(ETH), market, { ...depth, onePercent }]);
    };
    await stage.auction();
    for (const id of stage.ids.slice(0, 3)) await stage.take(id);
    await setDepth(8_000_000n);
    const { left } = await stage.waits(stage.ids[3]!);
    expect(left < WAD / 10n).to.equal(true); // 2 ETH, all of them used but a few seconds ago
    await setDepth(0n);
    expect(await stage.take(stage.ids[3]!)).to.include({ reason: "cure" });
  });
});
