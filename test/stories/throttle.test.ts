import { expect } from "chai";
import { before, describe, it } from "mocha";

import { later, near, phaseOf, usd } from "../fixtures/margin.ts";
import { ETH, TEN, WAD, whaleStage } from "./whales.ts";

// A sale of 16 ETH moves the price by 1 %: the bucket holds 4, refilled by 0.4 a minute.
const DEPTH = 16;
const BUCKET = 4n * WAD;
const NINE = 9; // whales of 10 ETH against 14 000; the tenth owes 14 700
const GMAX = 600; // seconds, of the first tier

describe("story: the throttle, emptied by ten whales", function () {
  this.timeout(240_000);
  let stage: Awaited<ReturnType<typeof whaleStage>>;

  before(async () => {
    const whales = Array.from({ length: NINE }, () => TEN);
    stage = await whaleStage(DEPTH, [...whales, { units: 10, debt: 14_700 }]);
    await stage.auction();
  });

  it("lets through what the bucket holds, and no wei more", async () => {
    const { local, ids, take, used } = stage;
    for (const id of ids) expect(await phaseOf(local, id)).to.equal("Auction");
    expect(await used()).to.equal(0n);

    // f_max = (1.1·2 990 − 2 900)/(1.1·2 990 − 42) = 0.12: three whales sell 1.2 ETH each and are cured.
    let sold = 0n;
    for (const id of ids.slice(0, 3)) {
      const { fraction, reason } = await take(id);
      expect(reason).to.equal("cure");
      near(usd(fraction), 0.12, 0.01);
      expect(await phaseOf(local, id)).to.equal("Clear");
      sold += 10n * fraction;
    }
    // Meanwhile some seconds refilled some of it.
    const refilled = sold - (await used());
    near(usd(refilled), 10 * (4 / 600), 0.1);
    expect(sold < BUCKET).to.equal(true);
  });

  it("makes the fourth wait until a tenth of its book passes", async () => {
    const { local, ids, waits, take, used } = stage;
    const { units, left } = await waits(ids[3]!);
    expect(units).to.equal(WAD); // a tenth of 10 ETH
    near(usd(left), 4 - usd(await used()), 0.1);
    expect(left < units).to.equal(true);

    // A tenth passes soon, at 0.4 ETH a minute; f_max, a little more than a tenth, not yet.
    const seconds = Math.ceil(usd(units - left) / (4 / 600));
    await later(local, seconds);
    const { fraction, reason } = await take(ids[3]!);
    expect(reason).to.equal("throttle");
    near(usd(fraction), 0.1, 0.005);
    near(usd(await used()), usd(BUCKET), 2e-9); // but for a wei of rounding
    expect(await phaseOf(local, ids[3]!)).to.equal("Auction");
  });

  it("lets who is confirmed below the floor pass, and counts what it sells", async () => {
    const { local, ids, act, take, waits, used, openedOf } = stage;
    const last = ids.at(-1)!;
    const end = (await openedOf(ids[4]!)) + GMAX;

    // 1 530: the tenth has E = 700, h = 0.25 of MM = 2 800, its floor. Nobody else is near it.
    await local.networkHelpers.time.increaseTo(end - 100);
    await local.setPrice("ETH", 1_530);
    await act({ verb: "call", account: last });
    await later(local, 61, { ETH: 1_530 });
    await act({ verb: "call", account: last });
    expect((await local.clearinghouse.read.accountOf([last])).call.low).to.be.greaterThan(0);
    expect((await local.clearinghouse.read.accountOf([ids[4]!])).call.low).to.equal(0);

    // It sells far more than a bucket holds, and leaves nothing of it.
    const { fraction, reason } = await take(last);
    expect(reason).to.equal("cure");
    expect(10n * fraction > BUCKET).to.equal(true);
    expect(await used()).to.equal(BUCKET);
    expect((await waits(ids[4]!)).left < WAD / 5n).to.equal(true);
  });

  it("makes nobody wait for longer than its own Gmax", async () => {
    const { ids, bidOf, act, take, waits, openedOf, used } = stage;
    const end = (await openedOf(ids[4]!)) + GMAX;
    const { left } = await waits(ids[4]!, end - 1);
    expect(left < WAD).to.equal(true);
    expect((await act(bidOf(ids[4]!), end)).ok).to.equal(true);
    for (const id of ids.slice(5, NINE)) {
      await stage.local.networkHelpers.time.increaseTo((await openedOf(id)) + GMAX).catch(() => 0);
      expect((await take(id)).reason).to.equal("cure");
    }
    expect(await used()).to.equal(BUCKET);
    const [, , depth] = await stage.local.clearinghouse.read.marketOf([BigInt(ETH)]);
    expect(depth.onePercent).to.equal(BigInt(DEPTH) * 10n ** 6n);
  });
});
