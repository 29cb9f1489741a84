import { expect } from "chai";
import { describe, it } from "mocha";

import { borrower, calmPool, fuseOf, healthOf, later, near, phaseOf } from "../fixtures/margin.ts";
import { told } from "../fixtures/told.ts";

// 10 ETH against 14 000. At 1 460: E = 600, MM = 17.07 % of 14 600 + 105 = 2 597, h = 0.23, under the
// floor: 0.75 % of V over MM is 0.04, so the floor is its least, 0.25.
const FLOOR = 1_460;

describe("story: a fall to the floor", () => {
  it("that is a wick, back within one round, sells nothing", async () => {
    const local = told(await calmPool());
    const { clearinghouse } = local;
    const alice = await borrower(local, 14_000);

    await later(local, 60, { ETH: FLOOR });
    await clearinghouse.write.call([alice]);
    near(await healthOf(local, alice), 600 / 2_597, 0.005);
    expect(await phaseOf(local, alice)).to.equal("Called");
    const { lowSeen, low } = (await clearinghouse.read.accountOf([alice])).call;
    expect(lowSeen > 0 && low === 0).to.equal(true);

    // Two minutes later the feed still says the same round: seen twice, but nothing newer.
    await later(local, 120);
    await clearinghouse.write.call([alice]);
    expect(await phaseOf(local, alice)).to.equal("Called");

    // The next round is back at 1 950: E = 5 500, MM = 3 434. Cured.
    await later(local, 60, { ETH: 1_950 });
    await clearinghouse.write.call([alice]);
    expect(await phaseOf(local, alice)).to.equal("Clear");
    expect((await clearinghouse.read.accountOf([alice])).call.lowSeen).to.equal(0);
  });

  it("that lifts above the floor for a round starts over", async () => {
    const local = told(await calmPool());
    const { clearinghouse } = local;
    const alice = await borrower(local, 14_000);
    await later(local, 60, { ETH: FLOOR });
    await clearinghouse.write.call([alice]);
    await later(local, 61, { ETH: 1_600 }); // E = 2 000, MM = 2 836, h = 0.71: under 1, over the floor
    await clearinghouse.write.call([alice]);
    expect((await clearinghouse.read.accountOf([alice])).call.lowSeen).to.equal(0);
    await later(local, 61, { ETH: FLOOR });
    await clearinghouse.write.call([alice]);
    expect(await phaseOf(local, alice)).to.equal("Called");
  });

  it("that a newer round confirms opens the auction at once, the fuse unburnt", async () => {
    const local = told(await calmPool());
    const { clearinghouse } = local;
    const alice = await borrower(local, 14_000);
    await later(local, 60, { ETH: FLOOR });
    await clearinghouse.write.call([alice]);

    // A newer round within the minute is too early.
    await later(local, 30, { ETH: FLOOR - 1 });
    await clearinghouse.write.call([alice]);
    expect(await phaseOf(local, alice)).to.equal("Called");

    await later(local, 30, { ETH: FLOOR - 2 });
    await clearinghouse.write.call([alice]);
    expect(await phaseOf(local, alice)).to.equal("Auction");
    // 64 s at h = 0.23 after such a fall: the grace is the shortest there is, 5 min.
    near(await fuseOf(local, alice), 64 / 300, 0.01);
    expect((await clearinghouse.read.accountOf([alice])).call.low > 0).to.equal(true);
  });

  it("that no newer round denies is confirmed after ten minutes", async () => {
    const local = told(await calmPool());
    const { clearinghouse } = local;
    const alice = await borrower(local, 14_000);
    await later(local, 60, { ETH: FLOOR });
    await clearinghouse.write.call([alice]);
    await later(local, 590);
    await clearinghouse.write.call([alice]);
    expect((await clearinghouse.read.accountOf([alice])).call.low).to.equal(0);
    await later(local, 10);
    await clearinghouse.write.call([alice]);
    expect((await clearinghouse.read.accountOf([alice])).call.low > 0).to.equal(true);
    expect(await phaseOf(local, alice)).to.equal("Auction");
  });
});
