import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";

import type { AccountId } from "../../sdk/types/Ids.ts";
import { borrower, calmPool, fuseOf, later, phaseOf, type Local } from "../fixtures/margin.ts";

// 10 ETH against 14 000. The tier's ten minutes are the grace at each of these, but for wild minutes.
const LOW = 1_690; // h = 0.97
const HIGH = 1_698; // h = 0.99
const FINE = 1_720; // h = 1.05: neither called nor cured
const ROUNDS = 8; // of a minute at one price, then at the other

// Who pokes only when it suits them. Any poke is one more end of an interval, of which the worse counts.
describe("hostile: looks at an account in call, chosen by its owner", () => {
  let local: Local;
  let alice: AccountId;

  beforeEach(async () => {
    local = await calmPool();
    alice = await borrower(local, 14_000);
    await later(local, 60, { ETH: LOW });
    await local.door.write.call([alice]);
  });

  const byOwner = () => local.door.write.call([alice], { account: local.alice.account });
  const byKeeper = () => local.door.write.call([alice], { account: local.dave.account });

  type Looks = Readonly<Record<"high" | "low" | "lowEnds", boolean>>;

  /** The fuse after some minutes up and down, by who looked when. The same minutes are lived again. */
  async function burnt(high: number, looks: Partial<Looks>): Promise<number> {
    const { restore } = await local.networkHelpers.takeSnapshot();
    for (let i = 0; i < ROUNDS && (await phaseOf(local, alice)) === "Called"; ++i) {
      await later(local, 58, { ETH: high });
      if (looks.high === true) await byOwner();
      await later(local, 58, { ETH: LOW });
      if (looks.low === true || looks.lowEnds === true) await byKeeper();
      await later(local, 20);
      if (looks.lowEnds === true) await byKeeper();
    }
    await later(local, 10, { ETH: LOW });
    await byKeeper();
    const fuse = await fuseOf(local, alice);
    await restore();
    return fuse;
  }

  it("only when it is highest, below 1, save no second of the ten minutes", async () => {
    const [none, highs, both] = [
      await burnt(HIGH, { low: true }),
      await burnt(HIGH, { high: true }),
      await burnt(HIGH, { high: true, low: true }),
    ];
    expect(highs).to.be.above(0.99);
    expect(both).to.be.above(0.99);
    expect(none).to.be.above(0.99);
  });

  it("only when it is above 1, take nothing of the time at whose ends someone saw it below", async () => {
    // Eight times twenty seconds at LOW, seen at both ends, of ten minutes: 160 and the blocks between.
    const watched = await burnt(FINE, { high: true, lowEnds: true });
    expect(watched).to.be.within((ROUNDS * 20) / 600, (ROUNDS * 25) / 600 + 0.1);
    // Without the owner's looks an interval across FINE burns too: its ends did not see it.
    const unwatched = await burnt(FINE, { lowEnds: true });
    expect(unwatched).to.be.above(watched);
  });

  it("only when it is above 1, leave a fuse that is burnt where it is", async () => {
    await later(local, 300, { ETH: LOW });
    await byKeeper();
    const fuse = await fuseOf(local, alice);
    expect(fuse).to.be.above(0.4);
    for (let i = 0; i < 10; ++i) {
      await later(local, 120, { ETH: FINE });
      await byOwner();
      expect(await fuseOf(local, alice)).to.equal(fuse);
    }
    expect(await phaseOf(local, alice)).to.equal("Called");
  });
});
