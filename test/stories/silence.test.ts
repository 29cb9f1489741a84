import { expect } from "chai";
import { describe, it } from "mocha";

import type { TakeOverTooEarly } from "../../sdk/errors/pool.ts";
import {
  borrower,
  calmPool,
  fuseOf,
  idOf,
  later,
  near,
  phaseOf,
  withdraw,
} from "../fixtures/margin.ts";
import { refuses } from "../fixtures/refusal.ts";
import { HEIR, told } from "../fixtures/told.ts";
import { lossStage } from "./losses.ts";

describe("story: a feed falls silent during a call", () => {
  it("and the fuse stands still until it speaks again", async () => {
    const local = told(await calmPool());
    const { clearinghouse } = local;
    const alice = await borrower(local, 14_000);

    // 1 690, h = 0.97, the last hour wild: the fuse burns in some 510 s. Two minutes of them pass.
    await later(local, 60, { ETH: 1_690 });
    await clearinghouse.write.call([alice]);
    await later(local, 120);
    await clearinghouse.write.call([alice]);
    const burnt = await fuseOf(local, alice);
    near(burnt, 121 / 510, 0.02);

    // The heartbeat is an hour. Keepers slept, and come back to a stale price: this interval does not
    // count, nor does the next, whose start was stale.
    await later(local, 3_600);
    await clearinghouse.write.call([alice]);
    expect(await fuseOf(local, alice)).to.equal(burnt);
    await later(local, 600);
    await clearinghouse.write.call([alice]);
    expect(await fuseOf(local, alice)).to.equal(burnt);
    expect(await phaseOf(local, alice)).to.equal("Called");

    // The feed speaks: 1 690 still. One end of this interval was stale, it does not count either.
    await later(local, 60, { ETH: 1_690 });
    await clearinghouse.write.call([alice]);
    expect(await fuseOf(local, alice)).to.equal(burnt);

    // From here on the fuse burns again.
    await later(local, 240);
    await clearinghouse.write.call([alice]);
    const more = await fuseOf(local, alice);
    expect(more > burnt && more < 1).to.equal(true);
    await later(local, 420);
    await clearinghouse.write.call([alice]);
    expect(await phaseOf(local, alice)).to.equal("Auction");
  });

  it("and no call opens because its band has grown", async () => {
    const local = told(await calmPool());
    const { clearinghouse } = local;
    // 1 800: E = 4 000, MM = 3 178. A day of silence later the band is 0.5 % + 150 %·√(23 h/YEAR) =
    // 8.2 %: a screen sees 16 520 of ETH, and E = 2 520 < MM. A call sees the price, and no reason.
    const alice = await borrower(local, 14_000);
    await later(local, 60, { ETH: 1_800 });
    await later(local, 86_400);
    const [equity, maintenance] = await clearinghouse.read.health([alice]);
    expect(equity < maintenance).to.equal(true);
    await refuses(local, () => clearinghouse.write.call([alice]), "AccountHealthy");
  });
});

describe("story: a feed falls silent during a backed auction", () => {
  const DAY = 86_400;

  /** Dave, 10 ETH against 14 000 borrowed, in backed auction at `price`; two hours on, without a round. */
  async function silent(price: number) {
    const { local, act, gap } = await lossStage(() => []);
    const { dave, networkHelpers } = local;
    const account = idOf(dave);
    await local.deposit(dave, "ETH", 10);
    await withdraw(local, dave, "USDC", 14_000);
    await gap(account, price);
    const takeOver = (seconds = 10) =>
      act({ verb: "takeOver", account, backstopAccount: HEIR }, seconds);
    const { before } = await act({ verb: "accrue" });
    const { backed } = before.accounts[account]!.call;
    expect(backed).to.be.greaterThan(0);
    await networkHelpers.time.increase(7_200);
    return { local, backed, takeOver };
  }

  it("and the house waits a day, in which nobody could tell what it is worth", async () => {
    const { local, backed, takeOver } = await silent(1_410); // E = 100
    const early = await takeOver();
    expect(early.preview).to.include({ ok: false });
    if (early.preview.ok) return;
    const [first, earliest] = [backed, backed + DAY].map(BigInt);
    const refusal = early.preview.error as TakeOverTooEarly;
    expect(refusal.args).to.include({ backed: first, earliest });
    await local.networkHelpers.time.increaseTo(backed + DAY - 1);
    expect((await takeOver(1)).preview).to.include({ ok: true });
  });

  it("unless it speaks again", async () => {
    const { local, takeOver } = await silent(1_410);
    await local.setPrice("ETH", 1_410);
    expect((await takeOver()).preview).to.include({ ok: true });
  });

  it("but not where equity is gone", async () => {
    const { takeOver } = await silent(1_390);
    expect((await takeOver()).preview).to.include({ ok: true });
  });
});
