import { expect } from "chai";
import { before, describe, it } from "mocha";

import { discountOf, DISCOUNT_SECONDS } from "../../sdk/math/AuctionMath.ts";
import type { AccountId } from "../../sdk/types/Ids.ts";
import { later, near, usd } from "../fixtures/margin.ts";
import { ETH, TEN, WAD, whaleStage } from "./whales.ts";

const GMAX = 600; // seconds, of the first tier

/** The seconds of its auction that the discount of an account counts, of those that have passed. */
async function ramp(stage: Awaited<ReturnType<typeof whaleStage>>, id: AccountId) {
  const { local, openedOf } = stage;
  const { equity, discount } = await local.clearinghouse.read.quote([id, WAD]);
  const { gross } = await local.clearinghouse.read.portfolio([id]);
  const passed = BigInt((await local.networkHelpers.time.latest()) - (await openedOf(id)));
  const at = (elapsed: bigint) => discountOf(equity, gross, elapsed, DISCOUNT_SECONDS);
  let counted = 0n;
  while (counted < passed && at(counted) < discount) ++counted;
  return { passed: Number(passed), counted: Number(counted), isWhole: discount === at(passed) };
}

describe("story: the discount waits with the throttle", function () {
  this.timeout(240_000);
  let stage: Awaited<ReturnType<typeof whaleStage>>;

  // A sale of 16 ETH moves the price by 1 %: the bucket holds 4, refilled by 0.4 a minute. Nine whales sell
  // 1.2 ETH each, and the tenth is watched.
  before(async () => {
    stage = await whaleStage(
      16,
      Array.from({ length: 10 }, () => TEN),
    );
    await stage.auction();
  });

  it("for as long as the bucket is under half full, and not a second more", async () => {
    const { local, ids, take, used } = stage;
    const last = ids[9]!;
    expect((await ramp(stage, last)).isWhole).to.equal(true);

    // Three whales sell 1.2 ETH each: 3.6 are used, and 3.6 − 2 are refilled in 1.6/4 of ten minutes.
    for (const id of ids.slice(0, 3)) await take(id);
    const over = usd(await used()) - 2;
    const start = await ramp(stage, last);
    await later(local, 60);
    const waiting = await ramp(stage, last);
    expect(waiting.passed).to.be.above(start.passed);
    near(waiting.counted, start.counted, 1);

    // Then it runs as before.
    await later(local, 400);
    const after = await ramp(stage, last);
    near(after.passed - after.counted, start.passed - start.counted + over * 150, 2);
    const { scarce } = await local.clearinghouse.read.bucketOf([BigInt(ETH)]);
    expect(scarce < BigInt(GMAX) * WAD).to.equal(true);
  });

  it("for no more than its own Gmax in all", async () => {
    const { local, ids, take, openedOf } = stage;
    const last = ids[9]!;
    // Past their Gmax whales sell at once. Three more make it scarce for another 240 s, and three more again.
    const end = (await openedOf(last)) + GMAX;
    await local.networkHelpers.time.increaseTo(end + 5);
    for (const id of ids.slice(3, 6)) await take(id);
    await later(local, 200);
    for (const id of ids.slice(6, 9)) await take(id);
    await later(local, 300);
    const { passed, counted } = await ramp(stage, last);
    near(passed - counted, GMAX, 1);
    const { scarce } = await local.clearinghouse.read.bucketOf([BigInt(ETH)]);
    expect(scarce > 0n).to.equal(true);
  });
});

describe("story: a discount that waits, of a book that sinks below its floor", function () {
  this.timeout(240_000);

  it("counts all seconds from then on", async () => {
    const stage = await whaleStage(16, [TEN, TEN, TEN, { units: 10, debt: 14_700 }]);
    const { local, ids, act, take } = stage;
    await stage.auction();
    const last = ids[3]!;
    for (const id of ids.slice(0, 3)) await take(id);
    // 1 530: the fourth has E = 600, h = 0.25 of its MM, its floor.
    await later(local, 61, { ETH: 1_530 });
    await act({ verb: "call", account: last });
    await later(local, 61, { ETH: 1_530 });
    expect((await ramp(stage, last)).isWhole).to.equal(false);
    await act({ verb: "call", account: last });
    expect((await local.clearinghouse.read.accountOf([last])).call.low).to.be.above(0);
    expect((await ramp(stage, last)).isWhole).to.equal(true);
  });
});

describe("story: a whale whose tenth is larger than a full bucket", function () {
  this.timeout(240_000);

  it("waits for the throttle, and its discount does not", async () => {
    // A bucket of a quarter of 2 is 0.5 ETH; a tenth of ten is one.
    const stage = await whaleStage(2, [TEN]);
    await stage.auction();
    await later(stage.local, 300);
    const { units, left } = await stage.waits(stage.ids[0]!);
    expect([units, left]).to.deep.equal([WAD, WAD / 2n]);
    expect((await ramp(stage, stage.ids[0]!)).isWhole).to.equal(true);
  });
});
