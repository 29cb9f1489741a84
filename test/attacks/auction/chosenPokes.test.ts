import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";

import type { AccountId } from "../../../sdk/types/Ids.ts";
import {
  borrower,
  calmPool,
  drift,
  fuseOf,
  later,
  phaseOf,
  withdraw,
  type Local,
} from "../../fixtures/margin.ts";
import { told } from "../../fixtures/told.ts";

// 10 ETH against 14 000. The tier's ten minutes are the grace at each of these, but for wild minutes.
const LOW = 1_690; // h = 0.97
const FINE = 1_720; // h = 1.05: neither called nor cured
const PATIENT = 3; // the tier of 120 minutes
const HOURS = 34; // that ETH falls by 1 %, to 1 421: an account with that tier is at h = 0.69
const UP = 1_447; // h = 0.75
const ROUNDS = 8; // of a minute at one price, then at the other

// Who pokes only when it suits them. Any poke is one more end of an interval, of which the worse counts.
describe("attack: looks at an account in call, chosen by its owner", () => {
  let local: Local;
  let alice: AccountId;

  beforeEach(async () => {
    local = told(await calmPool());
    alice = await borrower(local, 14_000);
    await later(local, 60, { ETH: LOW });
    await local.clearinghouse.write.call([alice]);
  });

  const byOwner = () => local.clearinghouse.write.call([alice], { account: local.alice.account });
  const byKeeper = () => local.clearinghouse.write.call([alice], { account: local.dave.account });

  type Play = Readonly<Record<"low" | "rounds" | "seconds", number>>;
  type Looks = Readonly<Record<"high" | "low" | "lowEnds", boolean>>;

  const minutes: Play = { low: LOW, rounds: ROUNDS, seconds: 58 };

  /** The fuse after a play up and down, by who looked when. The same minutes are lived again. */
  async function burnt(high: number, looks: Partial<Looks>, play = minutes): Promise<number> {
    const { restore } = await local.networkHelpers.takeSnapshot();
    const { low, seconds } = play;
    for (let i = 0; i < play.rounds && (await phaseOf(local, alice)) === "Called"; ++i) {
      await later(local, seconds, { ETH: high });
      if (looks.high === true) await byOwner();
      await later(local, seconds, { ETH: low });
      if (looks.low === true || looks.lowEnds === true) await byKeeper();
      await later(local, 20);
      if (looks.lowEnds === true) await byKeeper();
    }
    await later(local, 10, { ETH: low });
    await byKeeper();
    const fuse = await fuseOf(local, alice);
    await restore();
    return fuse;
  }

  /** Alice with two hours of grace, called after a slow fall to far below 1: h alone shortens G. */
  async function patient(): Promise<number> {
    local = told(await calmPool());
    await local.deposit(local.bob, "USDC", 1_000_000);
    alice = await local.deposit(local.alice, "ETH", 10);
    await local.clearinghouse.write.setGrace([alice, PATIENT], { account: local.alice.account });
    await withdraw(local, local.alice, "USDC", 11_400);
    const low = await drift(local, 2_000, HOURS);
    await byKeeper();
    return low;
  }

  it("only when it is highest, below 1, save no second of what the lowest burns", async () => {
    const play = { low: await patient(), rounds: 3, seconds: 298 };
    const [lows, highs, both] = [
      await burnt(UP, { low: true }, play),
      await burnt(UP, { high: true }, play),
      await burnt(UP, { high: true, low: true }, play),
    ];
    expect(lows).to.be.within(0.3, 0.9);
    // G is as h², a seventh longer at the upper end: that is saved where no one looks at the lower.
    expect(highs).to.be.below(0.95 * lows);
    expect(both).to.be.at.least(lows);
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
